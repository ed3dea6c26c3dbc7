"""Nodes of containers, units and files: what is in force, from where they are reached, what is not known."""

import pytest

from auditor.model.credential import Credential
from auditor.model.exposure import Reach
from auditor.model.secret import Secret
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.solr import Security, Solr, SolrCore

SECURITY = '{"authentication": {"class": "solr.BasicAuthPlugin", "credentials": {"a": "x"}}}'
CONFIG = "<config><luceneMatchVersion>8.4.1</luceneMatchVersion></config>"


def facts(files: dict[str, str]) -> tuple[list[Solr], list[SolrCore]]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    nodes = [fact for fact in estate.facts if isinstance(fact, Solr)]
    return nodes, [fact for fact in estate.facts if isinstance(fact, SolrCore)]


def compose(lines: str, image: str = "solr:9.9", **files: str) -> Solr:
    body = "".join(f"    {line}\n" for line in lines.split("\n") if line)
    named = {path.replace("__", "."): text for path, text in files.items()}
    nodes, _ = facts({"compose.yaml": f"services:\n  search:\n    image: {image}\n{body}", **named})
    (node,) = [node for node in nodes if node.component == "search"]
    return node


@pytest.mark.parametrize(
    ("lines", "image", "cloud"),
    [
        ("", "solr:9.9", False),
        ("", "solr:8", False),
        ("", "solr:10.0", True),
        ("", "solr", None),
        ("", "solr:slim", None),
        ("command: solr-precreate patients", "solr:9.9", False),
        ("command: solr-precreate patients", "solr:10.0", None),
        ("command: solr-foreground --user-managed", "solr:10.0", False),
        ("command: -c", "solr:9.9", True),
        ("command: solr start -f -z zk:2181", "solr:9.9", True),
        ("command: bash -c 'chown solr /var/solr; exec gosu solr solr-precreate p'", "solr:9.9", False),
        ("command: bash -c 'precreate-core p && solr -f -c'", "solr:9.9", True),
        ("environment: {ZK_HOST: 'zk:2181'}", "solr:9.9", True),
        ("environment: {ZK_HOST: '${ZK}'}", "solr:9.9", None),
        ("environment: {SOLR_MODE: solrcloud}", "solr:9.9", True),
        ("environment: {SOLR_OPTS: '${OPTIONS}'}", "solr:9.9", None),
        ("environment: {SOLR_ENABLE_CLOUD_MODE: 'yes', SOLR_ZK_HOSTS: zk}", "bitnami/solr:9.8", True),
        ("", "bitnami/solr:9.8", False),
        ("command: /opt/bitnami/scripts/solr/run.sh", "bitnami/solr:9.8", False),
    ],
)
def test_whether_it_is_a_cloud(lines: str, image: str, cloud: bool | None) -> None:
    found = compose(lines, image).is_cloud
    assert (None if isinstance(found, Unknown) else found) is cloud


@pytest.mark.parametrize(
    ("lines", "image"),
    [
        ("command: solr zk cp file:/security.json zk:/security.json -z zk:2181", "solr:9.9"),
        ("command: solr create -c patients", "solr:9.9"),
        ("command: solr-exporter -p 9854", "solr:9.9"),
        ("", "apache/solr-operator:0.9"),
        ("", "ghcr.io/clinic/solr-client:1"),
        ("", "ghcr.io/clinic/init-solr:1"),
    ],
)
def test_other_programs(lines: str, image: str) -> None:
    nodes, _ = facts({"compose.yaml": f"services:\n  tool:\n    image: {image}\n    {lines}\n"})
    assert nodes == []


@pytest.mark.parametrize(
    ("lines", "image", "kind"),
    [
        ("", "solr:9.9", type(None)),
        ("volumes: ['./security.json:/var/solr/data/security.json']", "solr:9.9", Security),
        ("volumes: ['./security.json:/opt/solr/server/solr/security.json']", "solr:9.9", type(None)),
        ("volumes: ['./security.json:/opt/solr/server/solr/security.json']", "solr:7.7", Security),
        ("volumes: ['.:/clinic']\nenvironment: {SOLR_HOME: /clinic}", "solr:9.9", Security),
        # A volume of Docker starts with what the image has there; a folder of the host holds anything.
        ("volumes: ['data:/var/solr']", "solr:9.9", type(None)),
        ("volumes: ['/srv/solr:/var/solr']", "solr:9.9", Unknown),
        ("volumes: ['./init:/docker-entrypoint-initdb.d']", "solr:9.9", Unknown),
        ("command: bash -c 'cp /security.json /var/solr/data/; solr-foreground'", "solr:9.9", Unknown),
        ("command: -c\nvolumes: ['./security.json:/var/solr/data/security.json']", "solr:9.9", Unknown),
        ("environment: {SOLR_ENABLE_AUTHENTICATION: 'yes'}", "bitnami/solr:9.8", Security),
        ("environment: {SOLR_ENABLE_AUTHENTICATION: 'no'}", "bitnami/solr:9.8", type(None)),
        ("", "ckan/ckan-solr:2.11-solr9", Unknown),
        ("environment: {SOLR_HOME: '${HOME_OF_SOLR}'}", "solr:9.9", Unknown),
    ],
)
def test_where_security_json_is(lines: str, image: str, kind: type[object]) -> None:
    node = compose(lines, image, security__json=SECURITY)
    assert isinstance(node.security, kind)


