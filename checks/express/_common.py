"""What several checks of Express ask."""

from auditor.api import known
from auditor.technologies.javascript import ExpressCall


def is_session(call: ExpressCall) -> bool:
    """Tell whether a call sets up sessions."""
    return call.name in {"express-session", "cookie-session"}


def cookie_option(call: ExpressCall, name: str) -> object:
    """Return an attribute of the session's cookie, None where it is not given.

    Raises:
        UndecidedError: code decides it.
    """
    path = ("cookie", name) if call.name == "express-session" else (name,)
    return known(call.option(*path))
