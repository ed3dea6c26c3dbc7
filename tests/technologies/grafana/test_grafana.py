"""Grafana's settings: the file as go-ini reads it, and what beats what."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.engine import run
from auditor.model.exposure import Reach
from auditor.model.secret import Secret
from auditor.model.severity import Confidence, Severity
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.grafana import GRAFANA, Grafana, GrafanaDataSources, GrafanaLdap
from auditor.technologies.grafana.document import GrafanaIni
from auditor.technologies.grafana.ini import read_ini
from auditor.technologies.grafana.names import DEFAULTS, variable_of
from auditor.technologies.grafana.service import seconds_of

MADE_UP = "example-Passw0rd-0192"


def servers(files: dict[str, str]) -> list[Grafana]:
    estate = take_estate(MemoryTree(dict(files)))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Grafana)]


def server(text: str) -> Grafana:
    (found,) = servers({"grafana.ini": text})
    return found


def container(lines: str, ini: str = "") -> Grafana:
    text = f"services:\n  d:\n    image: grafana/grafana:11.2.0\n{lines}"
    if ini:
        text += "    volumes: ['./grafana.ini:/etc/grafana/grafana.ini']\n"
    (found,) = servers({"compose.yaml": text, "grafana.ini": ini} if ini else {"compose.yaml": text})
    return found


def values(text: str) -> dict[str, str | Unknown]:
    return {entry.name: entry.value for entry in read_ini(Source(path="grafana.ini", text=text)).entries}


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("grafana.ini", "[server]\nprotocol = https\n", 3),
        ("grafana.ini.j2", "[auth.anonymous]\nenabled = {{ anonymous }}\n", 3),
        ("conf/custom.ini", "[auth.proxy]\nenabled = true\n", 3),
        ("dash.ini", "[snapshots]\n[auth.basic]\n", 2),
        ("conf/defaults.ini", "[auth.proxy]\n[snapshots]\n", None),
        ("app.ini", "[server]\n[database]\n[security]\n[log]\n", None),
        ("php.ini", "[PHP]\n[Session]\n", None),
        ("provisioning/datasources/a.yaml", "apiVersion: 1\ndatasources:\n  - name: a\n    type: loki\n    url: x\n    uid: a\n", 3),
        ("values.yaml", "datasources:\n  enabled: true\n", None),
        ("ldap.toml", "[[servers]]\nhost = 'x'\nbind_dn = 'cn=a'\n", 3),
        ("pyproject.toml", "[[servers]]\nbind_dn = 'cn=a'\n", None),
    ],
)  # fmt: skip
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = GRAFANA.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("password = plain", "plain"),
        ("password = cut#here", "cut"),
        ("password = cut;here", "cut"),
        ('password = """kept#;here"""', "kept#;here"),
        ("password = `kept#here`", "kept#here"),
        ("password = 'quoted'", "quoted"),
        ('password = "quoted" ; comment', "quoted"),
        ("password: colon", "colon"),
        ("password = first\\\n   second", "firstsecond"),
        ("password = first\npassword = last", "last"),
        ("password = first\npassword =", "first"),
    ],
)
def test_values_as_go_ini_reads_them(line: str, expected: str) -> None:
    assert values(f"[database]\n{line}\n") == {"database.password": expected}


def test_comments_and_other_sections_say_nothing() -> None:
    found = values("; [auth]\n#enabled = true\n[auth.anonymous]\n;enabled = true\n[users]\nenabled = true\n")
    assert found == {"users.enabled": "true"}


@pytest.mark.parametrize("text", ["[auth]\n[users\nenabled = true\n", "[auth]\nenabled\n"])
def test_what_the_library_refuses(text: str) -> None:
    (problem,) = server(text).refused
    assert "enabled" not in problem.message


PLAIN = (
    st.text(st.characters(codec="ascii", exclude_characters="\r\n\x0b\x0c`"), min_size=1).map(str.strip).filter(bool)
)


@given(PLAIN)
def test_a_value_in_backticks_is_read_as_it_is(value: str) -> None:
    ini = read_ini(Source(path="grafana.ini", text=f"[smtp]\npassword = `{value}`\n"))
    (entry,) = ini.entries
    assert entry.value == value
    assert (entry.at.column, entry.at.end_column) == (13, 12 + len(value))


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    read_ini(Source(path="grafana.ini", text=text))


