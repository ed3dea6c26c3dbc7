"""HAProxy's list of users holds passwords in clear text.

## Why it matters
With `insecure-password` whoever reads the file, its backup or the repository can log in. A hash made by crypt(3) does the
same work and gives no password away.

## Bad
```text haproxy.cfg
userlist staff
  user nurse insecure-password fake-sample-password  # <-
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  http-request auth unless { http_auth(staff) }
```

## Good
```text haproxy.cfg
userlist staff
  user nurse password $6$fakesalt$fakesamplehash
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  http-request auth unless { http_auth(staff) }
```

## Good: the environment supplies it
```text haproxy.cfg
userlist staff
  user nurse insecure-password "${STAFF_PASSWORD}"
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  http-request auth unless { http_auth(staff) }
```

## Fix
Write the output of `mkpasswd -m sha-512`:
```text
user nurse password $6$…
```

## References
- HAProxy configuration manual 2.6, userlist: https://docs.haproxy.org/2.6/configuration.html#3.4
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.haproxy import Haproxy


@check("haproxy-password-written-in-clear", severity=MEDIUM, control=Control.PLAINTEXT_SECRET, cwe=256)
def haproxy_password_written_in_clear(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for line in haproxy.users():
        if "insecure-password" in line.words[2:] and not line.is_open and not line.doubt:
            yield fail(
                f"The password of the user {line.words[1]} is written in clear text",
                at=line.at,
                key=line.words[1],
                expected="password with a hash of crypt(3)",
            )
