"""What a node of OpenSearch does with its settings, its image and the security plugin's files."""

import pytest

from auditor.model.fact import Service
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.opensearch import InternalUsers, OpenSearch, RoleMappings, Roles, SecuritySettings

CERTIFICATE = "plugins.security.ssl.transport.pemcert_filepath: node.pem\n"
HTTP = "plugins.security.ssl.http.enabled: true\nplugins.security.ssl.http.pemcert_filepath: node.pem\n"
SINGLE = {"discovery.type": "single-node"}
PASSWORD = {"OPENSEARCH_INITIAL_ADMIN_PASSWORD": "not-a-real-one"}
META = '_meta:\n  type: "{}"\n  config_version: 2\n'


def facts(files: dict[str, str]) -> list[Service]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Service) and fact.technology == "opensearch"]


def file(text: str, name: str = "opensearch.yml") -> OpenSearch:
    (node,) = facts({name: text})
    assert isinstance(node, OpenSearch)
    return node


def container(
    tag: str,
    environment: dict[str, str],
    image: str = "opensearchproject/opensearch",
    more: str = "",
    files: dict[str, str] | None = None,
) -> OpenSearch:
    lines = "".join(f'      {name}: "{value}"\n' for name, value in environment.items())
    compose = f"services:\n  search:\n    image: {image}:{tag}\n    environment:\n{lines}{more}"
    return next(fact for fact in facts({"compose.yaml": compose, **(files or {})}) if isinstance(fact, OpenSearch))


def truth(value: bool | Unknown) -> bool | None:
    return None if isinstance(value, Unknown) else value


@pytest.mark.parametrize(
    ("text", "security", "http_tls"),
    [
        ("cluster.name: a\n", None, None),
        (CERTIFICATE, True, False),
        (CERTIFICATE + HTTP, True, True),
        ("plugins.security.disabled: true\n", False, False),
        ("plugins:\n  security:\n    disabled: true\n", False, False),
        (CERTIFICATE + HTTP + "plugins.security.ssl_only: true\n", False, True),
        (CERTIFICATE + HTTP + "plugins.security.disabled: {{ off }}\n", None, None),
    ],
)
def test_log_in_and_tls(text: str, security: bool | None, http_tls: bool | None) -> None:
    node = file(text)
    assert (truth(node.security), truth(node.http_tls)) == (security, http_tls)


def test_open_distro_s_names_are_the_present_ones() -> None:
    text = (CERTIFICATE + HTTP).replace("plugins.security", "opendistro_security")
    node = file(text, "elasticsearch.yml")
    assert (node.product, node.http_tls) == ("Open Distro", True)


@pytest.mark.parametrize(
    ("tag", "environment", "users"),
    [
        ("2.11.0", SINGLE, ("admin", "kibanaserver")),
        ("2.19.1", SINGLE | PASSWORD, ("kibanaserver", "kibanaro")),
        ("2.19.1", SINGLE | PASSWORD | {"DISABLE_INSTALL_DEMO_CONFIG": "true"}, ()),
        ("2.11.0", SINGLE | {"DISABLE_SECURITY_PLUGIN": "true"}, ()),
        ("2.11.0", SINGLE | {"DISABLE_SECURITY_PLUGIN": "yes"}, ("admin", "kibanaserver")),
        ("latest", SINGLE | PASSWORD, ("kibanaserver", "kibanaro")),
        ("latest", SINGLE, None),
    ],
)
def test_published_users_of_the_image(tag: str, environment: dict[str, str], users: tuple[str, ...] | None) -> None:
    found = container(tag, environment).published_users
    assert isinstance(found, Unknown) if users is None else isinstance(found, tuple) and found[: len(users)] == users
    if users == ():
        assert found == ()


def test_the_demonstration_leaves_a_configured_file_alone() -> None:
    more = "    volumes: ['./os.yml:/usr/share/opensearch/config/opensearch.yml']\n"
    text = "network.host: 0.0.0.0\n" + CERTIFICATE
    node = container("2.11.0", SINGLE, more=more, files={"os.yml": text})
    assert (node.runs_demo_installer, node.http_tls, node.uses_demo_certificates) == (False, False, False)
    plain = container("2.11.0", SINGLE, more=more, files={"os.yml": "network.host: 0.0.0.0\n"})
    assert (plain.runs_demo_installer, plain.http_tls, plain.uses_demo_certificates) == (True, True, True)


