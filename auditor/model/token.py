"""A JSON Web Token written in a file."""

from auditor.records import dataclass

from .credential import FileRole
from .fact import Fact


@dataclass(frozen=True, kw_only=True)
class WebToken(Fact):
    """What a token says and who can make such tokens; the token itself is not here.

    `issued` and `expires` are seconds since 1970 (UTC). `personal` names claims that hold personal data with what
    they hold, `scopes` the kinds of identifiers in its scopes.
    """

    algorithm: str
    is_encrypted: bool
    is_signed: bool
    remote_keys: tuple[str, ...]
    issued: int | None
    expires: int | None
    personal: tuple[tuple[str, str], ...]
    scopes: tuple[str, ...]
    is_only_profile: bool
    """Whether it is an ID token with nothing but the standard's profile claims."""
    is_documentation: bool
    """Whether it is the token of a well-known example."""
    role: FileRole
    key_is_published: bool
    """Whether its signature verifies with a key that documentation or tutorials use."""
    signed_by: tuple[str, str, int] | None
    """The name, file and line of the repository's own secret that its signature verifies with."""
