"""One place where a secret is written or referred to."""

from enum import StrEnum

from auditor.records import dataclass

from .fact import Fact
from .secret import Secret


class SecretForm(StrEnum):
    """What a secret-named key holds, in the order in which it is decided."""

    EMPTY = "empty"
    REFERENCE = "reference"
    ENCRYPTED = "encrypted"
    HASH = "hash"
    PUBLIC = "public"
    NOT_SECRET = "not-secret"
    PLACEHOLDER = "placeholder"
    DEFAULT = "default"
    SPENT = "spent"
    """A secret that opens nothing, such as the token of a well-known example."""
    LITERAL = "literal"


class FileRole(StrEnum):
    """What the file is for; a placeholder in a template is expected, in a live file it is a default credential."""

    LIVE = "live"
    TEMPLATE = "template"
    TEST = "test"


@dataclass(frozen=True, kw_only=True)
class Login:
    """Whom a password logs in where, as far as the files tell; "" is not known.

    `engine` is the product or protocol (`postgres`, `redis`, `smtp`), `server` the host's name as clients write it,
    `name` the user. Texts may be references (`${DB_USER}`), which are compared as they are written. `is_server` is
    True in the server's own configuration, False where a client keeps what it logs in with.
    """

    engine: str = ""
    server: str = ""
    name: str = ""
    is_server: bool = False

    def shown(self) -> str:
        """Say it in words, for example `app at postgres db`."""
        where = " ".join(part for part in (self.engine, self.server) if part)
        return f"{self.name or 'somebody'} at {where}" if where else self.name


@dataclass(frozen=True, kw_only=True)
class Credential(Fact):
    """A secret in one place; the value is not here.

    `key` is the name as written, `mechanism` what it is for (`jwt`, `csrf`, `session`, `db`, `cache` …),
    `login` whom it logs in if it is a password, `container` the kind of place (`env-file`, `compose`,
    `kubernetes-secret`, `configmap`, `terraform`, `server-config`, `image` …), `unit` the folder it is deployed
    from and `environment` "production", "development", "test" or "". `at` covers exactly the value's characters,
    so that frames can be masked.
    """

    key: str
    form: SecretForm
    secret: Secret
    mechanism: str
    login: Login | None
    container: str
    unit: str
    environment: str
    role: FileRole
    symbol: str = ""
    """The name by which other places take the value: `variable JWT_SECRET`, `Secret app#jwt`; "" if none can."""
    taken_from: str = ""
    """For a reference: the symbol that the value comes from."""
    is_resolved: bool = False
    """For a reference: whether `secret` is of the value it stands for (not of the reference's text)."""
    weakness: str = ""
    """Of a literal the strongest reason why it is weak, of a hash why it is fast to guess; "" if it is neither."""
    is_guessable: bool = False
    """Whether strangers may choose the same value, so that meeting it twice says little."""
    decoded: tuple[Secret, ...] = ()
    """The texts that the value is an encoding of (base64, percent signs, hex, gzip), sealed."""
    reason: str = ""
    """Why the form was decided so, in words that carry nothing of the value."""

    is_part: bool = False
    """Whether the secret is a part of what the key holds: the password in an address or a connection string."""

    @property
    def is_written(self) -> bool:
        """Whether the value itself stands at `at`, in plain text."""
        return self.form in {SecretForm.LITERAL, SecretForm.DEFAULT, SecretForm.PLACEHOLDER}
