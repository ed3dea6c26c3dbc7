"""Keycloak: which files are its, what realms and servers mean, and what is secret."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.credential import Credential
from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.keycloak import Keycloak, KeycloakRealm
from auditor.technologies.keycloak.documents import RealmFile, read_document
from auditor.technologies.recognition.keycloak import recognise

MADE_UP = "example-Passw0rd-0192"


def facts(files: dict[str, str]) -> list[object]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return list(estate.facts)


def realm(**keys: object) -> KeycloakRealm:
    text = json.dumps({"realm": "clinic", "enabled": True, "sslRequired": "external", **keys}, indent=1)
    (found,) = (fact for fact in facts({"realm-export.json": text}) if isinstance(fact, KeycloakRealm))
    return found


def server(lines: str, files: dict[str, str] | None = None, image: str = "quay.io/keycloak/keycloak:26.0") -> Keycloak:
    text = f"services:\n  login:\n    image: {image}\n{lines}"
    (found,) = (fact for fact in facts({"compose.yaml": text, **(files or {})}) if isinstance(fact, Keycloak))
    return found


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("realm-export.json", '{"realm": "a", "enabled": true, "sslRequired": "none"}', 3),
        ("config/login.json.j2", '{"realm": "{{ name }}", "enabled": true, "bruteForceProtected": false}', 2),
        ("keycloak/config/realm.json", '{"realm": "${NAME}", "enabled": true, "clients": []}', 2),
        (
            "keycloak.json",
            '{"realm": "a", "enabled": true, "auth-server-url": "https://x", "ssl-required": "none"}',
            None,
        ),
        ("openapi.json", '{"paths": {"/realm": {"description": "sets \\"enabled\\""}}}', None),
        ("a.json", '{"realm": "a", "enabled": true}', None),
        ("keycloak.conf", "#db=postgres\n", 3),
        ("keycloak.conf", "[Unit]\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = recognise(path.rpartition("/")[2], path, text)
    assert (found.strength if found is not None else None) == strength


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        ("", {}),
        ("length(12)", {"length": "12"}),
        ("length and notUsername(undefined)", {"length": "", "notUsername": "undefined"}),
        ("hashIterations(27500) and passwordHistory(3)", {"hashIterations": "27500", "passwordHistory": "3"}),
    ],
)
def test_password_rules(written: str, rules: dict[str, str]) -> None:
    assert realm(passwordPolicy=written).policies == rules


def test_rules_of_a_directory_are_its_own() -> None:
    found = realm(components={"org.keycloak.storage.UserStorageProvider": [{"providerId": "ldap"}]})
    assert isinstance(found.policies, Unknown)


def test_variables_are_not_known() -> None:
    found = realm(bruteForceProtected="${LOCKS}", accessTokenLifespan="${SPAN}")
    assert isinstance(found.is_on("bruteForceProtected"), Unknown)
    assert isinstance(found.seconds("accessTokenLifespan"), Unknown)


def flow(alias: str, *steps: dict[str, str]) -> dict[str, object]:
    return {"alias": alias, "authenticationExecutions": list(steps)}


FORM = {"authenticator": "auth-username-password-form", "requirement": "REQUIRED"}
CODE = {"authenticator": "auth-otp-form", "requirement": "REQUIRED"}
KEY = {"authenticator": "webauthn-authenticator-passwordless", "requirement": "ALTERNATIVE"}
PASSWORD = {"authenticator": "auth-username-password-form", "requirement": "ALTERNATIVE"}
COOKIE = {"authenticator": "auth-cookie", "requirement": "ALTERNATIVE"}
HAS_CODE = {"authenticator": "conditional-user-configured", "requirement": "REQUIRED"}
HAS_ROLE = {"authenticator": "conditional-user-role", "requirement": "REQUIRED"}
OWN = {"authenticator": "clinic-badge", "requirement": "REQUIRED"}


def inner(alias: str, requirement: str) -> dict[str, str]:
    return {"flowAlias": alias, "requirement": requirement}


@pytest.mark.parametrize(
    ("flows", "answer"),
    [
        ([flow("browser", COOKIE, inner("forms", "ALTERNATIVE")), flow("forms", FORM, CODE)], True),
        ([flow("browser", COOKIE, inner("forms", "ALTERNATIVE")), flow("forms", FORM)], False),
        ([flow("browser", FORM, inner("code", "CONDITIONAL")), flow("code", HAS_CODE, CODE)], False),
        ([flow("browser", FORM, inner("code", "CONDITIONAL")), flow("code", HAS_ROLE, CODE)], None),
        (
            [
                flow("browser", FORM, inner("any", "CONDITIONAL")),
                flow("any", HAS_ROLE, {**CODE, "requirement": "ALTERNATIVE"}, KEY),
            ],
            None,
        ),
        ([flow("browser", FORM, inner("code", "DISABLED")), flow("code", CODE)], False),
        ([flow("browser", COOKIE, KEY)], True),
        ([flow("browser", COOKIE, KEY, PASSWORD)], False),
        ([flow("browser", FORM, OWN)], None),
        ([flow("browser", FORM, inner("nowhere", "REQUIRED"))], None),
        ([flow("browser", inner("browser", "REQUIRED"))], None),
        ([flow("other", FORM, CODE)], False),
    ],
)
def test_second_factor_of_flows(flows: list[dict[str, object]], answer: bool | None) -> None:
    found = realm(authenticationFlows=flows).second_factor
    assert (None if isinstance(found, Unknown) else found) is answer


def test_a_disabled_realm_is_not_in_use() -> None:
    text = json.dumps({"realm": "old", "enabled": False, "sslRequired": "none"})
    assert not [fact for fact in facts({"realm.json": text}) if isinstance(fact, KeycloakRealm)]


def test_secrets_of_a_realm() -> None:
    text = json.dumps(
        {
            "realm": "clinic",
            "enabled": True,
            "sslRequired": "external",
            "smtpServer": {"host": "mail.clinic.example", "user": "login", "password": MADE_UP + "1"},
            "clients": [
                {"clientId": "portal", "secret": MADE_UP + "2"},
                {"clientId": "masked", "secret": "**********"},
                {"clientId": "filled", "secret": "${PORTAL_SECRET}"},
            ],
            "users": [
                {"username": "nurse", "credentials": [{"type": "password", "value": MADE_UP + "3"}]},
                {"username": "old", "credentials": [{"type": "password", "hashIterations": 1, "value": "aGFzaA=="}]},
            ],
            "components": {
                "org.keycloak.storage.UserStorageProvider": [{"config": {"bindCredential": [MADE_UP + "4"]}}],
            },
            "identityProviders": [{"alias": "state", "config": {"clientSecret": MADE_UP + "5"}}],
        },
        indent=1,
    )
    document = read_document(Source(path="realm.json", text=text))
    assert isinstance(document, RealmFile)
    secret = [found for found in document.assignments() if found.server_secret]
    assert sorted(str(found.value)[-1] for found in secret) == ["1", "2", "3", "4", "5"]
    lines = text.split("\n")
    for found in secret:
        assert lines[found.at.line - 1][found.at.column - 1 : found.at.end_column] == found.value
    credentials = [fact for fact in facts({"realm.json": text}) if isinstance(fact, Credential)]
    assert {credential.at.line for credential in credentials} >= {found.at.line for found in secret}
    assert MADE_UP not in repr(document)


def test_command_line_beats_variables_and_file() -> None:
    conf = {"keycloak.conf": "http-enabled=true\nhostname=from-file\nhttp-port=8081\n"}
    mount = "    volumes: ['./keycloak.conf:/opt/keycloak/conf/keycloak.conf']\n"
    environment = "    environment:\n      KC_HOSTNAME: from-variable\n      KC_HTTP_PORT: '8082'\n"
    found = server(f"    command: start --http-port 8083\n{mount}{environment}", conf)
    assert found.text("http-port") == "8083"
    assert found.text("hostname") == "from-variable"
    assert found.takes_http is True


@pytest.mark.parametrize(
    ("image", "command", "answer"),
    [
        ("26.0", "start", False),
        ("26.0", "start-dev", True),
        ("26.0", "start --http-enabled=true", True),
        ("25.0", "start --proxy=edge", True),
        ("25.0", "start --proxy=reencrypt", False),
        ("26.0", "start --proxy=edge", False),
        ("26.0", "start --http-enabled=${HTTP}", None),
    ],
)
def test_http(image: str, command: str, answer: bool | None) -> None:
    found = server(
        f"    command: ['{command.replace(' ', chr(39) + ', ' + chr(39))}']\n", image=f"keycloak/keycloak:{image}"
    )
    takes = found.takes_http
    assert (None if isinstance(takes, Unknown) else takes) is answer


@pytest.mark.parametrize(
    "service",
    [
        "    image: keycloak/keycloak:26.0\n",
        "    image: keycloak/keycloak:16.1\n    command: start\n",
        "    image: nginx:1\n",
        "    image: keycloak/keycloak:26.0\n    command: export --file /tmp/a.json\n",
    ],
)
def test_no_server(service: str) -> None:
    assert not [fact for fact in facts({"compose.yaml": f"services:\n  a:\n{service}"}) if isinstance(fact, Keycloak)]


CERTIFICATE = " --https-certificate-file=/run/tls.crt"


@pytest.mark.parametrize(
    ("image", "command", "problems"),
    [
        ("26.0", "start", 2),
        ("26.0", f"start --hostname=a{CERTIFICATE}", 0),
        ("26.0", "start --hostname-strict=false --http-enabled=true", 0),
        ("24.0", "start --hostname-url=https://a --proxy=edge", 0),
        ("26.0", "start --hostname=${NAME}", 0),
        ("26.0", "start-dev", 0),
    ],
)
def test_refusals(image: str, command: str, problems: int) -> None:
    found = server(f"    command: {command}\n", image=f"keycloak/keycloak:{image}")
    assert len(found.refused) == problems


def test_what_is_elsewhere_is_not_refused() -> None:
    assert not server("    command: start --hostname=a\n    env_file: [login.env]\n").refused


def test_realms_are_imported_only_if_the_command_says_so() -> None:
    files = {"clinic.json": json.dumps({"realm": "clinic", "enabled": True, "sslRequired": "all"})}
    volume = "    volumes: ['./clinic.json:/opt/keycloak/data/import/clinic.json']\n"
    for flag, component in ((" --import-realm", "login"), ("", "clinic.json")):
        text = f"services:\n  login:\n    image: keycloak/keycloak:26.0\n    command: start{flag}\n{volume}"
        (found,) = (fact for fact in facts({"compose.yaml": text, **files}) if isinstance(fact, KeycloakRealm))
        assert found.component.endswith(component)


def test_exposure_of_the_port_without_tls() -> None:
    found = server("    command: start --http-enabled=true\n    ports: ['8443:8443']\n")
    assert found.exposure.reach is Reach.PUBLISHED
    assert found.clear_exposure.reach is Reach.CONTAINER_NETWORK


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 10**6) | st.text(st.characters(codec="ascii"), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [
        "clients",
        "users",
        "components",
        "authenticationFlows",
        "requiredActions",
        "passwordPolicy",
        "eventsListeners",
        "smtpServer",
        "identityProviders",
        "sslRequired",
        "accessTokenLifespan",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(KEYS, JSON, max_size=6))
def test_any_shape_is_read(keys: dict[str, object]) -> None:
    text = json.dumps({"realm": "clinic", "enabled": True, "loginWithEmailAllowed": True, **keys}, indent=1)
    found = [fact for fact in facts({"realm.json": text}) if isinstance(fact, KeycloakRealm)]
    assert len(found) == 1
    assert isinstance(found[0].second_factor, bool | Unknown)
