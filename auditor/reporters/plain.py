"""Make text from scanned files safe to show: nothing in it may act on a terminal or a browser."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from auditor.patterns import lazy

SET_ASIDE: Final[Mapping[str, str]] = {"waived": "exception", "baseline": "in the baseline"}
"""A finding's status in words, if it is not open."""
_ACTIVE: Final = lazy(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed; ANSI escapes begin with one
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # invisible, or reorder what is seen
    "\ud800-\udfff"  # halves of a pair, which no encoding takes
    "\U000e0000-\U000e007f"  # tag characters, invisible
    "]"
)


def visible(text: str) -> str:
    r"""Return `text` with control and invisible characters written out, for example as `\x1b`."""
    if text.isascii() and text.isprintable():
        return text
    return _ACTIVE.sub(lambda match: _written(match[0]), text)


def one_line(text: str) -> str:
    """Return `text` made visible, as one line with single blanks."""
    return visible(" ".join(text.split()))


def utc_time(text: str | None) -> str | None:
    """Return an ISO 8601 date or time as `2026-11-21T09:30:00Z`, None if it is none of the years 1900 to 2999."""
    try:
        moment = datetime.fromisoformat(text or "")
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if 1900 <= moment.year < 3000 else None


def _written(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_FENCE: Final = lazy(r"^(```|~~~)[^\n]*\n(.*?)(^\1|\Z)", re.MULTILINE | re.DOTALL)
_LINK: Final = lazy(r"\[([^\]\n]*)\]\([^)\s]*\)")
_EMPHASIS: Final = lazy(r"(\*{1,2})(?=\S)([^*]+)\1")
_SENTENCE_END: Final = lazy(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+(?=[A-Z`])")
_NEXT_ITEM: Final = lazy(r"\n\s*(?:[-*]|\d+\.)\s")


def first_sentence(markdown: str) -> str:
    """Return the first sentence of prose in `markdown` without its marks, "" if there is only code."""
    return _sentence(markdown).removesuffix(":")


def _sentence(markdown: str) -> str:
    prose = _FENCE.sub("\n\n", markdown).strip()
    paragraph = one_line(_NEXT_ITEM.split(prose.partition("\n\n")[0], maxsplit=1)[0])
    sentence = _SENTENCE_END.split(_LINK.sub(r"\1", paragraph), maxsplit=1)[0]
    return _EMPHASIS.sub(r"\2", sentence.lstrip("-*# ")).replace("`", "")


def first_code_line(markdown: str) -> str:
    """Return the first telling line of the first code block in `markdown`, "" if there is none.

    A line that only opens a block (`spec:`, `resource … {`) tells nothing.
    """
    block = _FENCE.search(markdown)
    lines = [one_line(line) for line in block[2].splitlines() if line.strip()] if block else []
    return next((line for line in lines if not line.endswith((":", "{", "[", "("))), "")


def short_fix(remediation: str, fix: str) -> str:
    """Return one line on what to do: a sentence, the line to write, or a sentence with the line it leads to.

    Where the fix begins with code, that is the first step and what follows it is a later one.
    """
    sentence = first_sentence(remediation) or first_sentence(fix)
    code = first_code_line(fix)
    if code and fix.lstrip().startswith(("```", "~~~")):
        return code
    if sentence and code and _sentence(fix) == f"{sentence}:":
        return f"{sentence}: {code}"
    return sentence or code