def test_a_volume_may_have_what_the_built_image_has_there() -> None:
    lines = "services:\n  search:\n    build: .\n    volumes: ['data:/var/solr']\n"
    ((node,), _) = facts({"compose.yaml": lines, "Dockerfile": "FROM solr:9.9\nRUN make-security\n"})
    assert isinstance(node.security, Unknown)
    ((node,), _) = facts({"compose.yaml": lines.partition("    volumes")[0], "Dockerfile": "FROM solr:9.9\n"})
    assert node.security is None


def test_a_script_of_the_images_own_leaves_everything_open() -> None:
    lines = "services:\n  search:\n    build: .\n"
    ((node,), _) = facts({"compose.yaml": lines, "Dockerfile": 'FROM solr:9.9\nENTRYPOINT ["./entrypoint.sh"]\n'})
    assert isinstance(node.security, Unknown)
    assert isinstance(node.tls, Unknown)


def test_a_condition_of_a_template_leaves_the_cloud_open() -> None:
    text = '{% if zookeepers is defined %}\nZK_HOST="{{ zookeepers }}"\n{% else %}\nZK_HOST=""\n{% endif %}\n'
    ((node,), _) = facts({"solr.in.sh.j2": text})
    assert isinstance(node.is_cloud, Unknown)


def test_a_template_may_put_lines_into_the_script() -> None:
    ((node,), _) = facts({"solr.in.sh.j2": "SOLR_JETTY_HOST=10.0.0.1\n{{ further_lines }}\n"})
    assert node.address == "10.0.0.1"
    assert isinstance(node.tls, Unknown)


def test_a_pods_volume_may_have_been_filled() -> None:
    text = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: search}\nspec:\n  volumes: [{name: data, emptyDir: {}}]\n"
        "  containers:\n  - name: solr\n    image: solr:9.9\n"
        "    volumeMounts: [{name: data, mountPath: /var/solr}]\n"
    )
    ((node,), _) = facts({"pod.yaml": text})
    assert isinstance(node.security, Unknown)


def test_a_configmap_holds_security_json() -> None:
    text = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: auth}\ndata:\n  security.json: |\n    "
        + SECURITY
        + "\n---\n"
        "apiVersion: v1\nkind: Pod\nmetadata: {name: search}\nspec:\n"
        "  volumes: [{name: auth, configMap: {name: auth}}]\n  containers:\n  - name: solr\n    image: solr:9.9\n"
        "    volumeMounts: [{name: auth, mountPath: /var/solr/data/security.json, subPath: security.json}]\n"
    )
    ((node,), _) = facts({"pod.yaml": text})
    assert isinstance(node.security, Security)
    assert node.security.where("authentication").line == 6


@pytest.mark.parametrize(
    ("lines", "image", "address"),
    [
        ("", "solr:9.9", "0.0.0.0"),  # what the image sets
        ("", "solr:8.11", "0.0.0.0"),  # what it listens on
        ("environment: {SOLR_JETTY_HOST: 127.0.0.1}", "solr:9.9", "127.0.0.1"),
        ("environment: {SOLR_JETTY_HOST: 127.0.0.1, SOLR_OPTS: -Dsolr.jetty.host=10.0.0.1}", "solr:9.9", "10.0.0.1"),
        ("command: solr-foreground -a -Dsolr.jetty.host=10.0.0.2", "solr:9.9", "10.0.0.2"),
    ],
)
def test_addresses(lines: str, image: str, address: str) -> None:
    assert compose(lines, image).address == address


def test_the_include_script_wins_over_the_environment() -> None:
    lines = (
        "environment: {SOLR_PORT: '1', SOLR_JETTY_HOST: 127.0.0.1}\nvolumes: ['./solr.in.sh:/etc/default/solr.in.sh']"
    )
    node = compose(lines, solr__in__sh='SOLR_JETTY_HOST="${SOLR_JETTY_HOST}1"\nSOLR_PORT=8984\n')
    assert node.address == "127.0.0.11"
    assert node.text("SOLR_PORT") == "8984"
    assert node.where("SOLR_PORT").path == "solr.in.sh"


def test_the_port_decides_from_where_it_is_reached() -> None:
    lines = "environment: {SOLR_PORT: '9999'}\nports: ['%s']"
    assert compose(lines % "9999:9999").exposure.reach is Reach.PUBLISHED
    assert compose(lines % "8983:8983").exposure.reach is Reach.CONTAINER_NETWORK


