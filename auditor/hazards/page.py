"""A hazard file as text: writing its sections, reading them back, and keeping what people changed."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import cast

from auditor.patterns import lazy
from auditor.records import dataclass

from .style import Style

_RECORD = lazy(r"<!-- auditor (?P<record>\{.*\}) -->\s*\Z")
_HEADING = lazy(r"^#{2,3} (?P<title>[^\n]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A file: its sections by title in order, and the digest that each had when the program wrote it."""

    sections: Mapping[str, str]
    written: Mapping[str, str]

    def is_edited(self, title: str) -> bool:
        """Tell whether a person changed the section since the program wrote it."""
        return title in self.sections and self.written.get(title) != digest(self.sections[title])


def digest(text: str) -> str:
    """Return a short digest of a section's text, blind to space around it."""
    return hashlib.sha256(text.strip().encode("utf-8", "replace")).hexdigest()[:16]


def render(sections: Mapping[str, str], fingerprints: Sequence[str], kept: Mapping[str, str], style: Style) -> str:
    """Return the file's text.

    Args:
        sections: the text of each section by title, in order.
        fingerprints: the findings it is made of, for the comment at its end.
        kept: for sections that a person changed, the digest of what the program last wrote there.
        style: the layout.
    """
    parts = [f"{style.heading} {title}\n\n{text.strip()}\n" for title, text in sections.items()]
    record = {
        "findings": sorted(fingerprints),
        "sections": {title: kept.get(title, digest(text)) for title, text in sections.items()},
    }
    comment = json.dumps(record, sort_keys=True).replace("--", "-\\u002d")
    return f"\n{style.rule}\n\n".join(parts) + f"\n<!-- auditor {comment} -->\n"


def read(text: str, style: Style) -> Page:
    """Read a file back; one without the comment at its end counts as written by people throughout."""
    written: dict[str, str] = {}
    match = _RECORD.search(text)
    if match is not None:
        text = text[: match.start()]
        try:
            record = cast("object", json.loads(match["record"]))
        except ValueError:
            record = {}
        found = cast("dict[str, object]", record).get("sections") if isinstance(record, dict) else None
        if isinstance(found, dict):
            written = {str(key): str(value) for key, value in cast("dict[object, object]", found).items()}
    sections: dict[str, str] = {}
    headings = [match for match in _HEADING.finditer(text) if match[0].startswith(f"{style.heading} ")]
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        body = text[heading.end() : following.start() if following is not None else len(text)].strip()
        if following is not None:
            body = body.removesuffix(style.rule).rstrip()
        sections[heading["title"].strip()] = body
    return Page(sections, written)
