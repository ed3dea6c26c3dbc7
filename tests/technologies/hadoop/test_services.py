"""What files and containers make of their sources, as Hadoop's Configuration does."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.fact import Service
from auditor.model.secret import Secret
from auditor.model.unknown import Unknown, known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.hadoop import Hadoop, HBase, HttpFs, Kms, Purpose

Properties = dict[str, str]


def site(properties: Properties, final: tuple[str, ...] = (), more: str = "") -> str:
    lines = [
        f"<property><name>{name}</name><value>{value}</value>{'<final>true</final>' if name in final else ''}</property>"
        for name, value in properties.items()
    ]
    return "<configuration>\n" + "\n".join(lines) + more + "\n</configuration>\n"


def services(files: dict[str, str]) -> list[Service]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Service) and fact.technology == "hadoop"]


def hadoop(files: dict[str, str]) -> Hadoop:
    (found,) = services(files)
    assert isinstance(found, Hadoop)
    return found


def hdfs_text(found: Hadoop, name: str) -> str | Unknown:
    assert found.hdfs is not None
    return found.hdfs.text(name)


CORE = {"fs.defaultFS": "hdfs://namenode:8020"}


def test_files_of_one_folder_are_one_service() -> None:
    found = hadoop(
        {
            "conf/core-site.xml": site(CORE),
            "conf/hdfs-site.xml": site({"dfs.replication": "2"}),
            "conf/yarn-site.xml": site({"yarn.resourcemanager.hostname": "rm"}),
        }
    )
    assert found.component == "conf/core-site.xml"
    assert found.daemons == {"namenode", "datanode", "resourcemanager", "nodemanager"}
    assert hdfs_text(found, "dfs.replication") == "2"
    assert found.consumed == {"conf/core-site.xml", "conf/hdfs-site.xml", "conf/yarn-site.xml"}


def test_the_shipped_folder_with_empty_files_starts_nothing() -> None:
    names = ("core", "hdfs", "yarn", "mapred", "kms", "httpfs")
    assert services({f"etc/hadoop/{name}-site.xml": site({}) for name in names}) == []


def test_a_lone_hdfs_site_does_not_tell_how_clients_log_in() -> None:
    found = hadoop({"hdfs-site.xml": site({"dfs.replication": "2"})})
    assert found.hdfs is not None
    assert isinstance(found.hdfs.uses_kerberos, Unknown)
    assert hdfs_text(found, "dfs.http.policy") == "HTTP_ONLY"


def test_a_lone_core_site_with_hdfs_tells_how_clients_log_in_but_nothing_of_blocks() -> None:
    found = hadoop({"core-site.xml": site(CORE)})
    assert found.hdfs is not None
    assert found.hdfs.uses_kerberos is False
    assert isinstance(found.hdfs.text("dfs.encrypt.data.transfer"), Unknown)


def test_a_core_site_of_another_file_system_starts_no_hdfs() -> None:
    assert services({"core-site.xml": site({"fs.defaultFS": "s3a://records"})}) == []


@pytest.mark.parametrize(
    ("core", "hdfs", "final", "expected"),
    [
        ({}, {}, (), "simple"),
        ({"hadoop.security.authentication": "kerberos"}, {}, (), "kerberos"),
        ({}, {"hadoop.security.authentication": "kerberos"}, (), "kerberos"),
        (
            {"hadoop.security.authentication": "simple"},
            {"hadoop.security.authentication": "kerberos"},
            ("hadoop.security.authentication",),
            "simple",
        ),
    ],
)
def test_a_later_file_wins_unless_the_earlier_is_final(
    core: Properties, hdfs: Properties, final: tuple[str, ...], expected: str
) -> None:
    files = {
        "core-site.xml": site({**CORE, **core}, final),
        "hdfs-site.xml": site({"dfs.replication": "3", **hdfs}),
    }
    assert hdfs_text(hadoop(files), "hadoop.security.authentication") == expected


def test_hdfs_site_says_nothing_to_yarn() -> None:
    found = hadoop(
        {
            "core-site.xml": site(CORE),
            "hdfs-site.xml": site({"hadoop.security.authentication": "kerberos"}),
            "yarn-site.xml": site({"yarn.resourcemanager.hostname": "rm"}),
        }
    )
    assert [scope.uses_kerberos for scope in found.deciding] == [True, False]


@pytest.mark.parametrize(("final", "expected"), [((), "3"), (("dfs.replication",), "1")])
def test_a_property_of_hdfs_in_core_site_is_below_the_default(final: tuple[str, ...], expected: str) -> None:
    files = {
        "core-site.xml": site({**CORE, "dfs.replication": "1"}, final),
        "hdfs-site.xml": site({"dfs.webhdfs.enabled": "true"}),
    }
    assert hdfs_text(hadoop(files), "dfs.replication") == expected


def test_final_must_be_exactly_true() -> None:
    text = site({}, more="<property><name>dfs.replication</name><value>1</value><final> true </final></property>")
    text = text.replace(
        "</configuration>", "<property><name>dfs.replication</name><value>2</value></property></configuration>"
    )
    assert hdfs_text(hadoop({"core-site.xml": site(CORE), "hdfs-site.xml": text}), "dfs.replication") == "2"


def test_old_names_and_attributes() -> None:
    text = '<configuration><property name="dfs.permissions" value="false" final="true"/></configuration>'
    found = hadoop({"core-site.xml": site({"fs.default.name": "hdfs://nn"}), "hdfs-site.xml": text})
    assert found.hdfs is not None
    assert found.hdfs.flag("dfs.permissions.enabled") is False
    assert found.hdfs.text("fs.defaultFS") == "hdfs://nn"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("${base}/name", "/srv/hdfs/name"),
        ("${outer}/name", "/srv/hdfs/deep/name"),
        ("${java.io.tmpdir}/x", "/tmp/x"),
        ("${env.ROLE:-none}/x", None),
        ("${nowhere}/x", None),
        ("${loop}", None),
    ],
)
def test_variables(value: str, expected: str | None) -> None:
    core = {**CORE, "base": "/srv/hdfs", "outer": "${base}/deep", "loop": "${pool}", "pool": "${loop}"}
    files = {"core-site.xml": site(core), "hdfs-site.xml": site({"dfs.namenode.name.dir": value})}
    found = hdfs_text(hadoop(files), "dfs.namenode.name.dir")
    assert isinstance(found, Unknown) if expected is None else found == expected


def test_variables_of_the_container() -> None:
    compose = (
        "services:\n  nn:\n    image: apache/hadoop:3.3.6\n    command: [hdfs, namenode]\n    environment:\n"
        "      POLICY: HTTPS_ONLY\n"
        "      HDFS-SITE.XML_dfs.http.policy: $${env.POLICY}\n"
        "      HDFS-SITE.XML_dfs.replication: $${env.COPIES:-2}\n"
    )
    found = hadoop({"compose.yaml": compose})
    assert hdfs_text(found, "dfs.http.policy") == "HTTPS_ONLY"
    assert isinstance(hdfs_text(found, "dfs.replication"), Unknown)


def test_a_file_that_is_taken_in_stands_in_its_place_and_is_not_judged_alone() -> None:
    include = '<xi:include href="more-site.xml"/>'
    text = site({"dfs.replication": "1"}, more=include).replace("<configuration>", '<configuration xmlns:xi="urn:x">')
    files = {"core-site.xml": site(CORE), "hdfs-site.xml": text, "more-site.xml": site({"dfs.replication": "2"})}
    found = hadoop(files)
    assert hdfs_text(found, "dfs.replication") == "2"
    assert "more-site.xml" in found.consumed


def test_a_file_that_is_taken_in_and_not_scanned_leaves_the_rest_open() -> None:
    text = '<configuration xmlns:xi="urn:x"><xi:include href="/secure/core.xml"/></configuration>'
    found = hadoop({"core-site.xml": text, "hdfs-site.xml": site({"dfs.replication": "2"})})
    assert found.hdfs is not None
    assert isinstance(found.hdfs.uses_kerberos, Unknown)
    assert found.hdfs.text("dfs.http.policy") == "HTTP_ONLY"


def test_entities_are_not_read_and_do_not_stop_hadoop() -> None:
    core = f'<!DOCTYPE configuration [<!ENTITY host "nn">]>\n{site({"fs.defaultFS": "hdfs://&host;"})}'
    found = hadoop({"core-site.xml": core, "hdfs-site.xml": site({"dfs.replication": "2"})})
    assert not found.refused
    assert found.hdfs is not None
    assert isinstance(found.hdfs.uses_kerberos, Unknown)
    assert found.hdfs.text("dfs.replication") == "2"


def test_a_file_that_is_no_xml_stops_every_daemon() -> None:
    core = "<configuration><property><name>fs.defaultFS</name></configuration>"
    found = hadoop({"core-site.xml": core, "hdfs-site.xml": site({"dfs.replication": "2"})})
    assert [problem.at.path for problem in found.refused] == ["core-site.xml"]


def test_files_that_take_in_each_other() -> None:
    one = '<configuration xmlns:xi="urn:x"><xi:include href="hdfs-site.xml"/></configuration>'
    two = '<configuration xmlns:xi="urn:x"><xi:include href="core-site.xml"/></configuration>'
    assert services({"core-site.xml": one, "hdfs-site.xml": two}) == []


def test_a_template_leaves_open_what_it_fills_in() -> None:
    core = (
        "<configuration>\n<property><name>fs.defaultFS</name><value>hdfs://{{ host }}:8020</value></property>\n"
        "{% if secure %}\n<property><name>hadoop.security.authentication</name><value>kerberos</value></property>\n"
        "{% endif %}\n</configuration>\n"
    )
    found = hadoop({"t/core-site.xml.j2": core, "t/hdfs-site.xml.j2": site({"dfs.replication": "2"})})
    assert found.hdfs is not None
    assert isinstance(found.hdfs.uses_kerberos, Unknown)
    assert found.hdfs.text("dfs.replication") == "2"


def test_properties_that_a_loop_writes_leave_everything_open() -> None:
    core = "<configuration>\n{% for k, v in core %}\n<property><name>{{ k }}</name><value>{{ v }}</value></property>\n{% endfor %}\n</configuration>"
    found = hadoop({"core-site.xml.j2": core, "hdfs-site.xml.j2": site({"dfs.replication": "2"})})
    assert found.hdfs is not None
    assert isinstance(found.hdfs.uses_kerberos, Unknown)


def test_the_image_of_big_data_europe() -> None:
    compose = (
        "services:\n  namenode:\n    image: bde2020/hadoop-namenode:2.0.0-hadoop3.2.1-java8\n    ports: ['9870:9870']\n"
        "    environment:\n      CORE_CONF_hadoop_proxyuser_my__user_hosts: '*'\n"
        "      HDFS_CONF_dfs_namenode_datanode_registration_ip___hostname___check: 'false'\n"
    )
    found = hadoop({"compose.yaml": compose})
    assert found.version == "3.2.1"
    assert hdfs_text(found, "hadoop.proxyuser.my_user.hosts") == "*"
    assert hdfs_text(found, "dfs.namenode.datanode.registration.ip-hostname-check") == "false"
    assert hdfs_text(found, "dfs.namenode.name.dir") == "file:///hadoop/dfs/name"
    assert found.exposure.reach is Reach.PUBLISHED
    assert found.daemons == {"namenode"}


def test_variables_of_the_apache_image_replace_a_mounted_file() -> None:
    compose = (
        "services:\n  nn:\n    image: apache/hadoop:3\n    command: [hdfs, namenode]\n    environment:\n"
        "      CORE-SITE.XML_fs.defaultFS: hdfs://nn\n"
        "    volumes: ['./conf/core-site.xml:/opt/hadoop/etc/hadoop/core-site.xml']\n"
    )
    kerberos = site({"hadoop.security.authentication": "kerberos"})
    found = hadoop({"compose.yaml": compose, "conf/core-site.xml": kerberos})
    assert hdfs_text(found, "hadoop.security.authentication") == "simple"
    found = hadoop(
        {"compose.yaml": compose.replace("CORE-SITE.XML_fs.defaultFS", "OTHER"), "conf/core-site.xml": kerberos}
    )
    assert hdfs_text(found, "hadoop.security.authentication") == "kerberos"


def test_variables_that_are_not_scanned_leave_everything_open() -> None:
    compose = "services:\n  nn:\n    image: apache/hadoop:3\n    command: [hdfs, namenode]\n    env_file: [gone.env]\n"
    found = hadoop({"compose.yaml": compose})
    assert found.hdfs is not None
    assert isinstance(found.hdfs.uses_kerberos, Unknown)
    assert isinstance(hdfs_text(found, "dfs.http.policy"), Unknown)


def test_a_config_map_mounted_into_an_image_of_ones_own() -> None:
    manifest = """apiVersion: v1
