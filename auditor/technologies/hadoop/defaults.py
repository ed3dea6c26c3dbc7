"""Defaults of Hadoop 3.3 and 3.4 by the file that holds them, and names that were given up.

Sources: core-default.xml, hdfs-default.xml, yarn-default.xml, mapred-default.xml, kms-default.xml and
httpfs-default.xml of apache/hadoop; hbase-default.xml and the Reference Guide of HBase 2 (chapter "Securing Apache
HBase"). A property that the file names without a value is left out: it is not set.

The defaults of core, HDFS, YARN and MapReduce are the same from 2.7 on but for the numbers of ports; the KMS and HttpFS
of Hadoop 2 run in a Tomcat of their own, whose variables switch TLS on.
"""

from collections.abc import Mapping
from typing import Final

_ANY = "0.0.0.0"  # noqa: S104  # the daemons' own default

DEFAULTS: Final[Mapping[str, Mapping[str, str]]] = {
    "core": {
        "fs.defaultFS": "file:///",
        "fs.trash.interval": "0",
        "hadoop.http.authentication.simple.anonymous.allowed": "true",
        "hadoop.http.authentication.type": "simple",
        "hadoop.http.cross-origin.allowed-origins": "*",
        "hadoop.http.cross-origin.enabled": "false",
        "hadoop.http.filter.initializers": "org.apache.hadoop.http.lib.StaticUserWebFilter",
        "hadoop.rpc.protection": "authentication",
        "hadoop.security.authentication": "simple",
        "hadoop.security.authorization": "false",
        "hadoop.security.group.mapping": "org.apache.hadoop.security.JniBasedUnixGroupsMappingWithFallback",
        "hadoop.security.group.mapping.ldap.ssl": "false",
        "hadoop.ssl.hostname.verifier": "DEFAULT",
        "hadoop.tmp.dir": "/tmp/hadoop-${user.name}",  # noqa: S108  # the daemons' own default
    },
    "hdfs": {
        "dfs.block.access.token.enable": "false",
        "dfs.datanode.address": f"{_ANY}:9866",
        "dfs.datanode.data.dir": "file://${hadoop.tmp.dir}/dfs/data",
        "dfs.datanode.http.address": f"{_ANY}:9864",
        "dfs.datanode.https.address": f"{_ANY}:9865",
        "dfs.datanode.ipc.address": f"{_ANY}:9867",
        "dfs.encrypt.data.transfer": "false",
        "dfs.http.policy": "HTTP_ONLY",
        "dfs.namenode.audit.loggers": "default",
        "dfs.namenode.http-address": f"{_ANY}:9870",
        "dfs.namenode.https-address": f"{_ANY}:9871",
        "dfs.namenode.name.dir": "file://${hadoop.tmp.dir}/dfs/name",
        "dfs.permissions.enabled": "true",
        "dfs.replication": "3",
        "dfs.webhdfs.enabled": "true",
    },
    "yarn": {
        "yarn.acl.enable": "false",
        "yarn.admin.acl": "*",
        "yarn.http.policy": "HTTP_ONLY",
        "yarn.nodemanager.container-executor.class": (
            "org.apache.hadoop.yarn.server.nodemanager.DefaultContainerExecutor"
        ),
        "yarn.nodemanager.address": "${yarn.nodemanager.hostname}:0",
        "yarn.nodemanager.hostname": _ANY,
        "yarn.nodemanager.webapp.address": "${yarn.nodemanager.hostname}:8042",
        "yarn.nodemanager.webapp.https.address": f"{_ANY}:8044",
        "yarn.resourcemanager.address": "${yarn.resourcemanager.hostname}:8032",
        "yarn.resourcemanager.hostname": _ANY,
        "yarn.resourcemanager.webapp.address": "${yarn.resourcemanager.hostname}:8088",
        "yarn.resourcemanager.webapp.https.address": "${yarn.resourcemanager.hostname}:8090",
        "yarn.timeline-service.hostname": _ANY,
        "yarn.timeline-service.webapp.address": "${yarn.timeline-service.hostname}:8188",
        "yarn.timeline-service.webapp.https.address": "${yarn.timeline-service.hostname}:8190",
    },
    "mapred": {
        "mapreduce.cluster.acls.enabled": "false",
        "mapreduce.jobhistory.address": f"{_ANY}:10020",
        "mapreduce.jobhistory.http.policy": "HTTP_ONLY",
        "mapreduce.jobhistory.webapp.address": f"{_ANY}:19888",
        "mapreduce.jobhistory.webapp.https.address": f"{_ANY}:19890",
    },
    "kms": {
        "hadoop.kms.authentication.type": "simple",
        "hadoop.kms.http.host": _ANY,
        "hadoop.kms.http.port": "9600",
        "hadoop.kms.ssl.enabled": "false",
    },
    "httpfs": {
        "httpfs.http.hostname": _ANY,
        "httpfs.http.port": "14000",
        "httpfs.ssl.enabled": "false",
    },
    "hbase": {
        "hbase.cluster.distributed": "false",
        "hbase.master.info.bindAddress": _ANY,
        "hbase.master.info.port": "16010",
        "hbase.master.port": "16000",
        "hbase.regionserver.info.bindAddress": _ANY,
        "hbase.regionserver.info.port": "16030",
        "hbase.regionserver.port": "16020",
        "hbase.rootdir": "${hbase.tmp.dir}/hbase",
        "hbase.rpc.protection": "authentication",
        "hbase.security.authentication": "simple",
        "hbase.security.authorization": "false",
        "hbase.ssl.enabled": "false",
        "hbase.tmp.dir": "${java.io.tmpdir}/hbase-${user.name}",
    },
}

SOURCES: Final[Mapping[str, str]] = {
    **{kind: f"{kind}-default.xml of Hadoop 3.3" for kind in DEFAULTS},
    "hbase": "hbase-default.xml and Reference Guide of HBase 2",
}

RENAMED: Final[Mapping[str, str]] = {
    "dfs.data.dir": "dfs.datanode.data.dir",
    "dfs.encryption.key.provider.uri": "hadoop.security.key.provider.path",
    "dfs.http.address": "dfs.namenode.http-address",
    "dfs.https.address": "dfs.namenode.https-address",
    "dfs.name.dir": "dfs.namenode.name.dir",
    "dfs.permissions": "dfs.permissions.enabled",
    "fs.default.name": "fs.defaultFS",
}
"""Old names that still set the new one ("Deprecated Properties" of the Hadoop 3.3 manual)."""

_PREFIXES = (
    ("dfs.", "hdfs"),
    ("yarn.", "yarn"),
    ("mapreduce.", "mapred"),
    ("mapred.", "mapred"),
    ("hadoop.kms.", "kms"),
    ("httpfs.", "httpfs"),
    ("hbase.", "hbase"),
)


def home_of(name: str) -> str:
    """Return the site file that a property belongs into."""
    return next((kind for prefix, kind in _PREFIXES if name.startswith(prefix)), "core")
