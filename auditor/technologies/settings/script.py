"""Variables that a shell script or profile sets to fixed texts: `export DB_PASSWORD='…'`, `DB_PASSWORD=… command`.

Names in capitals are looked at, as variables of the environment and constants are written; others are a script's own
working variables.
"""

import re
from collections.abc import Iterator

from auditor.formats.properties import Lines
from auditor.model.source import Source
from auditor.model.unknown import Unknown, settle
from auditor.patterns import lazy
from auditor.technologies.document import Assignment

_SET = lazy(
    r"^[ \t]*(?:(?:export|local|readonly|declare(?:[ ]-\w+)?)[ \t]+)?(?P<name>[A-Z_][A-Z0-9_]{1,100})="
    r"(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s;&|\"'()<>]+))(?=[\s;&|]|$)",
    re.M,
)


def read_script(source: Source, text: str) -> Iterator[Assignment]:
    """Yield the variables that are set to a text; one with `$` or a command in it is not known.

    `text` is the source's, with holes for a template's expressions.
    """
    lines = Lines(text)
    for match in _SET.finditer(text):
        kind = next(group for group in ("double", "single", "bare") if match[group] is not None)
        written = match[kind]
        if not written:
            continue
        start, end = match.span(kind)
        is_computed = kind != "single" and ("$" in written or "`" in written)
        yield Assignment(
            key=match["name"],
            value=Unknown("the shell fills it in") if is_computed else settle(written, "a template expression"),
            at=source.at(*lines.place(start), *lines.place(end - 1)),
            container="script",
        )
