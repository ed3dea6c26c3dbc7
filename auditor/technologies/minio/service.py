"""A MinIO server with the variables in force, and the commands of containers that set one up."""

import re
from typing import Final

from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Setting
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured

PUBLISHED: Final = seal("minioadmin")
"""User and password of a server that is given none (`cmd/globals.go` of RELEASE.2024)."""
_USER: Final = ("MINIO_ROOT_USER", "MINIO_ROOT_USER_FILE", "MINIO_ACCESS_KEY", "MINIO_ACCESS_KEY_FILE")
_PASSWORD: Final = ("MINIO_ROOT_PASSWORD", "MINIO_ROOT_PASSWORD_FILE", "MINIO_SECRET_KEY", "MINIO_SECRET_KEY_FILE")


@dataclass(frozen=True, kw_only=True)
class Minio(Configured):
    """A server. Settings are named by their variables; `volumes` are what follows `minio server`.

    `has_certificates` tells whether something stands where it looks for a certificate.
    """

    volumes: tuple[str, ...] | Unknown = ()
    has_certificates: bool | Unknown = False
    workload: Workload | None = None

    def first(self, names: tuple[str, ...]) -> Setting | None:
        """Return the first of several variables that is set and not empty."""
        found = (self.settings.get(name) for name in names)
        return next((setting for setting in found if setting is not None and setting.value not in {"", seal("")}), None)

    @property
    def user(self) -> Setting | None:
        """The variable of the administrator's name."""
        return self.first(_USER)

    @property
    def password(self) -> Setting | None:
        """The variable of the administrator's password."""
        return self.first(_PASSWORD)

    @property
    def has_published_login(self) -> bool | Unknown:
        """Whether the administrator is minioadmin with the password minioadmin: both are used where one is missing."""
        user, password = self.user, self.password
        if user is None or password is None:
            return Unknown(self.incomplete) if self.incomplete else True
        for setting in (user, password):
            if isinstance(setting.value, Unknown):
                return False if setting.name.endswith("_FILE") else setting.value
        return user.value in {"minioadmin", PUBLISHED} and password.value == PUBLISHED

    def any_set(self, pattern: str) -> bool | Unknown:
        """Return whether a variable whose name matches is set to something other than `off`."""
        for name, setting in self.settings.items():
            if re.fullmatch(pattern, name) and setting.value not in {"", "off"}:
                return True
        return Unknown(self.incomplete) if self.incomplete else False

    def place(self, *names: str) -> Location:
        """Return the place of the first variable that is there, else of the service."""
        return next((self.where(name) for name in names if name in self.settings), self.at)

    @property
    def drives(self) -> int | Unknown:
        """The number of drives that the volumes stand for; `{1...4}` is a range."""
        if isinstance(self.volumes, Unknown):
            return self.volumes
        count = 0
        for volume in self.volumes:
            product = 1
            for first, last in re.findall(r"\{(\d{1,18})\.\.\.(\d{1,18})\}", volume):
                product *= max(1, int(last) - int(first) + 1)
            count += product
        return count


@dataclass(frozen=True)
class OpenBucket:
    """A command that lets everybody into a bucket; `rights` are MinIO's words: public, download, upload."""

    rights: str
    at: Location


@dataclass(frozen=True, kw_only=True)
class MinioSetup(Service):
    """A container whose script configures a server with the client `mc`."""

    open_buckets: tuple[OpenBucket, ...] = ()