kind: ConfigMap
metadata: {name: hdfs}
data:
  core-site.xml: |
    <configuration>
      <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
    </configuration>
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: namenode}
spec:
  template:
    spec:
      containers:
        - name: namenode
          image: registry.clinic.example/hadoop:3
          command: [bash, -c, "hdfs namenode -format -nonInteractive; exec hdfs --config /etc/hadoop namenode"]
          volumeMounts: [{name: conf, mountPath: /etc/hadoop}]
      volumes: [{name: conf, configMap: {name: hdfs}}]
"""
    found = hadoop({"k8s.yaml": manifest})
    assert found.origin == "kubernetes"
    assert hdfs_text(found, "hadoop.security.authentication") == "kerberos"
    assert isinstance(hdfs_text(found, "dfs.http.policy"), Unknown)
    assert found.where("hadoop.security.authentication").line == 7


def test_a_config_map_that_nothing_mounts_is_one_folder() -> None:
    manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: hdfs}\ndata:\n"
    for name, properties in (("core", CORE), ("hdfs", {"dfs.replication": "2"})):
        manifest += f"  {name}-site.xml: |\n" + "".join(f"    {line}\n" for line in site(properties).split("\n"))
    found = hadoop({"k8s.yaml": manifest})
    assert hdfs_text(found, "dfs.replication") == "2"
    assert hdfs_text(found, "hadoop.security.authentication") == "simple"


@pytest.mark.parametrize(
    "command",
    ["hdfs dfs -ls /", "hadoop fs -put x /x", "hdfs namenode -format", "yarn application -list", "sleep infinity"],
)
def test_clients_are_no_daemons(command: str) -> None:
    compose = f"services:\n  job:\n    image: apache/hadoop:3\n    command: {command}\n"
    assert services({"compose.yaml": compose}) == []


def test_options_of_the_command_line_win_over_final_files() -> None:
    compose = (
        "services:\n  nn:\n    image: apache/hadoop:3\n"
        "    command: [hdfs, namenode, -Ddfs.permissions.enabled=false, -D, dfs.http.policy=HTTPS_ONLY]\n"
        "    volumes: ['./hdfs-site.xml:/opt/hadoop/etc/hadoop/hdfs-site.xml']\n"
    )
    files = {"compose.yaml": compose, "hdfs-site.xml": site({"dfs.http.policy": "HTTP_ONLY"}, ("dfs.http.policy",))}
    found = hadoop(files)
    assert found.hdfs is not None
    assert found.hdfs.flag("dfs.permissions.enabled") is False
    assert found.hdfs.text("dfs.http.policy") == "HTTPS_ONLY"


def test_a_name_node_on_loopback_still_serves_web_pages_on_every_address() -> None:
    files = {
        "core-site.xml": site({"fs.defaultFS": "hdfs://localhost:9000"}),
        "hdfs-site.xml": site({"dfs.replication": "1"}),
    }
    found = hadoop(files)
    assert found.exposure.reach is Reach.HOST_NETWORK
    assert found.reaches[Purpose.WEB].reach is Reach.HOST_NETWORK
    # The DataNode answers calls on every address, too.
    assert found.reaches[Purpose.RPC].reach is Reach.HOST_NETWORK


LOCAL = {
    "dfs.namenode.http-address": "localhost:9870",
    "dfs.datanode.address": "127.0.0.1:9866",
    "dfs.datanode.ipc.address": "127.0.0.1:9867",
    "dfs.datanode.http.address": "127.0.0.1:9864",
}


@pytest.mark.parametrize(
    ("more", "reach"),
    [
        ({}, Reach.LOOPBACK),
        ({"dfs.namenode.rpc-bind-host": "0.0.0.0"}, Reach.HOST_NETWORK),  # what the daemon binds
        ({"dfs.namenode.rpc-address": "nn.clinic.example:8020"}, Reach.HOST_NETWORK),
        ({"dfs.namenode.http-address.ns.nn1": "nn1:9870"}, Reach.HOST_NETWORK),
        ({"dfs.namenode.http-address": "${host}:9870"}, Reach.UNKNOWN),
    ],
)
def test_where_hdfs_listens(more: Properties, reach: Reach) -> None:
    files = {
        "core-site.xml": site({"fs.defaultFS": "hdfs://localhost:9000"}),
        "hdfs-site.xml": site({**LOCAL, **more}),
    }
    assert hadoop(files).exposure.reach is reach


def test_other_servers_are_facts_of_their_own() -> None:
    found = services(
        {
            "core-site.xml": site(CORE),
            "hdfs-site.xml": site({"dfs.replication": "3"}),
            "kms-site.xml": site({"hadoop.kms.http.host": "127.0.0.1"}),
            "httpfs-site.xml": site({"httpfs.ssl.enabled": "true"}),
            "hbase-site.xml": site({"hbase.rootdir": "hdfs://nn/hbase"}),
        }
    )
    assert {type(each): each.component for each in found} == {
        Hadoop: "core-site.xml",
        Kms: "kms-site.xml",
        HttpFs: "httpfs-site.xml",
        HBase: "hbase-site.xml",
    }
    (kms,) = [each for each in found if isinstance(each, Kms)]
    assert kms.exposure.is_loopback


@pytest.mark.parametrize(
    "properties",
    [
        {"hbase.zookeeper.quorum": "zk1,zk2"},
        {"hbase.security.authentication": "kerberos", "hbase.master.kerberos.principal": "hbase/_HOST@CLINIC.EXAMPLE"},
    ],
)
def test_a_client_of_hbase_is_no_server(properties: Properties) -> None:
    assert services({"hbase-site.xml": site(properties)}) == []


def test_files_of_a_client_tell_how_it_logs_in_and_nothing_of_the_daemons() -> None:
    ha = {
        "dfs.nameservices": "ns",
        "dfs.ha.namenodes.ns": "nn1,nn2",
        "dfs.namenode.rpc-address.ns.nn1": "nn1:8020",
        "dfs.client.failover.proxy.provider.ns": "org.example.Provider",
    }
    files = {
        "core-site.xml": site({"fs.defaultFS": "hdfs://ns"}),
        "hdfs-site.xml": site(ha),
        "yarn-site.xml": site({"yarn.resourcemanager.hostname": "rm"}),
    }
    found = hadoop(files)
    assert found.hdfs is not None
    assert found.yarn is not None
    assert found.hdfs.uses_kerberos is False
    for scope, name in (
        (found.hdfs, "dfs.http.policy"),
        (found.hdfs, "hadoop.security.authorization"),
        (found.yarn, "yarn.acl.enable"),
    ):
        assert isinstance(scope.text(name), Unknown)
    files["hdfs-site.xml"] = site({**ha, "dfs.namenode.name.dir": "/srv/hdfs"})
    files["yarn-site.xml"] = site({"yarn.resourcemanager.hostname": "rm", "yarn.acl.enable": "false"})
    found = hadoop(files)
    assert found.yarn is not None
    assert found.yarn.text("yarn.http.policy") == "HTTP_ONLY"
    assert hdfs_text(found, "dfs.http.policy") == "HTTP_ONLY"


def test_a_folder_that_replaces_the_images_has_all_there_is() -> None:
    compose = (
        "services:\n  nn:\n    image: registry.clinic.example/hadoop\n    command: [bash, -c, start-dfs.sh]\n"
        "    volumes: ['./conf:/usr/local/hadoop/etc/hadoop']\n"
    )
    found = hadoop({"compose.yaml": compose, "conf/core-site.xml": site(CORE)})
    assert found.daemons == {"namenode", "secondarynamenode", "datanode"}
    assert hdfs_text(found, "dfs.http.policy") == "HTTP_ONLY"


def test_a_unit_starts_a_daemon() -> None:
    root = "files/etc"
    found = hadoop(
        {
            f"{root}/systemd/system/namenode.service": "[Service]\nExecStart=/opt/hadoop/bin/hdfs namenode\n",
            f"{root}/hadoop/core-site.xml": site(CORE),
            f"{root}/hadoop/hdfs-site.xml": site({"dfs.permissions.enabled": "false"}),
        }
    )
    assert found.daemons == {"namenode"}
    assert hdfs_text(found, "dfs.permissions.enabled") == "false"
    assert found.exposure.reach is Reach.HOST_NETWORK


def test_secrets_are_sealed_and_files_of_secrets_are_none() -> None:
    found = hadoop(
        {
            "core-site.xml": site(
                {
                    **CORE,
                    "hadoop.security.group.mapping.ldap.bind.password": "Fake-Bind-77",
                    "hadoop.security.group.mapping.ldap.bind.password.file": "/etc/hadoop/bind",
                }
            ),
            "hdfs-site.xml": site({"dfs.replication": "3"}),
        }
    )
    assert isinstance(found.settings["hadoop.security.group.mapping.ldap.bind.password"].value, Secret)
    assert found.settings["hadoop.security.group.mapping.ldap.bind.password.file"].shown() == "/etc/hadoop/bind"
    assert "Fake-Bind" not in repr(found)


def test_the_audit_log() -> None:
    logger = "log4j.logger.org.apache.hadoop.hdfs.server.namenode.FSNamesystem.audit"
    base = {"core-site.xml": site(CORE), "hdfs-site.xml": site({"dfs.replication": "3"})}
    old = 'export HADOOP_NAMENODE_OPTS="-Dhdfs.audit.logger=${HDFS_AUDIT_LOGGER:-INFO,NullAppender} $HADOOP_NAMENODE_OPTS"\n'
    cases: list[tuple[dict[str, str], bool | None]] = [
        ({}, None),
        ({"log4j.properties": f"hdfs.audit.logger=INFO,RFAAUDIT\n{logger}=${{hdfs.audit.logger}}\n"}, None),
        ({"log4j.properties": f"{logger}=INFO,NullAppender\n"}, True),
        ({"log4j.properties": f"{logger}=WARN,RFAAUDIT\n"}, True),
        ({"log4j.properties": f"{logger}=${{hdfs.audit.logger}}\n", "hadoop-env.sh": old}, True),
        (
            {
                "log4j.properties": f"{logger}=${{hdfs.audit.logger}}\n",
                "hadoop-env.sh": f"export HDFS_AUDIT_LOGGER=INFO,RFAAUDIT\n{old}",
            },
            False,
        ),
        (
            {
                "log4j.properties": f"{logger}=${{hdfs.audit.logger}}\n",
                "hadoop-env.sh": "export HADOOP_X=1\n# export HDFS_AUDIT_LOGGER=INFO,RFAAUDIT\n",
            },
            True,
        ),
        (
            {
                "log4j.properties": f"{logger}=${{hdfs.audit.logger}}\n",
                "hadoop-env.sh": "export HADOOP_X=1\nexport HDFS_AUDIT_LOGGER=$OTHER\n",
            },
            None,
        ),
    ]
    for files, expected in cases:
        audit = hadoop({**base, **files}).audit
        assert audit is not None
        assert isinstance(audit.is_off, Unknown) if expected is None else known(audit.is_off) is expected, files
