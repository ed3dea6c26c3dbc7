"""What several checks of Ansible ask."""

import re
from typing import TypeVar

from auditor.api import Unknown, lazy

_LOOPBACK = lazy(r"https?://(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|$)", re.IGNORECASE)
T = TypeVar("T")


def certain(value: T | Unknown | None) -> T | None:
    """Return a value that the file tells, None for one that Jinja makes at run time.

    A task with such a value is passed over: its file's other tasks are still judged.
    """
    return None if isinstance(value, Unknown) else value


def is_loopback(url: str | None) -> bool:
    """Tell whether an address is the host's own."""
    return url is not None and _LOOPBACK.match(url) is not None
