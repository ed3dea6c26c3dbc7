"""What files, images and units make of NiFi's settings, in the order in which they take effect."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.nifi import LdapConnection, NiFi, NiFiRegistry

SECURE = (
    "nifi.web.https.host=nifi.example.org\nnifi.web.https.port=8443\nnifi.security.user.authorizer=managed-authorizer\n"
)
STORES = """AUTH: {method}
KEYSTORE_PATH: /certs/keystore.p12
KEYSTORE_TYPE: PKCS12
KEYSTORE_PASSWORD: ${{KEYSTORE_PASSWORD}}
TRUSTSTORE_PATH: /certs/truststore.p12
TRUSTSTORE_TYPE: PKCS12
TRUSTSTORE_PASSWORD: ${{TRUSTSTORE_PASSWORD}}"""
LDAP = """<loginIdentityProviders><provider>
<identifier>ldap-provider</identifier><class>org.apache.nifi.ldap.LdapProvider</class>
<property name="Authentication Strategy">{strategy}</property>
<property name="Url">{url}</property>
</provider></loginIdentityProviders>"""


def facts(files: dict[str, str]) -> list[NiFi | NiFiRegistry]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, NiFi | NiFiRegistry)]


def nifi(files: dict[str, str]) -> NiFi:
    (found,) = facts(files)
    assert isinstance(found, NiFi)
    return found


def directory(files: dict[str, str]) -> LdapConnection:
    (connection,) = nifi(files).directories
    return connection


def compose(image: str, environment: str = "", more: str = "") -> str:
    text = f"services:\n  nifi:\n    image: {image}\n"
    if environment:
        text += "    environment:\n" + "".join(f"      {line}\n" for line in environment.split("\n"))
    return text + more


@pytest.mark.parametrize(
    ("image", "environment", "plain"),
    [
        ("apache/nifi:1.11.4", "", True),
        ("apache/nifi:1.13.2", "NIFI_WEB_HTTPS_PORT: 8443", True),
        ("apache/nifi:1.13.2", STORES.format(method="tls"), False),
        ("apache/nifi:1.14.0", "", False),
        ("apache/nifi:1.28.1", "NIFI_WEB_HTTP_PORT: 8080", True),
        ("apache/nifi:1.28.1", 'NIFI_WEB_HTTP_PORT: ""', False),
        ("apache/nifi:1.28.1", "NIFI_WEB_HTTP_PORT: 8080\n" + STORES.format(method="ldap"), False),
        ("apache/nifi:2.0.0", "NIFI_WEB_HTTP_PORT: 8080", False),
        ("registry.example.org/apache/nifi:1", "NIFI_WEB_HTTP_PORT: 8080", True),
        ("apache/nifi:latest", "", False),
    ],
)
def test_the_images_listen_by_version_and_variables(image: str, environment: str, plain: bool) -> None:
    found = nifi({"compose.yaml": compose(image, environment)})
    assert not found.refused
    assert found.is_plain is plain
    assert found.exposure.reach is Reach.CONTAINER_NETWORK


@pytest.mark.parametrize("image", ["apache/nifi", "apache/nifi:latest"])
def test_versions_that_differ_leave_the_port_undecided(image: str) -> None:
    found = nifi({"compose.yaml": compose(image, "NIFI_WEB_HTTP_PORT: 8080")})
    assert isinstance(found.is_plain, Unknown)
    assert isinstance(found.is_single_user, Unknown)


def test_an_env_file_that_is_not_scanned_may_switch_https_off() -> None:
    found = nifi({"compose.yaml": compose("apache/nifi:1.28.1", more="    env_file: [nifi.env]\n")})
    assert isinstance(found.is_plain, Unknown)


def test_the_start_script_replaces_lines_of_a_mounted_file_and_adds_none() -> None:
    files = {
        "compose.yaml": compose("apache/nifi:1.28.1", more="    volumes: ['./conf:/opt/nifi/nifi-current/conf']\n"),
        "conf/nifi.properties": "nifi.web.http.port=8080\nnifi.web.https.port=\n"
        "nifi.security.user.authorizer=managed-authorizer\nnifi.remote.input.secure=false\n",
    }
    found = nifi(files)
    assert found.text("nifi.web.https.port") == "8443"
    assert found.text("nifi.remote.input.secure") == "true"
    assert "nifi.web.https.host" not in found.settings
    assert found.settings["nifi.web.https.port"].origin is Origin.IMAGE
    assert [problem.message for problem in found.refused] == [
        "expected either nifi.web.http.port or nifi.web.https.port, not both"
    ]
    assert "conf/nifi.properties" in found.consumed


@pytest.mark.parametrize(("version", "length"), [("1.14.0", 32), ("1.15.0", 18), ("1.28.1", 18)])
def test_the_script_of_1_14_blanks_the_key_of_a_mounted_file(version: str, length: int) -> None:
    files = {
        "compose.yaml": compose(f"apache/nifi:{version}", more="    volumes: ['./conf:/opt/nifi/nifi-current/conf']\n"),
        "conf/nifi.properties": SECURE + "nifi.sensitive.props.key=made-up-9f3c51d7a2\n",
    }
    assert nifi(files).sensitive_key_length == length


def test_a_mounted_file_without_a_port_is_no_part_of_another() -> None:
    files = {
        "compose.yaml": compose("apache/nifi:1.28.1", more="    volumes: ['./conf:/opt/nifi/nifi-current/conf']\n"),
        "conf/nifi.properties": "nifi.security.user.authorizer=managed-authorizer\n",
    }
    assert [problem.message for problem in nifi(files).refused] == ["expected nifi.web.https.port"]


def test_a_container_with_its_own_command_reads_the_file_as_it_is() -> None:
    files = {
        "compose.yaml": compose(
            "apache/nifi:1.28.1",
            "NIFI_WEB_HTTPS_PORT: 9443",
            "    entrypoint: [bin/nifi.sh, run]\n    volumes: ['./conf:/opt/nifi/nifi-current/conf']\n",
        ),
        "conf/nifi.properties": SECURE,
    }
    assert nifi(files).text("nifi.web.https.port") == "8443"


def test_a_command_that_edits_the_file_leaves_it_unknown() -> None:
    more = '    entrypoint: [sh, -c, "sed -i s/8443/8080/ conf/nifi.properties; bin/nifi.sh run"]\n'
    found = nifi({"compose.yaml": compose("apache/nifi:1.28.1", more=more)})
    assert isinstance(found.is_plain, Unknown)


def test_the_start_script_cannot_replace_a_file_that_is_mounted_by_itself() -> None:
    more = "    volumes: ['./nifi.properties:/opt/nifi/nifi-current/conf/nifi.properties']\n"
    files = {"compose.yaml": compose("apache/nifi:1.28.1", more=more), "nifi.properties": SECURE}
    (problem,) = nifi(files).refused
    assert (problem.at.path, problem.at.line) == ("compose.yaml", 4)
    built = {
        "Dockerfile": "FROM apache/nifi:1.28.1\nCOPY nifi.properties /opt/nifi/nifi-current/conf/\n",
        "compose.yaml": "services:\n  nifi:\n    build: .\n",
        "nifi.properties": SECURE,
    }
    found = nifi(built)
    assert not found.refused
    assert "nifi.properties" in found.consumed


def test_arguments_do_not_reach_the_server() -> None:
    found = nifi({"compose.yaml": compose("apache/nifi:1.28.1", more="    command: [sleep, infinity]\n")})
    assert found.is_plain is False


def test_another_program_of_the_image_is_no_server() -> None:
    more = "    entrypoint: [/opt/nifi/nifi-toolkit-current/bin/cli.sh]\n"
    assert facts({"compose.yaml": compose("apache/nifi:1.28.1", more=more)}) == []


@pytest.mark.parametrize("missing", ["KEYSTORE_PATH", "TRUSTSTORE_PASSWORD"])
def test_certificates_need_their_variables(missing: str) -> None:
    environment = "\n".join(line for line in STORES.format(method="tls").split("\n") if not line.startswith(missing))
    found = nifi({"compose.yaml": compose("apache/nifi:1.28.1", environment)})
    assert [problem.message for problem in found.refused] == [
        f"expected {missing} beside AUTH=tls; the container stops"
    ]


def test_variables_fill_in_the_directory() -> None:
    environment = STORES.format(method="ldap") + "\nLDAP_URL: ldap://dc.example.org"
    found = nifi({"compose.yaml": compose("apache/nifi:1.28.1", environment)})
    (connection,) = found.directories
    assert connection.strategy == "START_TLS"
    assert connection.clear_host is None
    environment += "\nLDAP_AUTHENTICATION_STRATEGY: SIMPLE"
    connection = directory({"compose.yaml": compose("apache/nifi:1.28.1", environment)})
    assert connection.clear_host == "dc.example.org"


@pytest.mark.parametrize(
    ("strategy", "url", "host"),
    [
        ("SIMPLE", "ldap://dc1.example.org:389", "dc1.example.org"),
        ("SIMPLE", "ldaps://dc1.example.org", None),
        ("SIMPLE", "LDAPS://dc1.example.org", None),
        ("SIMPLE", "ldap://127.0.0.1 ldaps://dc1.example.org", None),
        ("ANONYMOUS", "ldaps://dc1.example.org ldap://dc2.example.org", "dc2.example.org"),
        ("START_TLS", "ldap://dc1.example.org", None),
        ("LDAPS", "ldap://dc1.example.org", None),
    ],
)
def test_where_passwords_go_in_clear(strategy: str, url: str, host: str | None) -> None:
    files = {
        "nifi.properties": SECURE + "nifi.security.user.login.identity.provider=ldap-provider\n",
        "login-identity-providers.xml": LDAP.format(strategy=strategy, url=url),
    }
    connection = directory(files)
    assert connection.clear_host == host


def test_a_provider_that_a_template_fills_in_is_not_known() -> None:
    files = {
        "nifi.properties.j2": SECURE + "nifi.security.user.login.identity.provider=ldap-provider\n",
        "login-identity-providers.xml.j2": LDAP.format(strategy="{{ strategy }}", url="ldap://dc.example.org"),
    }
    connection = directory(files)
    assert isinstance(connection.clear_host, Unknown)


def test_user_groups_that_refer_to_each_other_come_to_an_end() -> None:
    group = (
        "<userGroupProvider><identifier>{}</identifier><class>org.apache.nifi.authorization.CompositeUserGroupProvider"
        '</class><property name="User Group Provider 1">{}</property></userGroupProvider>'
    )
    text = (
        "<authorizers>" + group.format("a", "b") + group.format("b", "a") + "<accessPolicyProvider><identifier>p"
        '</identifier><class>org.apache.nifi.X</class><property name="User Group Provider">a</property>'
        "</accessPolicyProvider><authorizer><identifier>managed-authorizer</identifier><class>org.apache.nifi.Y</class>"
        '<property name="Access Policy Provider">p</property></authorizer></authorizers>'
    )
    assert nifi({"nifi.properties": SECURE, "authorizers.xml": text}).directories == ()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("nifi.web.http.port=\nnifi.web.https.port=\n", "expected nifi.web.https.port"),
        (
            SECURE + "nifi.web.proxy.host=a\nnifi.web.proxy.host=b\n",
            "expected one value for nifi.web.proxy.host, which an earlier line sets to another",
        ),
        (
            SECURE + "nifi.sensitive.props.key=elevenchars\nnifi.sensitive.props.algorithm=NIFI_PBKDF2_AES_GCM_256\n"
            "nifi.security.autoreload.enabled=false\n",
            "expected 12 characters or more for nifi.sensitive.props.key",
        ),
        (
            SECURE + "nifi.cluster.is.node=true\nnifi.security.autoreload.enabled=false\n",
            "expected nifi.sensitive.props.key, which all nodes of a cluster share",
        ),
        (
            SECURE
            + "nifi.python.working.directory=./work\nnifi.sensitive.props.algorithm=PBEWITHMD5AND128BITAES-CBC-OPENSSL\n",
            "expected NIFI_PBKDF2_AES_GCM_256 or NIFI_ARGON2_AES_GCM_256",
        ),
        (
            "nifi.web.https.port=8443\nnifi.security.user.authorizer=single-user-authorizer\n",
            "expected single-user-provider for the single user authorizer",
        ),
    ],
)
def test_what_nifi_refuses(lines: str, message: str) -> None:
    assert [problem.message for problem in nifi({"nifi.properties": lines}).refused] == [message]


@pytest.mark.parametrize(
    "lines",
    [
        SECURE + "nifi.web.proxy.host=a\nnifi.web.proxy.host=a\n",
        SECURE + "nifi.cluster.is.node=true\n",  # before 1.14 a key of its own stands in
        "nifi.web.http.port=${nifi.web.http.port}\nnifi.web.https.port=${nifi.web.https.port}\n",
        "nifi.security.keystorePasswd=${KEYSTORE_PASSWORD}\n",
    ],
)
def test_what_nifi_accepts_or_another_file_completes(lines: str) -> None:
    assert not nifi({"nifi.properties": lines}).refused


def test_a_part_of_the_properties_is_judged_on_what_it_says() -> None:
    found = nifi({"nifi.properties": "nifi.remote.input.secure=false\n"})
    assert isinstance(found.is_plain, Unknown)
    assert found.text("nifi.remote.input.secure") == "false"


@pytest.mark.parametrize(
    ("lines", "reach"),
    [
        ("nifi.web.https.host=127.0.0.1\n", Reach.LOOPBACK),
        ("nifi.web.https.host=\n", Reach.HOST_NETWORK),
        ("nifi.web.https.host=10.0.0.5\nnifi.web.https.network.interface.default=lo\n", Reach.LOOPBACK),
        ("nifi.web.https.host=127.0.0.1\nnifi.web.https.network.interface.lan=eth0\n", Reach.HOST_NETWORK),
        ("nifi.web.https.host=127.0.0.1\nnifi.web.https.network.interface.default=\n", Reach.LOOPBACK),
    ],
)
def test_from_where_the_interface_is_reached(lines: str, reach: Reach) -> None:
    text = "nifi.web.https.port=8443\nnifi.security.user.authorizer=managed-authorizer\n" + lines
    assert nifi({"nifi.properties": text}).exposure.reach is reach


def test_a_zookeeper_that_nifi_does_not_start_is_judged_by_nobody() -> None:
    zookeeper = "tickTime=2000\ndataDir=./state/zookeeper\nclientPort=2181\ninitLimit=10\nserver.1=\n"
    off = {"conf/nifi.properties": SECURE, "conf/zookeeper.properties": zookeeper}
    assert {fact.technology for fact in take_estate(MemoryTree(off)).facts} == {"nifi"}
    on = SECURE + "nifi.state.management.embedded.zookeeper.start=true\n"
    estate = take_estate(MemoryTree({**off, "conf/nifi.properties": on}))
    assert {fact.technology for fact in estate.facts} == {"nifi", "zookeeper"}


def test_a_unit_starts_the_installation_that_it_names() -> None:
    unit = "[Service]\nExecStart=/opt/nifi/bin/nifi.sh run\n"
    files = {
        "root/etc/systemd/system/nifi.service": unit,
        "root/opt/nifi/conf/nifi.properties": "nifi.web.http.port=8080\nnifi.web.https.port=\n",
    }
    found = nifi(files)
    assert found.is_plain is True
    assert found.origin == "systemd"


def test_a_config_map_is_read_where_it_is_mounted() -> None:
    manifest = """apiVersion: v1
