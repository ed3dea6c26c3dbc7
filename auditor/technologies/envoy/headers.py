"""Headers that Envoy adds to answers, level by level.

Sources: Envoy 1.36 API, route.proto and route_components.proto (`response_headers_to_add` of a route, then of its
virtual host, then of the route configuration; the other way round with `most_specific_header_mutations_wins`),
base.proto (`append_action`; a header without a value is left out); Envoy 1.40 itself: a level removes before it adds.
"""

from typing import Final

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Sequence
from auditor.model.unknown import Unknown

from .fields import field_of, is_on, is_open, message_at, messages, text_at
from .resources import Manager, Route, VirtualHost

_WRITING: Final = frozenset(
    {"HeaderMutation", "Lua", "LuaPerRoute", "Wasm", "ExternalProcessor", "Composite", "GolangFilter"}
)
"""HTTP filters that can set headers of answers."""


def answer_header(name: str, manager: Manager, host: VirtualHost, route: Route) -> str | Unknown | None:
    """Return the value that Envoy gives a header of a route's answers, None if none; `name` is in lower case."""
    for kind in _WRITING:
        if manager.has_filter(kind):
            return Unknown(f"a filter ({kind}) may set headers")
    for each in messages(route.tree, "route", "weighted_clusters", "clusters"):
        if field_of(each, "response_headers_to_add") is not None:
            return Unknown("headers differ between the clusters of a route")
    routes = message_at(manager.config, "route_config")
    levels = [route.tree, host.tree, *((routes,) if routes is not None else ())]
    if is_on(routes, "most_specific_header_mutations_wins") is True:
        levels.reverse()
    value: str | Unknown | None = None
    for level in levels:
        value = _after(level, name, value)
    return value


def _after(level: Tree, name: str, value: str | Unknown | None) -> str | Unknown | None:
    """Return what a level makes of a header. Clients heed the first of several."""
    removed = field_of(level, "response_headers_to_remove")
    if isinstance(removed, Sequence) and any(item.text.lower() == name for item in removed.scalars()):
        value = None
    for each in messages(level, "response_headers_to_add"):
        key, text = text_at(each, "header", "key"), text_at(each, "header", "value")
        if isinstance(key, Unknown):
            return key
        if (key or "").lower() != name or text in {None, ""}:
            continue
        action = text_at(each, "append_action")
        overwrites = (
            action in {"OVERWRITE_IF_EXISTS_OR_ADD", "OVERWRITE_IF_EXISTS"} or text_at(each, "append") == "false"
        )
        if overwrites if value is not None else action != "OVERWRITE_IF_EXISTS":
            value = text
    if value is None and (level.open or is_open(level, "response_headers_to_add")):
        return Unknown("template expressions may add headers")
    return value
