"""TLS towards clients and towards servers.

Sources: Envoy 1.36 API, tls.proto and common.proto (`tls_minimum_protocol_version` is TLSv1_2; no server is verified
without `trusted_ca`; a client certificate is optional without `require_client_certificate`, hashes or names to match;
the default ciphers have none for versions below TLS 1.2); the same of 1.21 (TLSv1_0 for servers) and the version
histories of 1.22 and 1.23. Envoy 1.40 itself: `require_client_certificate` does nothing without an authority to verify
by, `system_root_certs` is passed over, and ACCEPT_UNTRUSTED takes certificates with any name and digest.
"""

from typing import Final

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Sequence
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .fields import field_of, is_on, message_at, messages, place_of, text_at, type_of

_TLS: Final = frozenset({"UpstreamTlsContext", "DownstreamTlsContext"})
_VALIDATIONS: Final = ("validation_context", "combined_validation_context", "validation_context_sds_secret_config")
_NAMES: Final = ("match_typed_subject_alt_names", "match_subject_alt_names")
_HASHES: Final = ("verify_certificate_hash", "verify_certificate_spki")
_AUTHORITIES: Final = (
    "trusted_ca",
    "ca_certificate_provider_instance",
    "custom_validator_config",
)
_VERSIONS: Final = ("TLSv1_0", "TLSv1_1", "TLSv1_2", "TLSv1_3")
_WORDS: Final = lazy(r"[:,|\[\] ]+")
_CLEAR: Final = frozenset({"RawBuffer"})
_MAX_WRAPPED: Final = 4
_PARAMS: Final = ("common_tls_context", "tls_params")
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
    def _has_authority(self) -> bool:
        return any(field_of(self.validation, name) is not None for name in _AUTHORITIES)

    @property
    def takes_all(self) -> bool:
        """Whether the outcome of the verification is passed over."""
        return text_at(self.validation, "trust_chain_verification") == "ACCEPT_UNTRUSTED"

    @property
    def names_authority(self) -> bool:
        """Whether a certificate's chain is verified."""
        return self._has_authority and not self.takes_all

    @property
    def pins(self) -> bool:
        """Whether only certificates or keys with given digests are accepted."""
        return not self.takes_all and any(_is_filled(self.validation, name) for name in _HASHES)

    @property
    def names_peer(self) -> bool:
        """Whether the name in the certificate is looked at."""
        if self.takes_all:
            return False
        asked = field_of(self.context, "sni") is not None or is_on(self.context, "auto_host_sni") is not False
        by_name = asked and is_on(self.context, "auto_sni_san_validation") is not False
        return by_name or any(_is_filled(self.validation, name) for name in _NAMES)

    @property
    def names_peer_alone(self) -> bool:
        """Whether names are to be looked at, and no chain is verified: Envoy refuses that."""
        return not self._has_authority and any(_is_filled(self.validation, name) for name in _NAMES)

    @property
    def demands_certificate(self) -> bool | Unknown:
        """Whether clients without a certificate are turned away."""
        if self.pins or self.names_peer:
            return True
        return is_on(self.context, "require_client_certificate") if self._has_authority else False

    @property
    def takes_any_certificate(self) -> bool:
        """Whether a client's certificate may come from anybody."""
        return not (self.names_authority or self.pins)

    def old_versions(self, least: str, *, old_ciphers: bool) -> tuple[str, ...] | Unknown:
        """Return which of TLS 1.0 and 1.1 clients can negotiate, as `tls_minimum_protocol_version` names them.

        `least` is the version that the default stands for; `old_ciphers` tells whether the default ciphers have one
        for old versions.
        """
        minimum, maximum = self.minimum, text_at(self.context, *_PARAMS, "tls_maximum_protocol_version")
        if isinstance(minimum, Unknown) or isinstance(maximum, Unknown):
            return minimum if isinstance(minimum, Unknown) else Unknown("its greatest version of TLS is not known")
        low = _VERSIONS.index(minimum or least) if (minimum or least) in _VERSIONS else 0
        high = _VERSIONS.index(maximum) if maximum in _VERSIONS else len(_VERSIONS) - 1
        found = _VERSIONS[low : min(high, 1) + 1]
        usable = _serves_old_versions(self.ciphers) if self.ciphers else old_ciphers
        if not found or usable is False:
            return ()
        return usable if isinstance(usable, Unknown) else found

    @property
    def minimum(self) -> str | Unknown | None:
        """The least version, None where the default holds."""
        found = text_at(self.context, *_PARAMS, "tls_minimum_protocol_version")
        return None if found == "TLS_AUTO" else found

    @property
    def ciphers(self) -> tuple[str, ...]:
        node = field_of(self.context, *_PARAMS, "cipher_suites")
        return tuple(item.text for item in node.scalars()) if isinstance(node, Sequence) else ()

    def where(self, *path: str) -> Location:
        """Return the place of a setting, else of the message around it, else of the transport socket."""
        found = place_of(self.context, *path)
        return self.at if found == self.context.at else found


def _serves_old_versions(ciphers: tuple[str, ...]) -> bool | Unknown:
    """Return whether one of the ciphers is for versions below TLS 1.2: those that end in SHA, of 1.0."""
    words = [word for text in ciphers for word in _WORDS.split(text) if word]
    if any("-" not in word.lstrip("-+!@") or not word[0].isalnum() for word in words):
        return Unknown("which ciphers its list stands for is not known")
    return any(word.endswith("-SHA") for word in words)


def _is_filled(message: Tree | None, name: str) -> bool:
    node = field_of(message, name)
    return isinstance(node, Sequence) and (len(node) > 0 or node.open)


def _is_matched(cluster: Tree) -> bool:
    """Tell whether a server has metadata that choose its transport socket, as far as the file names servers."""
    if text_at(cluster, "type") == "EDS":
        return True
    return any(
        field_of(inner, "metadata") is not None
        for group in messages(cluster, "load_assignment", "endpoints")
        for inner in (group, *messages(group, "lb_endpoints"))
    )


def tls_of(owner: Tree) -> Tls | Unknown | None:
    """Return the TLS of a filter chain's or cluster's transport socket, None without TLS."""
    socket, at = message_at(owner, "transport_socket"), place_of(owner, "transport_socket")
    for each in messages(owner, "transport_socket_matches"):
        if _is_matched(owner):
            return Unknown("the metadata of a server decides which transport socket is used")
        if not message_at(each, "match"):
            socket, at = message_at(each, "transport_socket"), place_of(each, "transport_socket")
            break
    if socket is None:
        return Unknown("template expressions may add a transport socket") if owner.open else None
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