kind: ConfigMap
metadata: {name: nifi}
data:
  nifi-registry.properties: |
    nifi.registry.web.http.port=
    nifi.registry.web.https.port=18443
---
apiVersion: v1
kind: Pod
metadata: {name: registry}
spec:
  containers:
    - name: registry
      image: apache/nifi-registry:1.28.1
      command: [bin/nifi-registry.sh, run]
      volumeMounts:
        - {name: conf, mountPath: /opt/nifi-registry/nifi-registry-current/conf/nifi-registry.properties, subPath: nifi-registry.properties}
  volumes:
    - name: conf
      configMap: {name: nifi}
"""
    (found,) = facts({"k8s.yaml": manifest})
    assert isinstance(found, NiFiRegistry)
    assert found.is_plain is False
    assert found.where("nifi.registry.web.https.port").line == 7


@pytest.mark.parametrize(
    ("image", "address", "remote"),
    [
        ("apache/nifi:1.15.3", "8000", True),
        ("apache/nifi:1.28.1", "8000", False),
        ("apache/nifi:1.28.1", "*:8000", True),
        ("apache/nifi:1.15.3", "localhost:8000", False),
    ],
)
def test_the_debug_port_follows_java(image: str, address: str, remote: bool) -> None:
    line = f"lib.dir=./lib\njava.arg.debug=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address={address}\n"
    files = {
        "compose.yaml": compose(
            image, more="    volumes: ['./bootstrap.conf:/opt/nifi/nifi-current/conf/bootstrap.conf']\n"
        ),
        "bootstrap.conf": line,
    }
    debugger = nifi(files).debugger
    assert debugger is not None
    assert not isinstance(debugger, Unknown)
    assert debugger.is_remote is remote
    assert debugger.at.path == "bootstrap.conf"


def test_a_lone_file_of_an_unknown_java_leaves_the_debug_port_undecided() -> None:
    files = {
        "nifi.properties": SECURE,
        "bootstrap.conf": "java.arg.debug=-agentlib:jdwp=transport=dt_socket,server=y,address=8000\n",
    }
    debugger = nifi(files).debugger
    assert debugger is not None
    assert not isinstance(debugger, Unknown)
    assert isinstance(debugger.is_remote, Unknown)
