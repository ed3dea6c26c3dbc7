"""SSH is told to accept algorithms that are broken or worn out.

## Why it matters
sshd offers none of these by itself any more. Once the configuration brings them back, an old or a tampered-with client
gets a connection that can be read or changed by somebody on the way.

## Bad
```text sshd_config
Ciphers +aes128-cbc,3des-cbc  # <-
```

## Bad: an exchange of keys with SHA-1
```text sshd_config
KexAlgorithms curve25519-sha256,diffie-hellman-group14-sha1  # <-
```

## Bad: signatures with SHA-1
```text sshd_config
PubkeyAcceptedKeyTypes +ssh-rsa  # <-
```

## Good: CBC is taken away
```text sshd_config
Ciphers -*-cbc
MACs -hmac-sha1*
```

## Good
```text sshd_config
Ciphers chacha20-poly1305@openssh.com,aes256-gcm@openssh.com
MACs hmac-sha2-512-etm@openssh.com,hmac-sha2-256-etm@openssh.com
KexAlgorithms sntrup761x25519-sha512@openssh.com,curve25519-sha256
```

## Fix
Leave the lines out and take sshd's own lists, or take algorithms away from them:
```text
MACs -hmac-sha1*,umac-64*
```

## References
- sshd_config(5), OpenSSH 9.2, Ciphers, KexAlgorithms, MACs: https://man.openbsd.org/sshd_config
- OpenSSH 8.8 release notes, ssh-rsa: https://www.openssh.com/txt/release-8.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.sshd import Sshd, weak_in

_LISTS = ("Ciphers", "MACs", "KexAlgorithms", "HostKeyAlgorithms", "PubkeyAcceptedAlgorithms")


@check("sshd-weak-algorithms", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def sshd_weak_algorithms(sshd: Sshd) -> Iterator[Diagnostic]:
    for name in _LISTS:
        weak = weak_in(name.lower(), known(sshd.everyone.text(name)))
        if weak:
            yield fail(
                f"{name} switches on {', '.join(weak[:4])}; {sshd.exposure.reason}",
                at=sshd.everyone.where(name),
                severity=sshd.exposure.scale(MEDIUM),
                key=name,
                expected=f"{name} without {', '.join(weak[:4])}",
            )
