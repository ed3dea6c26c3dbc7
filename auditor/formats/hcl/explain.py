"""What a syntax error is, by python-hcl2's grammar: slow and exact, so asked only about broken files."""

from auditor.model.fact import Problem
from auditor.model.source import Source

MAX_CHARACTERS = 200_000
"""Largest text explained; the grammar reads about 9,000 lines a second."""

_WORDS = {
    "RSQB": "`]`",
    "RBRACE": "`}`",
    "RPAR": "`)`",
    "LBRACE": "`{`",
    "EQ": "`=`",
    "COMMA": "`,`",
    "DBLQUOTE": "a string",
    "NAME": "a name",
    "NL_OR_COMMENT": "a new line",
}
_VALUE = frozenset({"INT_LITERAL", "FLOAT_LITERAL", "TEMPLATE_STRING", "HEREDOC_TEMPLATE"})


def first_error(source: Source) -> Problem | None:
    """Return where the text stops being HCL and what was expected there; None if python-hcl2 accepts it.

    The text itself is never quoted: names of tokens only.
    """
    if len(source.text) > MAX_CHARACTERS:
        return None
    import hcl2  # noqa: PLC0415  # 100 ms to import, wanted for broken files only

    try:
        hcl2.parses(source.text)
    except Exception as error:  # noqa: BLE001  # whatever the library raises, the file is already known to be broken
        line, column = getattr(error, "line", None), getattr(error, "column", None)
        tokens: frozenset[str] = frozenset(getattr(error, "expected", None) or ())
        if not isinstance(line, int) or line < 1:
            return None
        at = source.at(line, column if isinstance(column, int) and column > 0 else 1)
        return Problem(at=at, message=f"expected {_describe(tokens)}")
    return None


def _describe(tokens: frozenset[str]) -> str:
    if "STRING_CHARS" in tokens:
        return "a closing quote on the same line"
    words = sorted({word for token, word in _WORDS.items() if token in tokens})
    if tokens >= _VALUE:
        closing = [word for word in words if word in {"`]`", "`}`", "`)`"}]
        return " or ".join(["a value", *closing])
    return " or ".join(words) if words else "HCL"
