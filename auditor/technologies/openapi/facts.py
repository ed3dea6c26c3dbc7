"""What checks of APIs are about.

Source: OpenAPI Specification 3.1.1, "Security Requirement Object" and "Operation Object": an operation's `security`
replaces the document's; of the list's items one is enough, of the schemes in an item all are needed; an empty item lets
everybody in, an empty list removes the document's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.records import dataclass


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A way to get a token: `implicit`, `password`, `clientCredentials` or `authorizationCode` (names of OpenAPI 3)."""

    kind: str
    at: Location
    scopes: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A security scheme. `addresses` are its OAuth and OpenID addresses by their keys."""

    name: str
    at: Location
    type: str
    http_scheme: str = ""
    sent_in: str = ""
    flows: tuple[Flow, ...] = ()
    addresses: tuple[tuple[str, str, Location], ...] = ()

    @property
    def is_basic(self) -> bool:
        return self.type == "http" and self.http_scheme == "basic"


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One way to be let in: all of these schemes, each with the scopes needed. None of them: everybody."""

    at: Location
    schemes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What a request carries in its path, query, header or cookie."""

    name: str
    sent_in: str
    at: Location
    is_flag: bool = False
    """Whether it is true or false only."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation. `security` is what is in force, None if nothing is said; `own_security` where it says so."""

    method: str
    path: str
    at: Location
    security: tuple[Requirement, ...] | None
    own_security: Location | None
    parameters: tuple[Parameter, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def lets_everybody_in(self) -> bool:
        """Whether a request without any credential is allowed by what is written."""
        return self.security is not None and (not self.security or any(not way.schemes for way in self.security))


@dataclass(frozen=True, kw_only=True)
class Server:
    """An address of the API, variables replaced by their defaults."""

    url: str
    at: Location


@dataclass(frozen=True, kw_only=True)
class ApiDocument(Fact):
    """One OpenAPI document. `schemes_open` tells whether schemes may be declared in another file."""

    operations: tuple[Operation, ...]
    schemes: Mapping[str, Scheme]
    servers: tuple[Server, ...]
    paths_at: Location
    schemes_open: bool = False
    requirements: tuple[Requirement, ...] = field(default=())
    """Every requirement written in the document, once."""

    def schemes_in_use(self) -> Iterator[Scheme]:
        """Yield the declared schemes that an operation in force asks for."""
        asked = {name for operation in self.operations for way in operation.security or () for name in way.schemes}
        return (scheme for name, scheme in self.schemes.items() if name in asked)
