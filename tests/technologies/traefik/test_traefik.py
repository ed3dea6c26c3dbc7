"""What Traefik has in force, which routers clients reach, and by what."""

import tomllib
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.recognition.traefik import recognise
from auditor.technologies.traefik import TRAEFIK, Route, Traefik, toml
from auditor.technologies.traefik.parts import Part, dotted

POINTS = "entryPoints:\n  web:\n    address: ':80'\n  websecure:\n    address: ':443'\n"
ROUTER = "http:\n  routers:\n    a:\n      rule: Host(`a.example`)\n      service: a\n"


def servers(files: dict[str, str]) -> list[Traefik]:
    estate = take_estate(MemoryTree(dict(files)))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Traefik)]


def only(files: dict[str, str]) -> Traefik:
    (found,) = servers(files)
    return found


def container(*flags: str, image: str = "traefik:v3.1", lines: str = "", **files: str) -> Traefik:
    command = f"    command: {list(flags)!r}\n" if flags else ""
    compose = f"services:\n  t:\n    image: {image}\n{command}{lines}"
    return only({"compose.yaml": compose, **{name.replace("_", "."): text for name, text in files.items()}})


def routed(points: str, router: str, more: str = "") -> list[Route]:
    text = POINTS + "providers:\n  file:\n    filename: routes.yml\n" + points
    return only({"traefik.yml": text, "routes.yml": ROUTER + router + more}).known_routes()


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("traefik.yml", POINTS, 3),
        ("traefik.yml.j2", POINTS, 3),
        ("proxy/static.toml", '[entryPoints.web]\n  address = ":80"\n', 2),
        ("dynamic.yml", ROUTER + "      entryPoints: [web]\n", 2),
        ("traefik/tls.toml", '[[tls.certificates]]\n  certFile = "/a"\n', 3),
        (
            "traefik/compose.yaml",
            "services:\n  t:\n    image: traefik\n    command: ['--entryPoints.web.address=:80']\n",
            None,
        ),
        (
            "traefik.toml",
            'defaultEntryPoints = ["http"]\n[entryPoints]\n  [entryPoints.http]\n  address = ":80"\n',
            None,
        ),
        ("openapi.yaml", "openapi: 3.0.0\nhttp: {}\npaths: {}\n", None),
        ("spring.yml", "spring:\n  http:\n    routers: {}\nserver:\n  port: 80\n", None),
        ("route.yaml", "apiVersion: traefik.io/v1alpha1\nkind: Middleware\nspec:\n  entryPoints: [web]\n", None),
        ("otel.yml", "receivers:\n  otlp:\n    protocols:\n      http:\nservice:\n  options: {}\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


def test_a_file_takes_the_place_of_flags_and_variables() -> None:
    mounted = "    volumes: ['./traefik.yml:/etc/traefik/traefik.yml']\n    environment: {TRAEFIK_PING: 'true'}\n"
    found = container("--api.insecure=true", lines=mounted, traefik_yml=POINTS)
    assert found.static.is_on("api", "insecure") is False
    assert found.static.has("ping") is False
    assert [point.name for point in found.points] == ["web", "websecure"]


def test_flags_take_the_place_of_variables() -> None:
    found = container("--api", lines="    environment: {TRAEFIK_API_INSECURE: 'true'}\n")
    assert found.static.has("api") is True
    assert found.static.is_on("api", "insecure") is False


def test_variables_count_where_there_is_nothing_else() -> None:
    found = container(lines="    environment: {TRAEFIK_ENTRYPOINTS_IN_ADDRESS: ':81', TRAEFIK_API_INSECURE: 'true'}\n")
    assert [(point.name, point.port) for point in found.points] == [("IN", 81), ("traefik", 8080)]


def test_a_file_of_another_name_is_the_one_that_the_flag_names() -> None:
    mounted = "    volumes: ['./p.yml:/conf/p.yml']\n"
    found = container("--configFile=/conf/p.yml", "--api.insecure", lines=mounted, p_yml=POINTS)
    assert found.static.is_on("api", "insecure") is False
    missing = container("--configFile", "/conf/q.yml", "--api.insecure")
    assert isinstance(missing.static.is_on("api", "insecure"), Unknown)


@pytest.mark.parametrize(
    ("flags", "value"),
    [
        (("--accesslog",), True),
        (("--accessLog=true",), True),
        (("--accesslog=false", "--accesslog.format=json"), False),
        (("--accesslog.format=json",), True),
        (("--api",), False),
    ],
)
def test_an_element_that_may_be_empty(flags: tuple[str, ...], value: bool) -> None:
    assert container(*flags).static.has("accesslog") is value


def test_an_empty_value_in_yaml_is_no_element_and_an_empty_mapping_is_one() -> None:
    assert only({"traefik.yml": POINTS + "accessLog:\n"}).static.has("accesslog") is False
    assert only({"traefik.yml": POINTS + "accessLog: {}\n"}).static.has("accesslog") is True


def test_version_1_is_not_ours() -> None:
    compose = "services:\n  t:\n    image: traefik:v1.7\n    command: ['--api']\n"
    assert not servers({"compose.yaml": compose})


def test_a_variable_that_is_not_known_is_unknown() -> None:
    found = container("--api.insecure=${ON}", "--accesslog=${LOG}")
    assert isinstance(found.static.is_on("api", "insecure"), Unknown)
    assert isinstance(found.static.has("accesslog"), Unknown)


def test_entry_points_are_reached_through_published_ports() -> None:
    ports = "    ports: ['127.0.0.1:8080:8080', '443:443']\n"
    found = container("--entryPoints.s.address=:443", "--api.insecure", lines=ports)
    assert found.reach("s").reach is Reach.PUBLISHED
    assert found.reach("traefik").reach is Reach.CONTAINER_NETWORK


def test_routers_without_entry_points_use_all_or_those_marked_as_default() -> None:
    assert [route.point.name for route in routed("", "")] == ["web", "websecure"]
    points = "  inner:\n    address: ':81'\n    asDefault: true\n"
    text = POINTS + points + "providers: {file: {filename: r.yml}}\n"
    assert [route.point.name for route in only({"traefik.yml": text, "r.yml": ROUTER}).known_routes()] == ["inner"]


def test_a_redirection_hides_routers_without_tls_but_for_an_entry_point_that_is_not_there() -> None:
    def names(to: str, more: str = "") -> list[tuple[str, bool]]:
        redirect = f"    http: {{redirections: {{entryPoint: {{to: '{to}'{more}}}}}}}\n"
        text = POINTS.replace("  websecure", redirect + "  websecure") + "providers: {file: {filename: r.yml}}\n"
        found = only({"traefik.yml": text, "r.yml": ROUTER}).known_routes()
        return [(route.point.name, route.tls is not None) for route in found]

    assert names("websecure") == [("websecure", False)]
    assert names(":443") == [("websecure", False)]
    assert names("secure") == [("web", False), ("websecure", False)]
    assert names("websecure", ", priority: 1") == [("web", False), ("websecure", False)]
    assert names("websecure", ", scheme: http") == [("web", False), ("websecure", False)]


def test_the_longer_rule_goes_first_unless_a_priority_says_otherwise() -> None:
    upgrade = (
        "    up:\n      rule: HostRegexp(`.+`)\n      service: noop@internal\n      middlewares: [up]\n{}"
        "  middlewares:\n    up:\n      redirectScheme: {{scheme: https}}\n"
    )
    assert [route.name for route in routed("", "", upgrade.format(""))] == ["a", "a", "up", "up"]
    assert [route.name for route in routed("", "", upgrade.format("      priority: 100\n"))] == ["up", "up"]


def test_middlewares_are_found_in_chains_and_by_provider() -> None:
    more = "  middlewares:\n    outer:\n      chain: {middlewares: [inner, 'other@file']}\n    inner:\n      basicAuth: {}\n"
    (route, _) = routed("", "      middlewares: [outer]\n", more)
    assert [each.kind for each in route.middlewares] == ["basicauth"]
    assert "other@file" in route.doubt


def test_chains_in_circles_end() -> None:
    names = ", ".join(f"c{number}" for number in range(40))
    chains = "".join(f"    c{number}:\n      chain: {{middlewares: [{names}]}}\n" for number in range(40))
    (route, _) = routed("", "      middlewares: [c0]\n", f"  middlewares:\n{chains}")
    assert not route.middlewares


def test_labels_of_the_project_are_heeded_where_they_are_switched_on() -> None:
    lines = (
        "  a:\n    image: a\n    labels: ['traefik.enable=true', 'traefik.http.services.x.loadbalancer.server.port=1']\n"
        "  b:\n    image: b\n    labels: {traefik.http.routers.b.rule: Host(`b`)}\n"
        "  c:\n    image: c\n    labels: ['traefik.enable=${C}', 'traefik.http.routers.c.rule=Host(`c`)']\n"
    )
    found = container("--providers.docker.exposedByDefault=false", lines=lines)
    assert [route.name for route in found.known_routes()] == ["a"]
    assert "c" in found.unknown
    assert [route.name for route in container("--providers.docker", lines=lines).known_routes()] == ["a", "b"]


def test_files_of_a_unit_and_of_a_config_map() -> None:
    unit = "[Service]\nExecStart=/usr/local/bin/traefik --configFile=/etc/traefik/traefik.toml\n"
    static = '[entryPoints.web]\n  address = ":80"\n[providers.file]\n  directory = "/etc/traefik/conf"\n'
    routes = '[http.routers.a]\n  rule = "Host(`a`)"\n  service = "a"\n'
    files = {"systemd/system/traefik.service": unit, "traefik/traefik.toml": static, "traefik/conf/a.toml": routes}
    found = only({f"etc/{path}": text for path, text in files.items()})
    assert [route.name for route in found.known_routes()] == ["a"]
    assert not found.unknown
    data = "data:\n  traefik.yml: |\n    entryPoints:\n      web: {address: ':81'}\n"
    embedded = only({"c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n" + data})
    assert [(point.port, point.at.line) for point in embedded.points] == [(81, 7)]


def test_other_providers_leave_routers_open() -> None:
    assert "kubernetescrd" in container("--providers.kubernetescrd").unknown
    assert not container("--providers.kubernetescrd=false").unknown
    assert container("--providers.docker", "--providers.docker.constraints=Label(`a`,`b`)").unknown


def test_files_of_a_folder_are_loaded_with_its_subfolders_and_never_judged_alone() -> None:
    files = {
        "traefik.yml": POINTS + "providers:\n  file:\n    directory: conf\n",
        "conf/a.yml": ROUTER,
        "conf/deep/b.toml": '[http.routers.b]\n  rule = "Host(`b`)"\n  service = "b"\n  [http.routers.b.tls]\n',
    }
    found = only(files)
    assert {route.name: route.tls is not None for route in found.known_routes()} == {"a": False, "b": True}
    assert found.consumed == set(files)


def test_files_that_nothing_loads_are_judged_by_folder_without_a_static_configuration() -> None:
    found = only({"d/a.yml": ROUTER, "d/b.yml": "tls:\n  options:\n    default: {minVersion: VersionTLS10}\n" + ROUTER})
    assert isinstance(found.static.has("accesslog"), Unknown)
    assert [options.name for options in found.tls_options()] == ["default"]


def test_secrets_of_files_are_assignments_and_are_never_shown() -> None:
    text = (
        '[http.middlewares.staff.basicAuth]\n  users = [\n    "ann:$apr1$example", # first\n    "bob:made-up-0192",\n  ]\n'
        '[http.routers.a]\n  rule = "Host(`a`)"\n'
    )
    document = TRAEFIK.parse(Source(path="traefik/auth.toml", text=text))
    found = list(document.assignments())
    lines = text.split("\n")
    assert [lines[each.at.line - 1][each.at.column - 1 : each.at.end_column] for each in found] == [
        "ann:$apr1$example",
        "bob:made-up-0192",
    ]
    shown = container("--providers.consul.token=made-up-0192", "--providers.redis.password=made-up-0193")
    assert "made-up" not in repr([setting.shown() for setting in shown.settings.values()])


def test_names_of_flags() -> None:
    assert dotted("http.services.a.loadBalancer.servers[0].url") == (
        *("http", "services", "a", "loadBalancer", "servers", "0", "url"),
    )


@given(st.text(alphabet="ab.[]0=", max_size=30), st.text(max_size=10))
def test_any_name_of_a_flag_can_be_set_and_found(name: str, value: str) -> None:
    root = Part(Source(path="p", text="").at())
    names = dotted(name)
    root.put(names, value, root.at)
    assert root.text(*(part.lower() for part in names)) == value


KEYS = st.text(alphabet="abcXYZ019_-. #=", min_size=1, max_size=6)
# No two braces in a row: those are a template.
LEAVES = st.booleans() | st.integers(-99, 99) | st.text(alphabet="az \"'\\#[](=,.\n\té", max_size=12)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


def written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(f"\\u{ord(char):04x}" if char in '"\\\n\t' else char for char in value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(written(item) for item in cast("list[object]", value)) + "]"
    if isinstance(value, dict):
        items = cast("dict[str, object]", value).items()
        return "{" + ", ".join(f"{written(key)} = {written(item)}" for key, item in items) + "}"
    return str(value)


def plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: plain(value) for key, value in node}
    if isinstance(node, Sequence):
        return [plain(item) for item in node]
    assert isinstance(node, Scalar)
    return node.text


def texts(value: object) -> object:
    if isinstance(value, dict):
        return {key: texts(item) for key, item in cast("dict[str, object]", value).items()}
    if isinstance(value, list):
        return [texts(item) for item in cast("list[object]", value)]
    return str(value).lower() if isinstance(value, bool) else str(value)


@settings(max_examples=200)
@given(st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=3), max_size=3))
def test_toml_is_read_as_the_standard_library_reads_it(tables: dict[str, dict[str, Any]]) -> None:
    text = "".join(
        f"[{written(name)}] # {{\n" + "".join(f"{written(key)} = {written(value)}\n" for key, value in body.items())
        for name, body in tables.items()
    )
    assert plain(toml.parse(Source(path="a.toml", text=text))) == texts(tomllib.loads(text))


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Mapping):
        return [found for _, value in node for found in scalars(value)]
    if isinstance(node, Sequence):
        return [found for item in node for found in scalars(item)]
    assert isinstance(node, Scalar)
    return [node]


