"""Which files configure InfluxDB: influxdb.conf of 1.x, config.yml, .toml and .json of 2.x."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_ENDING = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb))*"
_NAME = lazy(rf"(?:.*[._-])?influx(?:db|d)?(?:[._-][\w.-]*)?\.(?:conf|toml){_ENDING}")
_SECTION = lazy(
    r"^[ \t]*\[\[?(meta|data|coordinator|retention|shard-precreation|monitor|http|subscriber|graphite|collectd|opentsdb"
    r"|udp|continuous_queries|tls|logging|ifql)\]\]?[ \t]*(?:#.*)?$",
    re.M,
)
_OWN = ("shard-precreation", "continuous_queries", "subscriber", "coordinator")
_SECOND = lazy(rf"config\.(?:ya?ml|toml|json){_ENDING}")
_SECOND_KEY = lazy(
    r"^[ \t]*\"?(?:bolt-path|engine-path|http-bind-address|tls-cert|tls-key|storage-[\w-]+|query-[\w-]+|session-length"
    r"|reporting-disabled|sqlite-path|influxql-[\w-]+|secret-store|session-renew-disabled)\"?[ \t]*[:=]",
    re.M,
)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file configures InfluxDB, None if it does not."""
    if "influx" in name or "[meta]" in head:
        sections = set(_SECTION.findall(head))
        named = _NAME.fullmatch(name) is not None and "telegraf" not in name
        if named and sections:
            return Recognition("named after InfluxDB, with its sections", 3)
        enough = 3  # sections of these names alone can be another program's
        if name.endswith((".conf", ".toml")) and len(sections) >= enough and sections & set(_OWN):
            return Recognition("sections of influxdb.conf", 2)
    if not name.startswith("config.") or not _SECOND.fullmatch(name):
        return None
    if "influx" in path.lower() and _SECOND_KEY.search(head):
        return Recognition("named config in a folder of InfluxDB, with its options", 3)
    if "bolt-path" in head and "engine-path" in head:
        return Recognition("named config, with the paths of InfluxDB's data", 2)
    return None


TECHNOLOGY = Registered(
    "influxdb",
    "InfluxDB",
    "auditor.technologies.influxdb:INFLUXDB",
    recognise,
    words=("influx",),
    files="influxdb.conf, config.toml",
    versions="1.x to 3.x",
    compared_with="influxdb 1.6",
)
