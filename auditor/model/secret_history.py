"""What the version history of the files tells about a secret."""

from typing import Final

from auditor.records import dataclass

from .credential import Credential
from .fact import Fact
from .unknown import Unknown

NO_REPOSITORY: Final = Unknown("the folder is in no git repository, which would tell since when")


@dataclass(frozen=True)
class Unchanged:
    """Since when a value has stood at its key: `commit` brought it, `days` before the scan.

    `may_be_older` is why it may have stood there even longer, "" if the commit is known to have brought it.
    """

    commit: str
    days: int
    may_be_older: str = ""


@dataclass(frozen=True)
class Removal:
    """`commit`, `days` before the scan, took the value out of the file at `path`, whose older versions keep it."""

    path: str
    commit: str
    days: int


@dataclass(frozen=True, kw_only=True)
class SecretHistory(Fact):
    """The past of a secret that is written in a live file.

    `removals` are the other files that held the value; `unread` is why there may be more of them, "" if all older
    versions were looked at. `allowed_days` is how long such a secret may stay the same. `is_committed` tells whether
    the file with the secret is itself in the commit checked out, None where there is no history to tell.
    """

    credential: Credential
    unchanged: Unchanged | Unknown
    allowed_days: int
    removals: tuple[Removal, ...] = ()
    unread: str = ""
    is_committed: bool | None = None
