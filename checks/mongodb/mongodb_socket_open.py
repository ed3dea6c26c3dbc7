"""MongoDB lets every local user connect to its Unix socket.

## Why it matters
The socket's mode is 0700 by default, which lets the server's own account connect. A wider mode lets whoever runs a
program on the host try to log in, or in without a log-in where authorization is off.

## Bad
```yaml mongod.conf
security:
  authorization: enabled
net:
  bindIp: 127.0.0.1
  unixDomainSocket:
    filePermissions: 0777  # <-
```

## Good
```yaml mongod.conf
security:
  authorization: enabled
net:
  bindIp: 127.0.0.1
  unixDomainSocket:
    filePermissions: 0770
```

## Good: there is no socket
```yaml mongod.conf
security:
  authorization: enabled
net:
  bindIp: 127.0.0.1
  unixDomainSocket:
    enabled: false
    filePermissions: 0777
```

## Fix
```yaml
net:
  unixDomainSocket:
    filePermissions: 0700
```

## References
- MongoDB 8.0 manual, Configuration File Options, net.unixDomainSocket.filePermissions: https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-net.unixDomainSocket.filePermissions
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known, lazy
from auditor.technologies.mongodb import Mongod

_OCTAL = lazy("0[0-7]+")


@check("mongodb-socket-open", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=732)
def mongodb_socket_open(server: Mongod) -> Iterator[Diagnostic]:
    mode = known(server.text("net.unixDomainSocket.filePermissions")) or ""
    if not _OCTAL.fullmatch(mode) or not int(mode, 8) & 0o006:
        return
    if known(server.text("net.unixDomainSocket.enabled")) != "false":
        has_login = known(server.authorization)
        yield fail(
            f"Mode {mode} of the Unix socket lets every local user connect{'' if has_login else ' and no password is asked'}",
            at=server.where("net.unixDomainSocket.filePermissions"),
            severity=LOW if has_login else MEDIUM,
            expected="net.unixDomainSocket.filePermissions: 0700",
        )