@settings(deadline=None)  # the first case loads what reads Compose files
@given(st.dictionaries(st.sampled_from(sorted(DEFAULTS)), st.sampled_from(["true", "false", "12h", "3000", "none"])))
def test_variables_say_what_the_file_would(options: dict[str, str]) -> None:
    options.pop("paths.provisioning", None)
    text = "".join(
        f"[{name.rpartition('.')[0]}]\n{name.rpartition('.')[2]} = {value}\n" for name, value in options.items()
    )
    lines = "".join(f"      {variable_of(name)}: '{value}'\n" for name, value in options.items())
    first = container("", text or "[server]\n")
    second = container("    environment:\n" + lines if options else "")
    assert {n: s.value for n, s in first.settings.items()} == {n: s.value for n, s in second.settings.items()}


def test_names_of_variables() -> None:
    assert variable_of("auth.generic_oauth.client_secret") == "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET"
    assert variable_of("plugin.some-panel.path") == "GF_PLUGIN_SOME_PANEL_PATH"


def test_precedence() -> None:
    ini = "[users]\nallow_sign_up = true\n[panels]\ndisable_sanitize_html = true\n[snapshots]\npublic_mode = true\n"
    found = container(
        '    command: ["cfg:snapshots.public_mode=false", "cfg:default.panels.disable_sanitize_html=false"]\n'
        "    environment:\n      GF_USERS_ALLOW_SIGN_UP: 'false'\n      GF_SNAPSHOTS_PUBLIC_MODE: 'true'\n",
        ini,
    )
    assert found.is_on("users.allow_sign_up") is False
    assert found.is_on("snapshots.public_mode") is False
    assert found.is_on("panels.disable_sanitize_html") is True


def test_an_empty_variable_changes_nothing() -> None:
    found = container("    environment:\n      GF_SERVER_PROTOCOL: ''\n", "[server]\nprotocol = https\n")
    assert found.text("server.protocol") == "https"


def test_another_file_by_flag_and_by_variable() -> None:
    def protocol(lines: str) -> object:
        text = f"services:\n  d:\n    image: grafana/grafana:11.2.0\n{lines}    volumes: ['./mine.ini:/mine.ini']\n"
        (found,) = servers(
            {"compose.yaml": text, "mine.ini": "[server]\nprotocol = https\n[auth.proxy]\n[snapshots]\n"}
        )
        return found.text("server.protocol")

    assert protocol("    command: --config=/mine.ini\n") == "https"
    assert protocol("    command: [--config, /mine.ini]\n") == "https"
    assert protocol("    environment: {GF_PATHS_CONFIG: /mine.ini}\n") == "https"


@pytest.mark.parametrize(
    ("word", "expected"), [("true", True), ("YES", True), ("on", True), ("1", True), ("off", False), ("maybe", False)]
)
def test_switches(word: str, expected: bool) -> None:
    assert server(f"[auth.anonymous]\nenabled = {word}\n").is_on("auth.anonymous.enabled") is expected


def test_a_switch_that_is_on_where_its_word_is_none() -> None:
    assert server("[users]\nallow_sign_up = maybe\n").is_on("users.allow_sign_up") is True


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("30m", 1800), ("12h", 43200), ("1h30m", 5400), ("7d", 604800), ("1M", 2592000), ("12", None), ("1 d", None)],
)
def test_durations(text: str, seconds: float | None) -> None:
    assert seconds_of(text) == seconds


def test_what_stands_elsewhere_is_not_the_published_password() -> None:
    for value in ("$__file{/run/secrets/x}", "$$__vault{kv:x:y}"):
        found = container(f"    environment:\n      GF_SECURITY_ADMIN_PASSWORD: {value.replace('$__f', '$$__f')}\n")
        assert found.has_published_admin is False
    assert isinstance(server("[security]\nadmin_password = ${ADMIN}\n").has_published_admin, Unknown)
    found = container("    environment:\n      ADMIN: admin\n      GF_SECURITY_ADMIN_PASSWORD: $${ADMIN}\n")
    assert found.has_published_admin is True


def test_secrets_are_sealed() -> None:
    found = server(
        f"[security]\nadmin_password = {MADE_UP}\n[database]\nurl = mysql://grafana:{MADE_UP}@db.example:3306/grafana\n"
    )
    assert isinstance(found.settings["security.admin_password"].value, Secret)
    assert MADE_UP not in repr(found)
    database = found.database
    assert database is not None
    assert not isinstance(database, Unknown)
    assert (database.kind, database.host, database.mode) == ("mysql", "db.example", "disable")


