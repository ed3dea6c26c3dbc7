"""What keeps a node of OpenSearch from starting with its settings.

Sources: OpenSearchSecurityPlugin.java and DefaultSecurityKeyStore.java of the security plugin (2.x: TLS between nodes
must be on and needs a certificate, TLS of the REST interface needs one as well); OpenSearch documentation 2.12, "Demo
configuration" (the administrator's password).
"""

from collections.abc import Iterator

from auditor.model.fact import Problem

from .service import OpenSearch

_SSL = "plugins.security.ssl."
_CERTIFICATES = ("pemcert_filepath", "keystore_filepath", "server.pemcert_filepath", "server.keystore_alias")


def refused(node: OpenSearch) -> Iterator[Problem]:
    """Yield what the security plugin refuses; nothing where parts of the configuration are not known."""
    if node.plugin_on is not True or any(gap.touches("plugins.security") for gap in node.gaps):
        return
    enabled = node.text(f"{_SSL}transport.enabled")
    if enabled == "false" and node.is_on("plugins.security.ssl_only") is False:
        message = f"expected {_SSL}transport.enabled: true; the plugin has no other mode"
        yield Problem(at=node.where(f"{_SSL}transport.enabled"), message=message)
    elif enabled != "false" and not _has_certificate(node, "transport"):
        message = f"expected {_SSL}transport.pemcert_filepath or {_SSL}transport.keystore_filepath"
        yield Problem(at=node.where(f"{_SSL}transport"), message=message)
    if node.is_on(f"{_SSL}http.enabled") is True and not _has_certificate(node, "http"):
        message = f"expected {_SSL}http.pemcert_filepath or {_SSL}http.keystore_filepath"
        yield Problem(at=node.where(f"{_SSL}http.enabled"), message=message)


def _has_certificate(node: OpenSearch, layer: str) -> bool:
    return any(f"{_SSL}{layer}.{name}" in node.settings for name in _CERTIFICATES)
