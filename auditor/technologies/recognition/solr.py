"""Tell the files of Apache Solr from other JSON, XML and scripts."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig))*"
_INCLUDE = lazy(rf"(?:.*[._-])?solr\.in\.(?:sh|cmd){_VARIANT}|solr\.in{_VARIANT}")
_JSON = lazy(rf".*\.json{_VARIANT}")
_XML = lazy(rf".*\.xml{_VARIANT}")
_VARIABLE = lazy(
    r"^[ \t#]*(?:REM[ \t]+)?(?:(?:export|set)[ \t]+)?\"?(?:SOLR_\w+|ZK_HOST|ENABLE_REMOTE_JMX_OPTS)=", re.M
)
_PLUGINS = ("solr.", "org.apache.solr")
_BLOCKS = ('"authentication"', '"authorization"', '"auditlogging"')
_CONFIG = ("<luceneMatchVersion", "<requestHandler", "<updateHandler", "<requestDispatcher")


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of Solr's, None if it is not."""
    if "solr" not in name and "security" not in name and "jetty" not in name:
        return None
    if ".json" in name:
        return _security(name, head)
    if ".xml" in name:
        return _xml(name, head)
    if "solr.in" in name and _INCLUDE.fullmatch(name) and _VARIABLE.search(head):
        return Recognition("named like Solr's include script, with its variables", 3)
    return None


def _security(name: str, head: str) -> Recognition | None:
    if not any(word in head for word in _BLOCKS) or not any(word in head for word in _PLUGINS):
        return None
    if '"class"' not in head or not _JSON.fullmatch(name):
        return None
    exact = name.startswith("security.json")
    return Recognition("plugins of Solr for authentication or authorization", 3 if exact else 2)


def _xml(name: str, head: str) -> Recognition | None:
    if not _XML.fullmatch(name):
        return None
    if "solrconfig" in name:
        named = "<config" in head and any(word in head for word in _CONFIG)
        return Recognition("named like a core's configuration, with its elements", 3) if named else None
    if "jetty" in name:
        is_solr = "solr." in head and "<Configure" in head
        return Recognition("Jetty's configuration with properties of Solr", 3) if is_solr else None
    if name.startswith("solr.xml") and "<solr" in head:
        return Recognition("an XML document <solr>", 3)
    return None


TECHNOLOGY = Registered(
    "solr",
    "Apache Solr",
    "auditor.technologies.solr:SOLR",
    recognise,
    words=("solr",),
    files="security.json, solr.in.sh, solr.in.cmd, solr.xml, solrconfig.xml, jetty*.xml",
    versions="6 to 10",
)
