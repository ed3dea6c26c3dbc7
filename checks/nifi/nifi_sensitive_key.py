"""The key that encrypts the passwords in NiFi's flows is published or easily guessed.

## Why it matters
The flow's file holds the passwords of every database and server that NiFi talks to, encrypted with a key that is made of
`nifi.sensitive.props.key`. NiFi before 1.14 takes a key from its public source code where none is set, and the old
algorithms accept a key of any length: whoever has a copy of the flow or its archive then reads the passwords. From
1.14 on NiFi makes a random key itself.

## Bad: the key of the source code
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.12.1 # <-
```

## Bad: written out
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.sensitive.props.key=nififtw! # <-
nifi.sensitive.props.algorithm=PBEWITHMD5AND256BITAES-CBC-OPENSSL
```

## Bad: short
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.sensitive.props.key=flow-42 # <-
nifi.sensitive.props.algorithm=PBEWITHMD5AND256BITAES-CBC-OPENSSL
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.sensitive.props.key=made-up-for-this-page-0123456789abcdef
nifi.sensitive.props.algorithm=NIFI_PBKDF2_AES_GCM_256
```

## Good: NiFi makes one
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.28.1
```

## Fix
Set a random key of 32 characters or more, keep it out of the repository, and encrypt existing flows anew:

```text
nifi.sh set-sensitive-properties-key <new key>
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Encrypted Passwords in Flows"
- NiFi 1.13.2, `StringEncryptor.java` (`DEFAULT_SENSITIVE_PROPS_KEY`)
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import SHORTEST_KEY, NiFi

_KEY = "nifi.sensitive.props.key"


@check("nifi-sensitive-key", severity=HIGH, control=Control.KEY_MANAGEMENT, also=(Control.WEAK_SECRET,), cwe=321)
def nifi_sensitive_key(nifi: NiFi) -> Iterator[Diagnostic]:
    length = known(nifi.sensitive_key_length)
    if length is None:
        message = "The key that encrypts the flows' passwords stands in the public source code of NiFi"
        yield fail(message, at=nifi.where(_KEY), expected=f"a random {_KEY}")
    elif length < SHORTEST_KEY:
        message = f"The key that encrypts the flows' passwords has {length} characters"
        yield fail(message, at=nifi.where(_KEY), severity=MEDIUM, expected=f"{SHORTEST_KEY} random characters or more")
