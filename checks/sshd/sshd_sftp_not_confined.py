"""SFTP users see the whole file system.

## Why it matters
An account that is there to deliver files, of a laboratory or an insurer, reads every other partner's files and
`/etc/passwd` unless it is confined to a folder of its own.

## Bad
```text sshd_config
Match Group partners
    ForceCommand internal-sftp  # <-
    AllowTcpForwarding no
```

## Good
```text sshd_config
Match Group partners
    ForceCommand internal-sftp
    ChrootDirectory /srv/exchange/%u
    AllowTcpForwarding no
```

## Good: the folder is set for everyone
```text sshd_config
ChrootDirectory /srv/exchange/%u
ForceCommand internal-sftp
```

## Fix
```text
Match Group partners
    ForceCommand internal-sftp
    ChrootDirectory /srv/exchange/%u
```

## References
- sshd_config(5), OpenSSH 9.2, ChrootDirectory: https://man.openbsd.org/sshd_config#ChrootDirectory
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Session, Sshd

from ._common import sessions_where


def _is_loose(session: Session) -> bool:
    return known(session.is_sftp_only) and known(session.text("ChrootDirectory")).lower() == "none"


@check("sshd-sftp-not-confined", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=552)
def sshd_sftp_not_confined(sshd: Sshd) -> Iterator[Diagnostic]:
    for session, at in sessions_where(sshd, _is_loose, "ForceCommand"):
        yield fail(
            f"File transfers reach the whole file system, for {session.who}",
            at=at,
            severity=sshd.exposure.scale(MEDIUM),
            key=session.client.label,
            expected="ChrootDirectory /srv/exchange/%u",
        )
