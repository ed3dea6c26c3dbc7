"""SFTP does not record which files were read or written.

## Why it matters
The log says that somebody logged in; which patient files went out over SFTP it says only with `-l INFO`. Without that
an incident cannot be limited to the files that were really taken.

## Bad
```text sshd_config
Subsystem sftp internal-sftp  # <-
```

## Bad: the forced command replaces the subsystem's options
```text sshd_config
Subsystem sftp internal-sftp -l INFO
Match Group partners
    ChrootDirectory /srv/exchange/%u
    ForceCommand internal-sftp  # <-
    DisableForwarding yes
```

## Good
```text sshd_config
Subsystem sftp internal-sftp -f AUTH -l INFO
```

## Good: no SFTP
```text sshd_config
PermitRootLogin no
```

## Fix
```text
Subsystem sftp internal-sftp -f AUTH -l INFO
Match Group partners
    ForceCommand internal-sftp -f AUTH -l INFO
```

## References
- sftp-server(8), OpenSSH 9.2, -l: https://man.openbsd.org/sftp-server.8
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where

_SILENT = frozenset({"QUIET", "FATAL", "ERROR"})


def _records(command: str) -> bool:
    """Tell whether the options of an SFTP server make it write down the files; its level is ERROR by default."""
    words = command.split()
    for place, word in enumerate(words):
        level = word[2:] or (words[place + 1] if place + 1 < len(words) else "")
        if word.startswith("-l") and level.upper() not in _SILENT:
            return True
    return False


def _command(session: Session) -> str:
    """Return the command that serves SFTP, "" if nothing does."""
    if known(session.is_sftp_only):
        return known(session.text("ForceCommand"))
    if known(session.text("ForceCommand")).lower() != "none":
        return ""
    found = (part.partition(" ") for part in known(session.parts("Subsystem")))
    return next((command for name, _, command in found if name == "sftp"), "")


def _is_silent(session: Session) -> bool:
    command = _command(session)
    return bool(command) and not _records(command)


@check("sshd-sftp-not-logged", severity=LOW, control=Control.AUDIT_LOGGING, cwe=778)
def sshd_sftp_not_logged(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_silent, "ForceCommand", "Subsystem"):
        yield fail(
            f"Which files are transferred is not recorded, for {session.who}",
            at=at,
            severity=sshd.exposure.scale(LOW),
            key=session.client.label,
            expected="internal-sftp -f AUTH -l INFO",
        )
