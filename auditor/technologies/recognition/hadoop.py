"""Tell Hadoop's site files, and the log and environment files beside them, from other XML and scripts."""

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig))*"
_XML = lazy(
    rf"(?:.*[._-])?(?P<kind>core|hdfs|yarn|mapred|kms|httpfs|hbase|[a-z]+)-site(?:[._-][^/]*?)?\.xml{_VARIANT}"
    rf"|(?:.*[._-])?(?P<ssl>ssl-(?:server|client))(?:[._-][^/]*?)?\.xml{_VARIANT}"
)
_PROPERTY = lazy(r"<property\b[^<>]*+>\s*+(?><!--.*?-->\s*+)*+<(?:name|value|description|final|!\[CDATA)\b", 16)
"""Nothing is given back once it has matched: a comment that went on behind its end would take exponential time."""
_ENVIRONMENT = lazy(rf"(?:hadoop|hdfs)-env\.sh{_VARIANT}")
_LOG = lazy(rf"(?:.*[._-])?log4j\.properties{_VARIANT}")
JUDGED = frozenset({"core", "hdfs", "yarn", "mapred", "kms", "httpfs", "hbase"})
"""Site files that say what a daemon does; others of the grammar (Hive, Tez, Ranger) are read for their secrets."""


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of Hadoop's, None if it is not."""
    if ".xml" in name:
        if ("-site" not in name and "ssl-" not in name) or "<configuration" not in head:
            return None
        kind = kind_of(name)
        if not kind or ("<property" in head and not _PROPERTY.search(head) and 'name="' not in head):
            return None
        if kind in JUDGED or kind.startswith("ssl-"):
            return Recognition(f"a <configuration> named {kind}", 3)
        return Recognition("a <configuration> of properties, as Hadoop reads it", 2) if "<property" in head else None
    if "-env.sh" in name and _ENVIRONMENT.fullmatch(name) and "HADOOP" in head:
        return Recognition("the environment of Hadoop's daemons", 3)
    if "log4j" in name and _LOG.fullmatch(name) and "FSNamesystem.audit" in head:
        return Recognition("a log configuration that names the audit log of the NameNode", 3)
    return None


def kind_of(name: str) -> str:
    """Return which file it is by its name: `core`, `hdfs`, `ssl-server`, another word before `-site`, "" for none."""
    match = _XML.fullmatch(name.lower())
    return (match["kind"] or match["ssl"]) if match is not None else ""


TECHNOLOGY = Registered(
    "hadoop",
    "Apache Hadoop and HBase",
    "auditor.technologies.hadoop:HADOOP",
    recognise,
    words=("hadoop", "hdfs", "hbase", "start-dfs", "start-yarn", "start-all.sh"),
    files="core-, hdfs-, yarn-, mapred-, kms-, httpfs-, hbase-site.xml, ssl-server.xml, log4j.properties, -env.sh",
    versions="Hadoop 2.7 to 3.4, HBase 2",
)
