"""The files of Prometheus, Alertmanager and of web interfaces, and the secrets in them."""

from collections.abc import Iterator
from dataclasses import field
from typing import Final

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values
from auditor.technologies.document import Assignment, Document

from .webconfig import WebConfig, read_web

_SECRETS: Final = frozenset(
    "password bearer_token credentials client_secret secret_key auth_password auth_secret smtp_auth_password "
    "smtp_auth_secret slack_api_url victorops_api_key opsgenie_api_key wechat_api_secret routing_key service_key "
    "api_key api_secret bot_token user_key token webhook_url key access_key".split()
)
"""Keys that the documentation of either program marks as `<secret>`."""
_ADDRESSES: Final = frozenset({"url", "api_url", "proxy_url"})
"""Addresses that may hold a password or a token."""
PROMETHEUS_FILE, ALERTMANAGER_FILE, WEB_FILE = "prometheus", "alertmanager", "web"


@dataclass(frozen=True, kw_only=True)
class MonitoringFile(Document):
    """One of the files; `kind` says which. `root` is None for an empty file."""

    kind: str
    root: Mapping | None = field(repr=False)
    web: WebConfig | None = None

    def assignments(self) -> Iterator[Assignment]:
        if self.root is None:
            return
        for found in named_values(self.root, "server-config"):
            is_secret = found.key in _SECRETS or "basic_auth_users" in found.path
            if not is_secret and found.key not in _ADDRESSES:
                continue
            is_secret = is_secret or (found.key == "api_url" and "slack_configs" in found.path)
            user = found.key if "basic_auth_users" in found.path else None
            yield Assignment(
                key="password" if user else found.key,
                value=found.value,
                at=found.at,
                container=found.container,
                path=(self.kind, *found.path),
                server_secret=is_secret,
                principal=user,
            )


def read_document(source: Source) -> MonitoringFile:
    """Read whichever file it is, by its keys.

    Raises:
        FormatError: it is no YAML, or something other than one mapping.
    """
    nodes = yaml.parse(source)
    if len(nodes) > 1 or (nodes and not isinstance(nodes[0], Mapping)):
        raise FormatError(source.at(), "expected one YAML mapping")
    root = nodes[0] if nodes and isinstance(nodes[0], Mapping) else None
    return _document(source, root, kind_of(root))


def read_web_document(source: Source) -> MonitoringFile:
    """Read a web configuration, whatever its keys."""
    document = read_document(source)
    return _document(source, document.root, WEB_FILE)


def _document(source: Source, root: Mapping | None, kind: str) -> MonitoringFile:
    web = read_web(root, source.at()) if kind == WEB_FILE else None
    return MonitoringFile(
        source=source,
        kind=kind,
        root=root,
        web=web,
        problems=web.problems if web is not None else (),
        partial="template expressions" if is_templated(source.text) else "",
    )


def kind_of(root: Mapping | None) -> str:
    """Tell which file a tree is."""
    if root is None or any(key in root for key in ("basic_auth_users", "tls_server_config", "http_server_config")):
        return WEB_FILE
    return ALERTMANAGER_FILE if "receivers" in root else PROMETHEUS_FILE
