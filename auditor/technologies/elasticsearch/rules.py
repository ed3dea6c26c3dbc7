"""What keeps a node of Elasticsearch from starting with its settings.

Sources: Elasticsearch reference, "Migrating to 8.0" (removed discovery.zen.* and node role settings; TLS settings need
`enabled` and a certificate), SSLService.java of 8.x (validateServerConfiguration), "Bootstrap checks for X-Pack"
(6.8-8.x: TLS between nodes), "Migrating to 5.0" (settings of indices).
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from auditor.model.fact import Problem
from auditor.technologies.common.sectioned import Option

from .service import Elasticsearch

_KNOWN: Final = (
    "xpack.security.enabled",
    "xpack.security.http.ssl.enabled",
    "xpack.security.transport.ssl.enabled",
    "xpack.security.audit.enabled",
    "xpack.security.enrollment.enabled",
    "xpack.security.autoconfiguration.enabled",
    "xpack.security.authc.anonymous.roles",
    "xpack.security.authc.anonymous.username",
    "xpack.security.authc.api_key.enabled",
    "xpack.security.authc.token.enabled",
    "xpack.security.dls_fls.enabled",
    "xpack.security.fips_mode.enabled",
    "xpack.security.http.filter.enabled",
    "xpack.security.transport.filter.enabled",
    "xpack.security.hide_settings",
    "xpack.security.operator_privileges.enabled",
)
_REMOVED_IN_8: Final = ("discovery.zen.", "node.master", "node.data", "node.ingest", "node.ml", "node.voting_only")


def refused(node: Elasticsearch, options: Sequence[Option]) -> Iterator[Problem]:
    """Yield what this version refuses, as far as it is known."""
    for option in options:
        yield from _name(node, option)
    if node.versions.is_at_least(8, 0) and node.edition != "bitnami":  # its script names the certificates
        for layer in ("http", "transport"):
            yield from _tls(node, f"xpack.security.{layer}.ssl.")
    yield from _nodes(node)


def _name(node: Elasticsearch, option: Option) -> Iterator[Problem]:
    if node.edition == "oss" and option.name.startswith("xpack."):
        yield Problem(at=option.at, message="expected no setting of X-Pack; this image does not have it")
    elif node.versions.is_at_least(8, 0) and option.name.startswith(_REMOVED_IN_8):
        yield Problem(at=option.at, message=f"expected no setting {option.name}; 8.0 removed it")
    elif option.name.startswith("xpack.security") and option.name.count(".") <= 4 and option.name not in _KNOWN:
        close = get_close_matches(option.name, _KNOWN, n=1, cutoff=0.94)
        if close:
            yield Problem(at=option.at, message=f"expected a setting that exists; this resembles {close[0]}")


def _tls(node: Elasticsearch, prefix: str) -> Iterator[Problem]:
    names = node.named(below=prefix)
    if any(gap.touches(prefix.rstrip(".")) for gap in node.gaps):
        return
    if names and f"{prefix}enabled" not in names:
        yield Problem(at=node.where(names[0]), message=f"expected {prefix}enabled beside the other settings of TLS")
    elif node.text(f"{prefix}enabled") == "true":
        has_store = f"{prefix}keystore.path" in names
        if not has_store and not {f"{prefix}key", f"{prefix}certificate"} <= set(names):
            message = f"expected {prefix}keystore.path, or {prefix}key and {prefix}certificate"
            yield Problem(at=node.where(f"{prefix}enabled"), message=message)


def _nodes(node: Elasticsearch) -> Iterator[Problem]:
    """Yield security without TLS between nodes, which every licence but a trial refuses on a reachable node.

    Of a file alone elasticsearch-transport-in-clear says it: a variable or a flag may switch TLS on.
    """
    if (
        not node.in_container
        or node.gaps
        or node.versions.is_below(6, 8)
        or node.text("xpack.license.self_generated.type") == "trial"
    ):
        return
    if node.versions.exact == (7, 0) or node.security is not True or node.is_single_node is not False:
        return
    outside = node.transport_outside
    if isinstance(outside, tuple) and outside and node.transport_tls is False:
        message = "expected xpack.security.transport.ssl.enabled: true, or discovery.type: single-node"
        yield Problem(at=node.where("xpack.security.transport.ssl.enabled"), message=message)
