"""Secrets that a unit shows to every local user: in the environment it sets, and on command lines."""

import re
from collections.abc import Iterator

from auditor.credentials.keys import names_secret
from auditor.formats.template import is_templated
from auditor.model.location import Location
from auditor.model.unknown import HOLE
from auditor.patterns import lazy

from .directives import Directives
from .document import options_of, spoken_by
from .words import split

_NO_SECRET = lazy(r"|/.*|true|false|yes|no|none|null|\d{1,5}", re.I)
"""A path, a switch or a small number under a secret's name is something else."""


def in_environment(directives: Directives) -> Iterator[tuple[str, Location]]:
    """Yield name and place of the variables that `Environment=` gives a secret value."""
    for entry in directives.in_force("Environment"):
        for word in split(entry.value):
            name, equals, value = word.text.partition("=")
            if equals and names_secret(name) and not _NO_SECRET.fullmatch(value) and not is_templated(value):
                yield name, entry.place(word.start, word.end)


def on_command_lines(directives: Directives) -> Iterator[tuple[str, Location]]:
    """Yield name and place of the options that hand a secret to a program of the service."""
    for name in ("ExecStartPre", "ExecStart", "ExecStartPost"):
        for entry in directives.in_force(name):
            for option in options_of(entry):
                value = option.value if isinstance(option.value, str) else HOLE
                if names_secret(option.key) and not _NO_SECRET.fullmatch(value):
                    yield option.key, option.at
            for spoken in spoken_by(entry):
                yield spoken.key, spoken.at
