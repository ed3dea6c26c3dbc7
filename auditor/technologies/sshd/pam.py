"""What PAM asks those who log in through sshd: the service `sshd` of the same host, image or container.

sshd calls `pam_start` with the name that it was started under (`auth-pam.c`, OpenSSH 9.2; `PAMServiceName` of 10.0 has
`sshd` as default). Linux-PAM 1.5 reads `/etc/pam.d/sshd` and the files that it includes.
"""

import posixpath

from auditor.model.numbers import is_whole_number
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.common.pam.flatten import Flattener
from auditor.technologies.common.pam.lines import PamLines, read_lines, read_values
from auditor.technologies.common.pam.log_in import LogIn
from auditor.technologies.document import FileView

_FOLDER = "/etc/pam.d"
_LIMITS = "/etc/security/faillock.conf"
_DEFAULT_LIMIT = 3
_TEMPLATES = (".j2", ".erb", ".tmpl", ".template")


class _Files:
    """The files of pam.d beside an sshd_config, at their absolute paths or in a folder next to its own."""

    def __init__(self, view: FileView, main: str) -> None:
        self._view = view
        self._endings = ("", *(ending for ending in _TEMPLATES if main.endswith(ending)))
        self._folders = [_FOLDER]
        if main:
            self._folders += ["../pam.d" if posixpath.basename(posixpath.dirname(main)) == "ssh" else "pam.d"]

    def open(self, name: str) -> Source | None:
        """Return the file of a service, or of another one that an include names."""
        for folder in self._folders:
            for ending in self._endings:
                found = self._view.open(posixpath.normpath(posixpath.join(folder, name)) + ending)
                if isinstance(found, Source):
                    return found
        return None

    def lines(self, name: str) -> PamLines | None:
        """Return the lines of such a file."""
        source = self.open(name)
        return read_lines(source) if source is not None else None


def asked_by(view: FileView, main: str, service: str = "sshd") -> LogIn | None:
    """Return what PAM asks; None where the service's file is not scanned.

    Args:
        view: Files as sshd sees them.
        main: The path of an sshd_config that stands alone, "" for a server that something starts.
        service: The name that sshd is started under.
    """
    files = _Files(view, main)
    source = files.open(service)
    own = read_lines(source) if source is not None else None
    if source is None or own is None or not (own.lines or own.gap):
        return None
    flattener = Flattener(files.lines)
    return LogIn(
        service=service,
        at=source.at(),
        auth=tuple(flattener.stack(own, "auth")),
        account=tuple(flattener.stack(own, "account")),
        gap=flattener.gap,
        missing=flattener.missing,
        deny=_limit(view),
    )


def _limit(view: FileView) -> int | Unknown:
    source = view.open(_LIMITS)
    written = read_values(source)[0].get("deny") if isinstance(source, Source) else None
    if written is None:
        return _DEFAULT_LIMIT
    if isinstance(written.value, Unknown):
        return written.value
    return int(written.value) if is_whole_number(written.value) else _DEFAULT_LIMIT
