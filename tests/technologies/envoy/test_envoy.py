"""What an Envoy serves, to whom it hands requests, and with which TLS."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.formats import yaml as places
from auditor.formats.tree import Mapping
from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.envoy import ENVOY, Envoy, Tls, field_of, is_on
from auditor.technologies.envoy.fields import camel
from auditor.technologies.recognition.envoy import recognise

TYPES = "type.googleapis.com/envoy.extensions"
MANAGER = f"{TYPES}.filters.network.http_connection_manager.v3.HttpConnectionManager"
DOWN = f"{TYPES}.transport_sockets.tls.v3.DownstreamTlsContext"
UP = f"{TYPES}.transport_sockets.tls.v3.UpstreamTlsContext"
Json = dict[str, Any]


def manager(**more: object) -> Json:
    routes = [{"match": {"prefix": "/"}, "route": {"cluster": "a"}}]
    hosts = [{"name": "h", "domains": ["*"], "routes": routes}]
    config = {"@type": MANAGER, "stat_prefix": "x", "route_config": {"virtual_hosts": hosts}, **more}
    return {"name": "m", "typed_config": config}


def chain(kind: str = "", context: Json | None = None, **more: object) -> Json:
    socket = {"transport_socket": {"name": "t", "typed_config": {"@type": kind, **(context or {})}}} if kind else {}
    return {"filters": [manager(**more)], **socket}


def bootstrap(*chains: Json, host: str = "0.0.0.0", cluster: Json | None = None, **more: object) -> Json:  # read
    listener = {
        "name": "l",
        "address": {"socket_address": {"address": host, "port_value": 10000}},
        "filter_chains": list(chains or (chain(),)),
    }
    resources = {"listeners": [listener], "clusters": [{"name": "a", **(cluster or {})}]}
    return {"static_resources": resources, **more}


def alone(config: Json) -> Envoy:
    estate = take_estate(MemoryTree({"envoy.yaml": yaml.safe_dump(config)}))
    assert not estate.faults
    (found,) = (fact for fact in estate.facts if isinstance(fact, Envoy))
    return found


def contained(lines: str, config: Json, image: str = "envoyproxy/envoy:v1.31.0") -> list[Envoy]:
    compose = f"services:\n  e:\n    image: {image}\n{lines}"
    estate = take_estate(MemoryTree({"compose.yaml": compose, "envoy.yaml": json.dumps(config)}))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Envoy)]


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("envoy.yaml", yaml.safe_dump(bootstrap()), 3),
        ("proxy.json", json.dumps(bootstrap()), 3),
        ("proxy.json", json.dumps(bootstrap(), indent=2), 3),
        ("front", "staticResources:\n  listeners: []\n", 2),
        ("envoy.yaml.tmpl", "static_resources:\n  clusters:\n  {{ clusters }}\n", 3),
        (
            "cm.yaml",
            "apiVersion: v1\nkind: ConfigMap\ndata:\n  envoy.yaml: |\n    static_resources:\n      listeners: []\n",
            None,
        ),
        ("values.yaml", "envoy:\n  config:\n    other:\n      static_resources:\n        listeners: []\n", None),
        ("readme.md", "static_resources:\n  listeners: []\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = recognise(path, path, text)
    assert (found.strength if found else None) == strength


@given(st.from_regex(r"[a-z]{1,5}(_[a-z]{1,5}){0,3}", fullmatch=True), st.booleans())
def test_a_field_has_two_names(name: str, value: bool) -> None:
    for written in (name, camel(name)):
        (tree,) = places.parse(Source(path="a", text=json.dumps({"m": {written: value}})))
        assert is_on(tree, "m", name) is value


def test_null_is_no_value_and_a_variable_is_not_known() -> None:
    (tree,) = places.parse(Source(path="a", text="a: null\nb: ${B}\n"))
    assert isinstance(tree, Mapping)
    assert field_of(tree, "a") is None
    assert isinstance(is_on(tree, "b"), Unknown)


def test_a_listener_without_a_transport_socket_has_no_tls_and_one_with_another_kind_is_not_known() -> None:
    raw = f"{TYPES}.transport_sockets.raw_buffer.v3.RawBuffer"
    odd = f"{TYPES}.transport_sockets.alts.v3.Alts"
    (listener,) = alone(bootstrap(chain(), chain(DOWN), chain(raw), chain(odd))).listeners
    kinds = [type(each.tls) for each in listener.chains]
    assert kinds == [type(None), Tls, type(None), Unknown]


def test_a_socket_inside_another_is_the_one_that_counts() -> None:
    proxy = f"{TYPES}.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport"
    inner = {"transport_socket": {"name": "t", "typed_config": {"@type": UP, "sni": "a.example"}}}
    cluster = {"transport_socket": {"name": "p", "typed_config": {"@type": proxy, **inner}}}
    (found,) = alone(bootstrap(cluster=cluster)).clusters
    assert isinstance(found.tls, Tls)


@pytest.mark.parametrize(
    ("validation", "verified", "named"),
    [
        ({}, False, False),
        ({"trusted_ca": {"filename": "/ca"}}, True, False),
        ({"trusted_ca": {"filename": "/ca"}, "trust_chain_verification": "ACCEPT_UNTRUSTED"}, False, False),
        ({"trustedCa": {"filename": "/ca"}, "matchTypedSubjectAltNames": [{"sanType": "DNS"}]}, True, True),
        ({"match_typed_subject_alt_names": []}, False, False),
        ({"system_root_certs": {}}, False, False),
    ],
)
def test_what_verifies_a_server(validation: Json, verified: bool, named: bool) -> None:
    context = {"@type": UP, "common_tls_context": {"validation_context": validation}}
    (found,) = alone(bootstrap(cluster={"transport_socket": {"name": "t", "typed_config": context}})).clusters
    assert isinstance(found.tls, Tls)
    assert (found.tls.names_authority, found.tls.names_peer) == (verified, named)


def test_a_container_reads_the_image_s_path_or_the_one_of_its_command() -> None:
    (default,) = contained(
        "    volumes: ['./envoy.yaml:/etc/envoy/envoy.yaml']\n    ports: ['10000:10000']\n", bootstrap()
    )
    assert default.listeners[0].exposure.reach is Reach.PUBLISHED
    assert (default.version, default.consumed) == ("1.31.0", frozenset({"envoy.yaml"}))
    named = "    command: ['-c', '/e.json', '--log-level', 'info']\n    volumes: ['./envoy.yaml:/e.json']\n"
    assert contained(named, bootstrap())[0].listeners
    shell = "    command: sh -c 'envoy --config-path=/e.json'\n    volumes: ['./envoy.yaml:/e.json']\n"
    assert contained(shell, bootstrap())[0].listeners
    assert contained("", bootstrap())[0].unknown
    assert [each.origin for each in contained("    command: ['sleep', '1']\n", bootstrap())] == ["file"]


def test_settings_of_the_command_line_and_of_a_management_server_leave_it_open() -> None:
    lines = "    command: ['-c', '/e', '--config-yaml', 'admin: {}']\n    volumes: ['./envoy.yaml:/e']\n"
    assert "command line" in contained(lines, bootstrap())[0].unknown
    assert "management server" in alone(bootstrap(dynamic_resources={"ads_config": {}})).unknown
    assert not alone(bootstrap()).unknown


def test_routes_from_elsewhere_are_a_gap() -> None:
    config: Json = bootstrap()
    typed = config["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    del typed["route_config"]
    typed["rds"] = {"route_config_name": "r"}
    ((_, _, found),) = alone(config).managers()
    assert found.gap


def test_a_route_to_a_cluster_that_is_not_there_is_refused_unless_clusters_are_fetched() -> None:
    def with_cluster(name: str, **more: object) -> Envoy:
        config: Json = {**bootstrap(), **more}
        config["static_resources"]["clusters"][0]["name"] = name
        return alone(config)

    assert with_cluster("b").refused
    assert not with_cluster("a").refused
    assert not with_cluster("b", dynamic_resources={"cds_config": {}}).refused


def test_a_port_that_a_variable_supplies_is_not_shown_as_0() -> None:
    admin = {"address": {"socket_address": {"address": "0.0.0.0", "port_value": "${ADMIN_PORT}"}}}  # read
    config = bootstrap(admin=admin)
    config["static_resources"]["listeners"][0]["address"]["socket_address"]["port_value"] = "${PORT}"
    del config["static_resources"]["listeners"][0]["name"]
    envoy = alone(config)
    assert envoy.admin is not None
    assert envoy.admin.address == "0.0.0.0"  # read
    assert [str(listener) for listener in envoy.listeners] == ["the listener without a name (a port that is not known)"]


def test_keys_in_the_file_are_assignments() -> None:
    text = "static_resources:\n  secrets:\n  - tls_certificate:\n      private_key: {inline_string: made-up-0192}\n"
    document = ENVOY.parse(Source(path="envoy.yaml", text=text))
    (found,) = document.assignments()
    line = text.split("\n")[found.at.line - 1]
    assert (found.key, line[found.at.column - 1 : found.at.end_column]) == ("private_key", "made-up-0192")
    assert found.server_secret


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 70000) | st.sampled_from(["a", "127.0.0.1", MANAGER, DOWN, UP, "${A}"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                "name address socket_address port_value filter_chains filters typed_config @type transport_socket route_config "
                "virtual_hosts routes match prefix route cluster http_filters common_tls_context validation_context".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(VALUES, max_size=2), st.lists(VALUES, max_size=2), VALUES)
def test_messages_of_any_shape_are_read(listeners: list[Any], clusters: list[Any], admin: object) -> None:
    found = alone({"static_resources": {"listeners": listeners, "clusters": clusters}, "admin": admin})
    assert len(found.listeners) <= len(listeners)
    for listener, _, each in found.managers():
        assert listener in found.listeners
        assert each.at.path == "envoy.yaml"


@pytest.mark.parametrize(
    ("context", "demands", "takes_any"),
    [
        ({"require_client_certificate": True}, False, True),
        ({"require_client_certificate": True, "validation": {"system_root_certs": {}}}, False, True),
        ({"require_client_certificate": True, "validation": {"trusted_ca": {"filename": "/ca"}}}, True, False),
        ({"validation": {"trusted_ca": {"filename": "/ca"}}}, False, False),
        ({"validation": {"verify_certificate_hash": ["00"]}}, True, False),
        (
            {"validation": {"verify_certificate_hash": ["00"], "trust_chain_verification": "ACCEPT_UNTRUSTED"}},
            False,
            True,
        ),
    ],
)
def test_who_is_let_in_without_a_good_certificate(context: Json, demands: bool, takes_any: bool) -> None:
    own = {key: value for key, value in context.items() if key != "validation"}
    common = {"common_tls_context": {"validation_context": context["validation"]}} if "validation" in context else {}
    (listener,) = alone(bootstrap(chain(DOWN, {**own, **common}))).listeners
    tls = listener.chains[0].tls
    assert isinstance(tls, Tls)
    assert (tls.demands_certificate, tls.takes_any_certificate) == (demands, takes_any)


@pytest.mark.parametrize(
    ("version", "params", "expected"),
    [
        ("v1.30.0", {"tls_minimum_protocol_version": "TLSv1_0"}, ()),
        ("v1.22.0", {"tls_minimum_protocol_version": "TLSv1_0"}, ("TLSv1_0", "TLSv1_1")),
        ("v1.21.0", {}, ("TLSv1_0", "TLSv1_1")),
        ("v1.30.0", {"tls_minimum_protocol_version": "TLSv1_1", "cipher_suites": ["AES128-SHA"]}, ("TLSv1_1",)),
        ("v1.30.0", {"tls_minimum_protocol_version": "TLSv1_1", "cipher_suites": ["ALL"]}, None),
        (
            "v1.30.0",
            {
                "tls_minimum_protocol_version": "TLSv1_0",
                "tls_maximum_protocol_version": "TLSv1_0",
                "cipher_suites": ["[ECDHE-RSA-AES128-GCM-SHA256|AES256-SHA]"],
            },
            ("TLSv1_0",),
        ),
    ],
)
def test_old_versions_need_a_cipher(version: str, params: Json, expected: tuple[str, ...] | None) -> None:
    config = bootstrap(chain(DOWN, {"common_tls_context": {"tls_params": params}}))
    lines = "    volumes: ['./envoy.yaml:/etc/envoy/envoy.yaml']\n"
    (envoy,) = contained(lines, config, f"envoyproxy/envoy:{version}")
    ((_, tls),) = envoy.secured()
    found = envoy.old_versions(tls)
    assert isinstance(found, Unknown) if expected is None else found == expected


@pytest.mark.parametrize(
    ("routes", "reached"),
    [
        ([{"prefix": "/"}, {"prefix": "/a"}], 1),
        ([{"prefix": "/", "headers": [{"name": "x"}]}, {"prefix": "/a"}], 2),
        ([{"path": "/a"}, {"path": "/a"}, {"prefix": "/a"}], 2),
        ([{"path_separated_prefix": "/a"}, {"prefix": "/a"}, {"prefix": "/a/b"}], 2),
        (
            [
                {"path_separated_prefix": "/a"},
                {"path": "/a"},
                {"path_separated_prefix": "/a", "headers": [{"name": "x"}]},
            ],
            1,
        ),
        ([{"path": "/a"}, {"path_separated_prefix": "/a"}], 2),
        ([{"prefix": "/a"}, {"safe_regex": {"regex": "/a"}}], 2),
        ([{"prefix": "${PREFIX}"}, {"prefix": "/a"}], 2),
    ],
)
def test_routes_behind_one_that_takes_their_requests_are_not_reached(routes: list[Json], reached: int) -> None:
    config: Json = bootstrap()
    typed = config["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    (host,) = typed["route_config"]["virtual_hosts"]
    host["routes"] = [{"match": match, "direct_response": {"status": 200}} for match in routes]
    ((_, _, found),) = alone(config).managers()
    assert len(found.hosts[0].reachable) == reached


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"match": {}}, Tls),
        ({"match": {"tls": "on"}}, type(None)),
    ],
)
def test_sockets_chosen_by_metadata(more: Json, kind: type) -> None:
    socket = {"name": "t", "typed_config": {"@type": UP}}
    cluster: Json = {"transport_socket_matches": [{"name": "m", "transport_socket": socket, **more}]}
    assert isinstance(alone(bootstrap(cluster=cluster)).clusters[0].tls, kind)
    server = {"metadata": {"filter_metadata": {"envoy.transport_socket_match": {"tls": "on"}}}}
    cluster["load_assignment"] = {"endpoints": [{"lb_endpoints": [server]}]}
    assert isinstance(alone(bootstrap(cluster=cluster)).clusters[0].tls, Unknown)


@pytest.mark.parametrize(
    "address", ["{{ .Address }}", "${ADMIN_ADDRESS}", "{address: {{ .Address }}, port_value: 9901}"]
)
def test_an_administration_address_that_is_filled_in_is_not_known(address: str) -> None:
    inner = address if address.startswith("{a") else f"\n      address: {address}\n      port_value: 9901"
    text = f"admin:\n  address:\n    socket_address: {inner}\nstatic_resources:\n  listeners: []\n"
    (envoy,) = (fact for fact in take_estate(MemoryTree({"envoy.yaml.tmpl": text})).facts if isinstance(fact, Envoy))
    assert envoy.admin is not None
    assert isinstance(envoy.admin.address, Unknown)
    assert envoy.admin.exposure.reach is Reach.UNKNOWN


def test_listeners_that_a_template_repeats_leave_it_open() -> None:
    text = "static_resources:\n  listeners:\n  {{- range .Listeners }}\n    - name: {{ .Name }}\n  {{- end }}\n"
    (envoy,) = (fact for fact in take_estate(MemoryTree({"envoy.yaml.tmpl": text})).facts if isinstance(fact, Envoy))
    assert envoy.unknown


def test_an_address_of_ipv6_is_shown_in_brackets() -> None:
    address = {"socket_address": {"address": "::", "port_value": 9901}}
    admin = alone(bootstrap(admin={"address": address})).admin
    assert admin is not None
    assert admin.address == "[::]:9901"