def test_assignments() -> None:
    text = f"[security]\nadmin_password = {MADE_UP} ; note\n[smtp]\npassword = $__file{{/x}}\n"
    document = GRAFANA.parse(Source(path="grafana.ini", text=text))
    assert isinstance(document, GrafanaIni)
    (found,) = document.assignments()
    assert (found.key, found.value, found.server_secret) == ("admin_password", MADE_UP, True)
    assert text.split("\n")[1][found.at.column - 1 : found.at.end_column] == MADE_UP


def test_the_password_of_an_ldap_account() -> None:
    text = (
        f'[[servers]]\nhost = "a"\nbind_dn = "cn=a"\nbind_password = "{MADE_UP}"\n'
        '[[servers]]\nhost = "b"\nbind_password = "$__file{/run/secrets/b}"\n[servers.attributes]\nname = "n"\n'
    )
    document = GRAFANA.parse(Source(path="ldap.toml", text=text))
    (found,) = document.assignments()
    assert (found.key, found.principal, found.server_secret, found.at.line) == ("bind_password", "cn=a", True, 4)


def test_addresses_with_passwords_are_not_shown() -> None:
    text = f"apiVersion: 1\ndatasources:\n  - name: a\n    type: loki\n    url: http://u:{MADE_UP}@s.example:1\n"
    estate = take_estate(MemoryTree({"provisioning/datasources/a.yaml": text}))
    (found,) = [fact for fact in estate.facts if isinstance(fact, GrafanaDataSources)]
    assert found.sources[0].host == "s.example"
    assert MADE_UP not in repr(found)


def test_literal_passwords_of_data_sources() -> None:
    text = (
        "apiVersion: 1\ndatasources:\n  - name: a\n    type: influxdb\n    url: http://s:8086\n    secureJsonData:\n"
        f"      token: {MADE_UP}\n      password: $FROM_ENV\n"
    )
    document = GRAFANA.parse(Source(path="provisioning/datasources/a.yaml", text=text))
    assert [found.key for found in document.assignments() if found.server_secret] == ["token"]


def test_exposure() -> None:
    assert server("[server]\nhttp_addr = 127.0.0.1\n").exposure.is_loopback
    assert server("[server]\nprotocol = socket\n").exposure.is_loopback
    assert server("[server]\n").exposure.reach is Reach.HOST_NETWORK
    assert container("    ports: ['3000:3000']\n").exposure.reach is Reach.PUBLISHED
    moved = container("    ports: ['8080:3000']\n    environment: {GF_SERVER_HTTP_PORT: '9000'}\n")
    assert moved.exposure.reach is Reach.CONTAINER_NETWORK


def test_other_images_are_not_grafana() -> None:
    for image in ("grafana/loki:3.0", "grafana/promtail:3.0", "grafana/tempo"):
        assert servers({"compose.yaml": f"services:\n  d:\n    image: {image}\n"}) == []
    assert (
        servers(
            {"compose.yaml": "services:\n  d:\n    image: grafana/grafana\n    entrypoint: grafana cli plugins ls\n"}
        )
        == []
    )


def test_a_config_map() -> None:
    files = {
        "grafana.yaml": (
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: g}\ndata:\n  grafana.ini: |\n    [auth.anonymous]\n"
            "    enabled = true\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: g}\nspec:\n"
            "  selector: {matchLabels: {a: g}}\n  template:\n    metadata: {labels: {a: g}}\n    spec:\n"
            "      containers:\n        - name: g\n          image: grafana/grafana:11.2.0\n          env:\n"
            "            - name: GF_SECURITY_ADMIN_PASSWORD\n              valueFrom: {secretKeyRef: {name: s, key: p}}\n"
            "          volumeMounts: [{name: c, mountPath: /etc/grafana/grafana.ini, subPath: grafana.ini}]\n"
            "      volumes: [{name: c, configMap: {name: g}}]\n"
        )
    }
    (found,) = servers(files)
    assert found.is_on("auth.anonymous.enabled") is True
    assert found.where("auth.anonymous.enabled").line == 7
    assert found.has_published_admin is False


def test_a_unit() -> None:
    files = {
        "etc/systemd/system/grafana.service": (
            "[Service]\nExecStart=/usr/share/grafana/bin/grafana server --config=/etc/grafana/grafana.ini "
            "--homepath=/usr/share/grafana cfg:default.paths.logs=/var/log/grafana\nUser=grafana\n"
        ),
        "etc/grafana/grafana.ini": "[users]\nallow_sign_up = true\n",
    }
    (found,) = servers(files)
    assert (found.origin, found.is_on("users.allow_sign_up")) == ("systemd", True)
    assert found.exposure.reach is Reach.HOST_NETWORK


