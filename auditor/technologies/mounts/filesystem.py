"""One mount of a host with the flags that are in force."""

from collections.abc import Iterator

from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass

from .options import FLAGS, RESTRICTS, Flags, Option, flags_of, lifted

_NFS = frozenset({"nfs", "nfs4"})
_CIFS = frozenset({"cifs", "smb3", "smbfs"})
_LOCAL_SERVERS = ("localhost:", "127.", "[::1]:", "//localhost/", "//127.")
_TEMPORARY = frozenset({"/tmp", "/var/tmp", "/dev/shm"})  # noqa: S108  # folders that are judged


@dataclass(frozen=True, kw_only=True)
class FileSystem(Fact):
    """A mount. `kind` is the type of the file system, "" where it is not told.

    `source_flags` are those of the mount that a bind mount shows a part of, None for any other mount.
    """

    device: str
    target: str
    kind: str
    options: tuple[Option, ...] = ()
    is_conditional: bool = False
    source_flags: Flags | Unknown | None = None

    def has(self, flag: str) -> bool | Unknown:
        """Return whether noexec, nosuid or nodev is in force."""
        if self.is_conditional:
            return Unknown("a template decides whether it is mounted so")
        own = flags_of(self.options)[flag]
        if self.source_flags is None or own is not False:
            return own
        if isinstance(self.source_flags, Unknown):
            return self.source_flags
        inherited = self.source_flags[flag]
        if inherited is True and any(option.name in RESTRICTS for option in self.options):
            return Unknown("util-linux before 2.39 drops the flags of a bind mount's source where others are given")
        return inherited

    def missing(self, *flags: str) -> list[str]:
        """Return which flags are not in force.

        Raises:
            UndecidedError: one of them is not known and none of the others is missing.
        """
        answers = {flag: self.has(flag) for flag in flags or FLAGS}
        absent = [flag for flag, answer in answers.items() if answer is False]
        if not absent:
            for answer in answers.values():
                if isinstance(answer, Unknown):
                    bool(answer)
        return absent

    def option(self, *names: str) -> Option | None:
        """Return the last of the options with one of these names."""
        return next((option for option in reversed(self.options) if option.name in names), None)

    def where(self, *names: str) -> Location:
        """Return the place of an option, or of the mount."""
        found = self.option(*names)
        return found.at if found is not None else self.at

    @property
    def is_open(self) -> Unknown | None:
        """Why there may be other options, None if there are not."""
        if self.is_conditional or any(HOLE in option.name for option in self.options):
            return Unknown("a template supplies options")
        return None

    @property
    def lifted(self) -> Iterator[tuple[Option, str]]:
        """Options that take back a restriction which is written before them, with the restriction."""
        return iter(lifted(self.options))

    @property
    def is_temporary(self) -> bool:
        """Whether everybody on the host writes there."""
        return self.target in _TEMPORARY

    @property
    def is_nfs(self) -> bool:
        """Whether it is NFS from another host."""
        return self.kind in _NFS and not self.device.startswith(_LOCAL_SERVERS)

    @property
    def is_cifs(self) -> bool:
        """Whether it is SMB from another host."""
        return self.kind in _CIFS and not self.device.startswith(_LOCAL_SERVERS)
