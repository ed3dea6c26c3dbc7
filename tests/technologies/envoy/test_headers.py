"""Which header Envoy adds to a route's answers; the values are those of Envoy 1.40."""

from typing import Any

import pytest
import yaml

from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.envoy import Envoy, answer_header

Json = dict[str, Any]
NAME = "Strict-Transport-Security"
MANAGER = "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"
REMOVED: Json = {"response_headers_to_remove": ["strict-transport-security"]}


def added(value: str, action: str = "") -> Json:
    return {"response_headers_to_add": [{"header": {"key": NAME, "value": value}, "append_action": action or None}]}


def header(route: Json, host: Json, routes: Json, filters: list[Json] | None = None) -> str | Unknown | None:
    answer = {"match": {"prefix": "/"}, "direct_response": {"status": 200}, **route}
    hosts = [{"name": "h", "domains": ["*"], "routes": [answer], **host}]
    config = {"@type": MANAGER, "stat_prefix": "x", "route_config": {"virtual_hosts": hosts, **routes}}
    chain = {"filters": [{"name": "m", "typed_config": {**config, "http_filters": filters or []}}]}
    address = {"socket_address": {"address": "0.0.0.0", "port_value": 8443}}  # read
    resources = {"listeners": [{"name": "l", "address": address, "filter_chains": [chain]}]}
    estate = take_estate(MemoryTree({"envoy.yaml": yaml.safe_dump({"static_resources": resources})}))
    (envoy,) = (fact for fact in estate.facts if isinstance(fact, Envoy))
    ((_, _, manager),) = envoy.managers()
    (found,) = manager.hosts
    return answer_header(NAME.lower(), manager, found, found.routes[0])


@pytest.mark.parametrize(
    ("route", "host", "routes", "expected"),
    [
        ({}, {}, {}, None),
        (added("a"), {}, {}, "a"),
        ({}, {}, added("a"), "a"),
        (added("a"), REMOVED, {}, None),
        (REMOVED, added("a"), {}, "a"),
        (REMOVED, added("a"), {"most_specific_header_mutations_wins": True}, None),
        (added("a"), REMOVED, {"most_specific_header_mutations_wins": True}, "a"),
        ({}, {**added("a"), **REMOVED}, {}, "a"),
        (added("a"), added("b"), {}, "a"),
        (added("a"), added("b", "OVERWRITE_IF_EXISTS_OR_ADD"), {}, "b"),
        (added("a"), added("b", "ADD_IF_ABSENT"), {}, "a"),
        ({}, added("b", "OVERWRITE_IF_EXISTS"), {}, None),
        (added(""), {}, {}, None),
    ],
)
def test_levels_are_applied_in_order(route: Json, host: Json, routes: Json, expected: str | None) -> None:
    assert header(route, host, routes) == expected


def test_a_filter_that_writes_headers_leaves_them_open() -> None:
    lua = {"name": "x", "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua"}}
    assert isinstance(header(added("a"), {}, {}, [lua]), Unknown)
    assert header(added("a"), {}, {}, [{**lua, "disabled": True}]) == "a"