def test_a_variable_does_not_keep_the_demonstration_away() -> None:
    node = container("2.11.0", SINGLE | {"plugins.security.ssl.http.enabled": "false"})
    assert node.runs_demo_installer is True
    assert node.http_tls is False


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("plugins.security.ssl.transport.enabled: false\n", "no other mode"),
        (HTTP, "transport.pemcert_filepath"),
        (CERTIFICATE + "plugins.security.ssl.http.enabled: true\n", "http.pemcert_filepath"),
        (CERTIFICATE + "plugins.security.disabled: yes\n", "true or false"),
        ("discovery.type: single-node\ncluster.initial_cluster_manager_nodes: [a]\n", "beside discovery.type"),
    ],
)
def test_refused(text: str, phrase: str) -> None:
    assert any(phrase in problem.message for problem in file(text).refused)


@pytest.mark.parametrize(
    "text",
    [
        "network.host: 0.0.0.0\n",
        "plugins.security.disabled: true\n",
        CERTIFICATE.replace("pemcert", "keystore")
        + "plugins.security.ssl.transport.enforce_hostname_verification: true\n",
        "plugins.security.ssl_only: true\nplugins.security.ssl.transport.enabled: false\n",
    ],
)
def test_not_refused(text: str) -> None:
    assert file(text).refused == ()


def test_a_container_needs_the_administrator_s_password_since_2_12() -> None:
    assert "PASSWORD" in container("2.12.0", SINGLE).refused[0].message
    assert container("2.12.0", SINGLE | PASSWORD).refused == ()
    assert container("2.11.0", SINGLE).refused == ()
    assert container("2.12.0", SINGLE, more="    env_file: [unscanned.env]\n").refused == ()


@pytest.mark.parametrize(
    ("environment", "security"),
    [({}, False), ({"OPENSEARCH_ENABLE_SECURITY": "true"}, True), ({"DISABLE_SECURITY_PLUGIN": "false"}, False)],
)
def test_bitnami(environment: dict[str, str], security: bool) -> None:
    node = container("2.19.0", environment, image="bitnami/opensearch")
    assert node.security is security
    assert node.refused == ()


def test_security_files_of_a_container_are_judged_through_it() -> None:
    folder = "/usr/share/opensearch/config/opensearch-security"
    more = f"    volumes: ['./security:{folder}']\n"
    users = META.format("internalusers") + 'admin:\n  hash: "$2y$12$x"\n'
    compose = f"services:\n  search:\n    image: opensearchproject/opensearch:2.11.0\n{more}"
    found = facts({"compose.yaml": compose, "security/internal_users.yml": users})
    (file_fact,) = [fact for fact in found if isinstance(fact, InternalUsers)]
    assert file_fact.component == next(fact for fact in found if isinstance(fact, OpenSearch)).component
    assert [user.is_published for user in file_fact.users] == [False]


def test_published_hashes_are_known_by_their_digest() -> None:
    text = META.format("internalusers") + (
        "admin:\n  hash: '$2a$12$VcCDgh2NDk07JGN0rjGbM.Ad41qVR/YFJcgHp0UGns5JDymv..TOG'\n  backend_roles: [admin]\n"
        "nurse:\n  hash: {{ nurse_hash }}\nold:\n  hash: '$2y$12$other'\n"
    )
    (fact,) = facts({"internal_users.yml": text})
    assert isinstance(fact, InternalUsers)
    assert [(user.name, truth(user.is_published), user.is_administrator) for user in fact.users] == [
        ("admin", True, True),
        ("nurse", None, False),
        ("old", False, False),
    ]


def test_roles_mappings_and_ways_to_log_in() -> None:
    config = META.format("config") + (
        "config:\n  dynamic:\n    authc:\n"
        "      a:\n        http_authenticator: {type: basic}\n"
        "      b:\n        http_enabled: false\n        http_authenticator: {type: proxy}\n"
    )
    roles = (
        META.format("roles") + "r:\n  index_permissions:\n  - index_patterns: ['a', 'b']\n    allowed_actions: [crud]\n"
    )
    mapping = META.format("rolesmapping") + "r:\n  users: ['*']\n  hosts: h\n"
    found = {type(fact): fact for fact in facts({"config.yml": config, "roles.yml": roles, "m.yml": mapping})}
    settings, role, mapped = found[SecuritySettings], found[Roles], found[RoleMappings]
    assert isinstance(settings, SecuritySettings)
    assert isinstance(role, Roles)
    assert isinstance(mapped, RoleMappings)
    assert [(domain.name, domain.kind, domain.backend) for domain in settings.domains] == [("a", "basic", "intern")]
    assert role.roles[0].indices == (("a", "crud"), ("b", "crud"))
    assert (mapped.mappings[0].users, mapped.mappings[0].hosts) == (("*",), ("h",))