def test_a_unit_of_systemd_with_the_files_it_reads() -> None:
    unit = "[Service]\nUser=solr\nExecStart=/opt/solr/bin/solr start -f\n"
    include = "SOLR_HOME=/var/solr/data\nSOLR_JETTY_HOST=10.20.0.5\n"
    files = {
        "files/etc/systemd/system/solr.service": unit,
        "files/etc/default/solr.in.sh": include,
        "files/var/solr/data/security.json": SECURITY,
    }
    ((node,), _) = facts(files)
    assert node.address == "10.20.0.5"
    assert not node.in_container


@pytest.mark.parametrize(
    ("files", "tls"),
    [
        ("SOLR_SSL_KEY_STORE=a.p12", True),
        ("SOLR_SSL_ENABLED=true", True),
        ("SOLR_SSL_ENABLED=TRUE", False),
        ("SOLR_SSL_ENABLED=false\nSOLR_SSL_KEY_STORE=a.p12", False),
        ("SOLR_SSL_ENABLED=\nSOLR_SSL_KEY_STORE=a.p12", True),
        ("SOLR_HEAP=1g", False),
    ],
)
def test_tls(files: str, tls: bool) -> None:
    ((node,), _) = facts({"solr.in.sh": f"{files}\n"})
    assert node.tls is tls


def test_files_beside_an_include_script_are_one_node() -> None:
    ((node,), _) = facts({"solr.in.sh": "SOLR_HEAP=1g\n", "security.json": SECURITY, "solr.xml": "<solr/>"})
    assert isinstance(node.security, Security)
    assert node.text("solr.xml/allowPaths") == ""


@pytest.mark.parametrize(
    ("xml", "options", "value"),
    [
        ("<solr><str name='allowPaths'>${solr.allowPaths:/a}</str></solr>", "", "/a"),
        ("<solr><str name='allowPaths'>${solr.allowPaths:/a}</str></solr>", "-Dsolr.allowPaths=/b", "/b"),
        ("<solr><str name='allowPaths'>${x:${y:/c}}</str></solr>", "", "/c"),
        ("<solr><str name='allowPaths'>/d</str></solr>", "-Dsolr.allowPaths=/b", "/d"),
        ("<solr/>", "-Dsolr.allowPaths=*", ""),
    ],
)
def test_what_solr_xml_makes_of_properties(xml: str, options: str, value: str) -> None:
    ((node,), _) = facts({"solr.in.sh": f'SOLR_OPTS="{options}"\n', "solr.xml": xml})
    assert node.text("solr.xml/allowPaths") == value


def test_passwords_are_sealed_and_found_where_they_stand() -> None:
    text = (
        'SOLR_AUTHENTICATION_OPTS="-Dbasicauth=solr:Sample-only-Kq7Vt2"\n'
        "SOLR_SSL_KEY_STORE_PASSWORD=Sample-only-Wm4Rz9\n"
    )
    estate = take_estate(MemoryTree({"solr.in.sh": text}))
    (node,) = [fact for fact in estate.facts if isinstance(fact, Solr)]
    assert isinstance(node.settings["-Dbasicauth"].value, Secret)
    assert isinstance(node.settings["SOLR_SSL_KEY_STORE_PASSWORD"].value, Secret)
    assert "Sample-only" not in repr(estate)
    found = {fact.at.line: fact.at for fact in estate.facts if isinstance(fact, Credential)}
    at = found[1]
    assert text.split("\n", maxsplit=1)[0][at.column - 1 : at.end_column] == "Sample-only-Kq7Vt2"
    assert 2 in found


def test_a_core_in_a_container_has_the_versions_of_its_image() -> None:
    lines = "services:\n  search:\n    image: solr:9.9\n    volumes: ['./sets:/opt/solr/server/solr/configsets']\n"
    _, (core,) = facts({"compose.yaml": lines, "sets/patients/conf/solrconfig.xml": CONFIG})
    assert core.reads_streaming is False
    assert core.origin == "compose"


def test_a_core_alone_may_belong_to_a_later_version() -> None:
    _, (core,) = facts({"conf/solrconfig.xml": CONFIG})
    assert isinstance(core.reads_streaming, Unknown)
    _, (core,) = facts({"conf/solrconfig.xml": CONFIG.replace("8.4.1", "9.11.1")})
    assert core.reads_streaming is False


def test_entities_of_other_files_are_not_read_and_not_an_error() -> None:
    text = '<!DOCTYPE config [<!ENTITY extra SYSTEM "solrconfig_extra.xml">]>\n' + CONFIG
    estate = take_estate(MemoryTree({"solrconfig.xml": text}))
    assert not [fact for fact in estate.facts if isinstance(fact, SolrCore)]
