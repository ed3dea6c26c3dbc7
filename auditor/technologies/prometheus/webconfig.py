"""The web configuration: TLS, client certificates and passwords of a server's own interface.

Sources: docs/web-configuration.md, web/tls_config.go and web/handler.go of prometheus/exporter-toolkit 0.14; refusals
tried with prometheus 2.42 (toolkit 0.8), which lacks `rate_limit` and certificates within the file.
"""

import re
from collections.abc import Iterator
from dataclasses import field
from itertools import chain, islice
from typing import Final

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

TLS_VERSIONS: Final = ("TLS10", "TLS11", "TLS12", "TLS13")
CLIENT_TYPES: Final = frozenset(
    {
        "", "NoClientCert", "RequestClientCert", "RequireAnyClientCert", "RequireClientCert",
        "VerifyClientCertIfGiven", "RequireAndVerifyClientCert",
    }
)  # fmt: skip
_KEYS: Final = {
    "": {"tls_server_config", "http_server_config", "basic_auth_users", "rate_limit"},
    "tls_server_config": {
        "cert", "key", "client_ca", "cert_file", "key_file", "client_auth_type", "client_ca_file", "cipher_suites",
        "curve_preferences", "min_version", "max_version", "prefer_server_cipher_suites", "client_allowed_sans",
    },
    "http_server_config": {"http2", "headers"},
    "rate_limit": {"burst", "interval"},
}  # fmt: skip
_HEADERS: Final = {
    "Content-Security-Policy": None,
    "Strict-Transport-Security": None,
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"deny", "sameorigin"},
    "X-XSS-Protection": None,
}
"""Headers that may be set, with the values that are taken."""
_USES_TLS: Final = (
    "cert_file", "key_file", "cert", "key", "client_ca_file", "client_ca", "client_auth_type",
)  # fmt: skip
_BCRYPT = lazy(r"\$2[abxy]?\$(?P<cost>\d\d)\$.{53,}", re.DOTALL)
_MOST: Final = 50
"""Places told of one file that is refused: the server stops at the first, and a file may have one for each user."""
_COSTS: Final = range(4, 32)


@dataclass(frozen=True, kw_only=True)
class WebConfig:
    """What a web configuration says; `headers` are places of its keys. Values are texts, None where absent."""

    tls: Mapping | None = field(repr=False)
    users: tuple[Scalar, ...] = field(repr=False)
    at: Location
    headers: dict[str, Location] = field(default_factory=dict[str, Location])
    problems: tuple[Problem, ...] = ()
    opened: str = ""

    def text(self, key: str) -> str | Unknown | None:
        """Return a value of `tls_server_config`, None if it is absent or empty."""
        node = self.tls.scalar(key) if self.tls is not None else None
        return None if node is None or node.text == "" else node.value

    def where(self, key: str) -> Location:
        """Return the place of a value of `tls_server_config`, else of that key, else of the file."""
        node = self.tls.get(key) if self.tls is not None else None
        return node.at if node is not None else self.headers.get("tls_server_config", self.at)

    @property
    def has_tls(self) -> bool:
        """Whether it switches TLS on: any of its files or the question for client certificates does."""
        return any(self.text(key) is not None for key in _USES_TLS)


def read_web(root: Mapping | None, at: Location) -> WebConfig:
    """Read the tree of a web configuration; None is an empty file."""
    if root is None:
        return WebConfig(tls=None, users=(), at=at)
    users = root.mapping("basic_auth_users")
    found = WebConfig(
        tls=root.mapping("tls_server_config"),
        users=tuple(value for _, value in users if isinstance(value, Scalar)) if users is not None else (),
        at=at,
        headers={key.text: key.at for key, _ in root},
        opened="template expressions may add keys" if _is_open(root) else "",
    )
    parts = () if found.opened else (_unknown(root), _no_users(root), _wrong(found), _wrong_headers(root))
    problems = tuple(islice(chain.from_iterable(parts), _MOST))
    return WebConfig(
        tls=found.tls, users=found.users, at=at, headers=found.headers, problems=problems, opened=found.opened
    )


def _is_open(root: Mapping) -> bool:
    return root.open or any(isinstance(value, Mapping) and value.open for _, value in root)


def _unknown(root: Mapping) -> Iterator[Problem]:
    for place, known in _KEYS.items():
        part = root if not place else root.mapping(place)
        if part is None:
            node = root.get(place)
            if node is not None and not (isinstance(node, Scalar) and node.is_null):
                yield Problem(at=node.at, message=f"expected a mapping for {place}")
            continue
        for key, _ in part:
            if key.text not in known:
                yield Problem(at=key.at, message="expected a key of the web configuration")
        for key in part.duplicates():
            yield Problem(at=key.at, message=f"expected {key.text} once")


def _no_users(root: Mapping) -> Iterator[Problem]:
    node = root.get("basic_auth_users")
    listed = node if isinstance(node, Mapping) else None
    wrong = node is not None and listed is None and not (isinstance(node, Scalar) and node.is_null)
    if node is not None and (wrong or any(not isinstance(value, Scalar) for _, value in listed or ())):
        yield Problem(at=node.at, message="expected a mapping of names to hashes for basic_auth_users")


def _wrong(web: WebConfig) -> Iterator[Problem]:
    for name in ("min_version", "max_version"):
        text = web.text(name)
        if isinstance(text, str) and text not in TLS_VERSIONS:
            yield Problem(at=web.where(name), message=f"expected TLS10, TLS11, TLS12 or TLS13 for {name}")
    kind = web.text("client_auth_type")
    if isinstance(kind, str) and kind not in CLIENT_TYPES:
        yield Problem(
            at=web.where("client_auth_type"), message="expected a policy of Go such as RequireAndVerifyClientCert"
        )
    if web.has_tls:
        for name, other in (("cert_file", "cert"), ("key_file", "key")):
            if web.text(name) is None and web.text(other) is None:
                yield Problem(at=web.where(name), message=f"expected {name}")
        has_ca = web.text("client_ca_file") is not None or web.text("client_ca") is not None
        if has_ca and kind in {None, "NoClientCert"}:
            yield Problem(at=web.where("client_ca_file"), message="expected client_auth_type beside client_ca_file")
    for user in web.users:
        if HOLE in user.text:
            continue
        hashed = _BCRYPT.fullmatch(user.text)
        if hashed is None or int(hashed["cost"]) not in _COSTS:
            yield Problem(at=user.at, message="expected passwords hashed with bcrypt")


def _wrong_headers(root: Mapping) -> Iterator[Problem]:
    node: Node | None = root.get("http_server_config", "headers")
    for key, value in node if isinstance(node, Mapping) else ():
        allowed = _HEADERS.get(key.text)
        if key.text not in _HEADERS:
            yield Problem(at=key.at, message="expected a header that can be configured")
        elif allowed is not None and isinstance(value, Scalar) and value.text and value.text not in allowed:
            yield Problem(at=value.at, message=f"expected {' or '.join(sorted(allowed))} for {key.text}")
    for name in ("cipher_suites", "curve_preferences", "client_allowed_sans"):
        listed = root.get("tls_server_config", name)
        if (
            listed is not None
            and not isinstance(listed, Sequence)
            and not (isinstance(listed, Scalar) and listed.is_null)
        ):
            yield Problem(at=listed.at, message=f"expected a list for {name}")
