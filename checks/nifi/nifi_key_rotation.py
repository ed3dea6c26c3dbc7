"""NiFi signs log-ins with the same key for a long time.

## Why it matters
NiFi signs the tokens of its users with a key that it makes anew every hour by default. Whoever gets hold of a key makes tokens of
his own, for any user, until the key is replaced.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.jws.key.rotation.period=P30D # <-
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.security.user.jws.key.rotation.period=PT1H
```

## Good: the default
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
```

## Fix
```text
nifi.security.user.jws.key.rotation.period=PT1H
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "JSON Web Tokens"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known, not_evaluated, span_seconds, span_words
from auditor.technologies.nifi import NiFi

_PERIOD = "nifi.security.user.jws.key.rotation.period"
_LONGEST = 24 * 60 * 60


@check("nifi-key-rotation", severity=LOW, control=Control.KEY_MANAGEMENT, cwe=324)
def nifi_key_rotation(nifi: NiFi) -> Iterator[Diagnostic]:
    period = span_seconds(known(nifi.text(_PERIOD)) or "PT1H")
    if period is None:
        yield not_evaluated("the period after which keys are replaced is not known")
    elif period > _LONGEST:
        message = f"The key that signs log-ins is replaced after {span_words(period)}"
        yield fail(message, at=nifi.where(_PERIOD), expected=f"{_PERIOD}=PT1H")
