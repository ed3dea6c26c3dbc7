"""Which sections applicationHost.config keeps to itself.

Source: "How to use locking in IIS configuration" (learn.microsoft.com): `overrideModeDefault` of the section's
declaration, Allow where it is absent, then `overrideMode` (older: `allowOverride`) of `<location>` elements, the
nearest last. A site whose web.config sets a locked section answers every request with 500.19.
"""

from collections.abc import Iterator

from auditor.formats.xml import Element
from auditor.model.fact import Problem

from .scope import Layer


def locked_sections(host: Element, outer: list[Layer], own: list[Layer]) -> Iterator[Problem]:
    """Yield a problem for each section below system.webServer that an application may not set.

    Args:
        host: the root of applicationHost.config.
        outer: its layers that apply to the application.
        own: the layers of the application's web.config.
    """
    declared = dict(_declared(host, ""))
    for layer in own:
        for group in layer.element.named("system.webServer"):
            for path, element in _sections(group, "system.webServer", declared):
                if _is_locked(path, declared[path], outer):
                    yield Problem(at=element.at, message=f"{path} is locked in applicationHost.config")


def _declared(element: Element, above: str) -> Iterator[tuple[str, bool]]:
    """Yield each declared section with whether it is locked."""
    for root in element.named("configSections") if not above else (element,):
        for child in root.named("sectionGroup"):
            yield from _declared(child, f"{above}{child.get('name')}/")
        for child in root.named("section"):
            locked = (child.get("overrideModeDefault") or "").lower() == "deny"
            yield f"{above}{child.get('name')}", locked or child.get("allowDefinition") == "AppHostOnly"


def _sections(element: Element, path: str, declared: dict[str, bool]) -> Iterator[tuple[str, Element]]:
    for child in element.children:
        name = f"{path}/{child.name}"
        if name in declared:
            yield name, child
        else:
            yield from _sections(child, name, declared)


def _is_locked(path: str, locked: bool, outer: list[Layer]) -> bool:
    for layer in outer:
        mode = (layer.element.get("overrideMode") or "").lower()
        if not mode and (layer.element.get("allowOverride") or "").lower() == "false":
            mode = "deny"
        if mode in {"allow", "deny"} and layer.element.first(*path.split("/")) is not None:
            locked = mode == "deny"
    return locked