@given(st.lists(st.text(alphabet="ab:$/.`() ", min_size=1, max_size=8), min_size=1, max_size=5), st.booleans())
def test_toml_values_stand_where_they_are_said_to(words: list[str], lines: bool) -> None:
    separator = ",\n  " if lines else ", "
    text = "[a.b]\n# c = [\nc = [" + separator.join(f'"{word}"' for word in words) + "]\nd = {e = 'f', g = 1}\n"
    rows = text.split("\n")
    for found in scalars(toml.parse(Source(path="a.toml", text=text))):
        assert rows[found.at.line - 1][found.at.column - 1 : found.at.end_column] == found.text


@pytest.mark.parametrize("text", ["a = 1\na = 2\n", "a = [\n", "[a\n", "a = " + "[" * 2000 + "]" * 2000])
def test_what_is_no_toml_is_refused_without_its_text(text: str) -> None:
    with pytest.raises(FormatError) as caught:
        toml.parse(Source(path="a.toml", text=text))
    assert "[a" not in str(caught.value)


def test_a_template_in_toml_leaves_its_value_open() -> None:
    text = '[entryPoints.web]\naddress = ":80"\n[api]\ninsecure = {{ traefik_open }}\n'
    found = only({"traefik.toml.j2": text})
    assert isinstance(found.static.is_on("api", "insecure"), Unknown)
    assert [point.name for point in found.points] == ["web"]


def test_a_file_that_may_load_itself_does_not_ignore_its_routers() -> None:
    files = "providers:\n  file:\n    filename: {}\n"
    assert only({"traefik.yml": POINTS + files.format("other.yml") + ROUTER}).ignored
    assert not only({"traefik.yml.tmpl": POINTS + files.format('"{{ .Self }}"') + ROUTER}).ignored


def test_a_toml_template_that_is_no_toml_is_not_known_and_no_error() -> None:
    text = '[entryPoints.web]\n  address = ":80"\n{{ range .Names }}\n[certificatesResolvers.{{ . }}.acme]\n{{ end }}\n'
    estate = take_estate(MemoryTree({"traefik.toml": text}))
    assert [(each.status, each.problems) for each in estate.examined] == [("partial", ())]
    (found,) = (fact for fact in estate.facts if isinstance(fact, Traefik))
    assert isinstance(found.static.has("accesslog"), Unknown)
