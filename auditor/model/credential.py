"""One place where a secret is written or referred to."""

from dataclasses import dataclass
from enum import StrEnum

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
    LITERAL = "literal"


class FileRole(StrEnum):
    """What the file is for; a placeholder in a template is expected, in a live file it is a default credential."""

    LIVE = "live"
    TEMPLATE = "template"
    TEST = "test"


@dataclass(frozen=True, kw_only=True)
class Credential(Fact):
    """A secret in one place; the value is not here.

    `key` is the name as written, `mechanism` what it is for (`jwt`, `csrf`, `session`, `db`, `cache` …),
    `principal` whom it identifies (`postgres://db/app`) if that is known, `container` the kind of place
    (`env-file`, `compose`, `kubernetes-secret`, `configmap`, `terraform`, `server-config`, `image` …), `unit`
    what it is deployed with and `environment` "production", "development", "test" or "".
    `at` covers exactly the value's characters, so that frames can be masked.
    """

    key: str
    form: SecretForm
    secret: Secret
    mechanism: str
    principal: str | None
    container: str
    unit: str
    environment: str
    role: FileRole
    is_resolved: bool = False
    """For a reference: whether `secret` is of the value it stands for (not of the reference's text)."""
    reason: str = ""
    """Why the form was decided so, in words that carry nothing of the value."""

    @property
    def is_written(self) -> bool:
        """Whether the value itself stands at `at`, in plain text."""
        return self.form in {SecretForm.LITERAL, SecretForm.DEFAULT, SecretForm.PLACEHOLDER}
