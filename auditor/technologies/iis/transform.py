"""XML Document Transforms: what a file such as web.Release.config makes of web.config when it is published.

Source: "Web.config Transformation Syntax for Web Project Deployment Using Visual Studio" (learn.microsoft.com, ASP.NET
4.x): attributes `Locator` (Match, Condition, XPath) and `Transform` (Replace, Insert, InsertBefore, InsertAfter,
InsertIfMissing, Remove, RemoveAll, RemoveAttributes, SetAttributes).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from auditor.formats.xml import Attribute, Element
from auditor.patterns import lazy

_CALL = lazy(r"\s*(?P<name>\w+)\s*(?:\((?P<arguments>.*)\))?\s*")
_OWN = frozenset({"Transform", "Locator"})
_INSERTS = frozenset({"Insert", "InsertBefore", "InsertAfter", "InsertIfMissing"})


def transformed(base: Element, change: Element) -> Element:
    """Return `base` with the children of `change` applied to its children."""
    children = list(base.children)
    for child in change.children:
        children = _applied(children, child)
    return replace(base, children=tuple(children))


def touched(change: Element, above: str = "") -> Iterator[str]:
    """Yield the paths, with `/`, of elements that a transform changes."""
    for child in change.children:
        path = f"{above}{child.name}"
        if child.attribute("Transform") is not None:
            yield path
        yield from touched(child, f"{path}/")


def unresolved(change: Element, above: str = "") -> Iterator[str]:
    """Yield the paths of elements that are chosen by an expression, which is not worked out here."""
    for child in change.children:
        path = f"{above}{child.name}"
        if _call(child.get("Locator"))[0] in {"Condition", "XPath"}:
            yield path
        else:
            yield from unresolved(child, f"{path}/")


def _applied(children: list[Element], change: Element) -> list[Element]:
    action, arguments = _call(change.get("Transform"))
    locator, keys = _call(change.get("Locator"))
    if locator in {"Condition", "XPath"}:
        return children
    same = [each for each in children if each.name == change.name and _matches(each, change, keys)]
    if action in _INSERTS:
        missing = action != "InsertIfMissing" or not same
        return [*children, _plain(change)] if missing else children
    if action in {"Remove", "Replace"}:
        same = same[:1]
    if action in {"Remove", "RemoveAll"}:
        return [each for each in children if not _among(each, same)]
    return [_changed(each, change, action, arguments) if _among(each, same) else each for each in children]


def _changed(base: Element, change: Element, action: str, arguments: Sequence[str]) -> Element:
    if action == "Replace":
        return _plain(change)
    if action == "RemoveAttributes":
        kept = [each for each in base.attributes if arguments and each.name not in arguments]
        return replace(base, attributes=tuple(kept))
    if action == "SetAttributes":
        new = [each for each in _plain(change).attributes if not arguments or each.name in arguments]
        names = {each.name for each in new}
        kept = [each for each in base.attributes if each.name not in names]
        base = replace(base, attributes=(*kept, *new))
    return transformed(base, change)


def _matches(base: Element, change: Element, keys: Iterable[str]) -> bool:
    return all(base.get(key) == change.get(key) for key in keys)


def _among(element: Element, chosen: Iterable[Element]) -> bool:
    return any(element is each for each in chosen)


def _plain(change: Element) -> Element:
    """Return an element of a transform as it stands in the result, without the transform's own attributes."""
    attributes: list[Attribute] = [each for each in change.attributes if each.name not in _OWN]
    return replace(change, attributes=tuple(attributes), children=tuple(_plain(each) for each in change.children))


def _call(text: str | None) -> tuple[str, list[str]]:
    """Return name and arguments of `Match(name, key)`."""
    match = _CALL.fullmatch(text or "")
    if match is None:
        return "", []
    return match["name"], [word.strip() for word in (match["arguments"] or "").split(",") if word.strip()]
