"""The name of an XML document's first element, without reading the document."""

from auditor.patterns import lazy

_ROOT = lazy(r"<(?:(?P<comment>!--)|(?![?!])(?:\w+:)?(?P<name>[\w.-]+))")


def root_name(text: str) -> str:
    """Return the name of the first element, comments passed over; "" if there is none."""
    position = 0
    while (match := _ROOT.search(text, position)) is not None and match["comment"] is not None:
        closing = text.find("-->", match.end())
        if closing < 0:
            return ""
        position = closing + 3
    return match["name"] if match is not None else ""