def test_files_that_a_container_loads_are_judged_through_it() -> None:
    files = {
        "compose.yaml": (
            "services:\n  d:\n    image: grafana/grafana:11.2.0\n    volumes: ['./g:/etc/grafana']\n"
            "    environment: {GF_AUTH_LDAP_ENABLED: 'true'}\n"
        ),
        "g/provisioning/datasources/a.yaml": "apiVersion: 1\ndatasources:\n  - name: a\n    type: loki\n    url: x\n",
        "g/ldap.toml": '[[servers]]\nhost = "a b"\nbind_dn = "cn=a"\n[[servers]]\nhost = "c"\nuse_ssl = true\n',
    }
    estate = take_estate(MemoryTree(files))
    assert {fact.component for fact in estate.facts if isinstance(fact, GrafanaDataSources | GrafanaLdap)} == {"d"}
    (ldap,) = [fact for fact in estate.facts if isinstance(fact, GrafanaLdap)]
    assert [(each.hosts, each.encrypted) for each in ldap.servers] == [(("a", "b"), False), (("c",), True)]


def test_a_file_that_sets_nothing() -> None:
    # conf/sample.ini, which the packages install as grafana.ini, has every setting commented out.
    text = "[server]\n;protocol = http\n[security]\n;admin_password = admin\n[auth.anonymous]\n;enabled = false\n"
    estate = take_estate(MemoryTree({"etc/grafana/grafana.ini": text}))
    outcomes = run([check for check in load_packs().checks if check.id.startswith("grafana-")], estate.facts)
    found = {(o.check.id, failure.severity or o.check.severity) for o in outcomes for failure in o.failures}
    assert found == {
        ("grafana-default-admin-password", Severity.CRITICAL),
        ("grafana-no-tls", Severity.HIGH),
        ("grafana-published-secret-key", Severity.MEDIUM),
        ("grafana-session-lifetime", Severity.MEDIUM),
        ("grafana-external-snapshots", Severity.MEDIUM),
        ("grafana-requests-not-logged", Severity.MEDIUM),
        ("grafana-token-without-expiry", Severity.LOW),
        ("grafana-metrics-open", Severity.LOW),
    }
    sure = {o.check.id for o in outcomes for failure in o.failures if failure.confidence is not Confidence.LOW}
    assert "grafana-default-admin-password" not in sure


def test_a_template_leaves_values_open() -> None:
    found = server("[auth.anonymous]\nenabled = {{ anonymous }}\n{{ more }}\n")
    assert isinstance(found.is_on("auth.anonymous.enabled"), Unknown)
    assert isinstance(found.is_on("users.allow_sign_up"), Unknown)


@pytest.mark.parametrize(
    ("target", "components"), [("/etc/grafana/grafana.ini", ["d"]), ("/srv/a.ini", ["grafana.ini"])]
)
def test_an_image_that_a_variable_names_is_known_by_the_file_that_it_is_given(
    target: str, components: list[str]
) -> None:
    compose = (
        "services:\n  d:\n    image: ${GRAFANA_IMAGE}\n    environment: {GF_SECURITY_ADMIN_PASSWORD: $PASSWORD}\n"
        f"    volumes: ['./grafana.ini:{target}']\n"
    )
    found = servers({"compose.yaml": compose, "grafana.ini": "[security]\nallow_embedding = true\n"})
    assert [each.component for each in found] == components
    assert found[0].is_on("security.allow_embedding") is True


def test_an_argument_with_an_unknown_value_leaves_the_others_known() -> None:
    found = container('    command: ["cfg:log.level=${LEVEL}", "cfg:auth.anonymous.enabled=true"]\n')
    assert (found.is_on("auth.anonymous.enabled"), found.is_on("users.allow_sign_up")) == (True, False)
    assert isinstance(found.text("log.level"), Unknown)
    more = container('    command: ["cfg:log.level=warn", "${MORE}"]\n')
    assert isinstance(more.is_on("users.allow_sign_up"), Unknown)


def test_a_templated_argument_of_a_pod() -> None:
    (found,) = servers(
        {
            "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: g\n"
            "    image: grafana/grafana:11.2.0\n    args: ['cfg:auth.anonymous.enabled={{ .Values.open }}']\n"
        }
    )
    assert isinstance(found.is_on("auth.anonymous.enabled"), Unknown)
    assert found.is_on("users.allow_sign_up") is False
