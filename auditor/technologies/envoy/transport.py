"""TLS towards clients and towards servers.

Sources: Envoy 1.36 API, tls.proto and common.proto (`tls_minimum_protocol_version` is TLSv1_2; no server is verified
without `trusted_ca`; a client certificate is optional without `require_client_certificate`, hashes or names to match);
the same of 1.21 (TLSv1_0 for servers) and the version history of 1.22.
"""

from typing import Final

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Sequence
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .fields import field_of, is_on, message_at, place_of, text_at, type_of

_TLS: Final = frozenset({"UpstreamTlsContext", "DownstreamTlsContext"})
_VALIDATIONS: Final = ("validation_context", "combined_validation_context", "validation_context_sds_secret_config")
_NAMES: Final = ("match_typed_subject_alt_names", "match_subject_alt_names")
_HASHES: Final = ("verify_certificate_hash", "verify_certificate_spki")
_AUTHORITIES: Final = (
    "trusted_ca",
    "system_root_certs",
    "ca_certificate_provider_instance",
    "custom_validator_config",
)
_CLEAR: Final = frozenset({"RawBuffer"})
_MAX_WRAPPED: Final = 4
TlsContext = Tree


@dataclass(frozen=True, kw_only=True)
class Tls:
    """One side's TLS settings."""

    context: TlsContext
    at: Location

    @property
    def validation(self) -> Tree | None:
        """The settings that peers are verified by, as far as they are in the file."""
        found = message_at(self.context, "common_tls_context", "validation_context")
        return found or message_at(
            self.context, "common_tls_context", "combined_validation_context", "default_validation_context"
        )

    @property
    def is_fetched(self) -> bool:
        """Whether what peers are verified by is fetched from elsewhere (SDS)."""
        common = message_at(self.context, "common_tls_context")
        return any(field_of(common, name) is not None for name in _VALIDATIONS[1:])

    @property
    def names_authority(self) -> bool:
        """Whether a certificate's chain is verified."""
        validation = self.validation
        if text_at(validation, "trust_chain_verification") == "ACCEPT_UNTRUSTED":
            return False
        return any(field_of(validation, name) is not None for name in _AUTHORITIES)

    @property
    def pins(self) -> bool:
        """Whether only certificates or keys with given digests are accepted."""
        return any(_is_filled(self.validation, name) for name in _HASHES)

    @property
    def names_peer(self) -> bool:
        """Whether the name in the certificate is looked at."""
        return any(_is_filled(self.validation, name) for name in _NAMES) or any(
            is_on(self.context, name) is not False for name in ("auto_sni_san_validation",)
        )

    @property
    def minimum(self) -> str | Unknown | None:
        """The least version, None where the default holds."""
        found = text_at(self.context, "common_tls_context", "tls_params", "tls_minimum_protocol_version")
        return None if found == "TLS_AUTO" else found

    @property
    def ciphers(self) -> tuple[str, ...]:
        node = field_of(self.context, "common_tls_context", "tls_params", "cipher_suites")
        return tuple(item.text for item in node.scalars()) if isinstance(node, Sequence) else ()

    def where(self, *path: str) -> Location:
        """Return the place of a setting, else of the message around it, else of the transport socket."""
        found = place_of(self.context, *path)
        return self.at if found == self.context.at else found


def _is_filled(message: Tree | None, name: str) -> bool:
    node = field_of(message, name)
    return isinstance(node, Sequence) and (len(node) > 0 or node.open)


def tls_of(owner: Tree) -> Tls | Unknown | None:
    """Return the TLS of a filter chain's or cluster's transport socket, None without TLS."""
    socket = message_at(owner, "transport_socket")
    if socket is None:
        return Unknown("template expressions may add a transport socket") if owner.open else None
    at = place_of(owner, "transport_socket")
    for _ in range(_MAX_WRAPPED):
        kind = type_of(socket)
        config = message_at(socket, "typed_config")
        if kind in _TLS and config is not None:
            return Tls(context=config, at=at)
        if kind in _CLEAR:
            return None
        inner = message_at(config, "transport_socket")
        context = message_at(config, "downstream_tls_context") or message_at(config, "upstream_tls_context")
        if context is not None:
            return Tls(context=context, at=at)
        if inner is None:
            return Unknown("it has a transport socket of another kind")
        socket = inner
    return Unknown("its transport sockets are nested deeply")
