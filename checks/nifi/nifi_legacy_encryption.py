"""NiFi encrypts the passwords in its flows with an outdated algorithm.

## Why it matters
The algorithms `PBE…` make the key with MD5 or one round of SHA and encrypt without a check of integrity, so a copied flow
gives its passwords away to guessing, and a changed one is not noticed. `PBEWITHMD5AND256BITAES-CBC-OPENSSL` was the
default before 1.14 and stays in files that were carried over; NiFi 2 no longer knows it.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.sensitive.props.key=made-up-for-this-page-0123456789abcdef
nifi.sensitive.props.algorithm=PBEWITHMD5AND256BITAES-CBC-OPENSSL # <-
```

## Bad: the default of an old image
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.13.2 # <-
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.sensitive.props.key=made-up-for-this-page-0123456789abcdef
nifi.sensitive.props.algorithm=NIFI_ARGON2_AES_GCM_256
```

## Good: the default of the image
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.28.1
```

## Fix
```text
nifi.sh set-sensitive-properties-algorithm NIFI_PBKDF2_AES_GCM_256
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Property Encryption Algorithms"
- System Administrator's Guide, NiFi 1.28.1, "Property Encryption Algorithms" (legacy algorithms)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_ALGORITHM = "nifi.sensitive.props.algorithm"


@check("nifi-legacy-encryption", severity=MEDIUM, control=Control.ENCRYPTION_AT_REST, cwe=916)
def nifi_legacy_encryption(nifi: NiFi) -> Iterator[Diagnostic]:
    algorithm = known(nifi.text(_ALGORITHM)) or ""
    if algorithm.upper().startswith("PBE"):
        yield fail(
            f"The passwords in the flows are encrypted by {algorithm}",
            at=nifi.where(_ALGORITHM),
            expected=f"{_ALGORITHM}=NIFI_PBKDF2_AES_GCM_256",
        )
