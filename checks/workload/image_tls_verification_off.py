"""A Dockerfile switches the verification of certificates off.

## Why it matters
Whoever is on the way between the build and the server can replace what is downloaded. Set by ENV, the switch stays on
in every container of the image, so that it also holds for connections that carry patients' data.

## Bad
```text Dockerfile
FROM debian:12
RUN curl -k -o /opt/tool https://example.org/tool # <-
```

## Bad: for the life of the container
```text Dockerfile
FROM node:22
ENV NODE_TLS_REJECT_UNAUTHORIZED=0 # <-
```

## Good
```text Dockerfile
FROM debian:12
RUN curl -o /opt/tool https://example.org/tool && keytool -list
```

## Good: a certificate authority of one's own
```text Dockerfile
FROM node:22
COPY ca.pem /etc/ssl/ca.pem
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/ca.pem
```

## Fix
Add the authority that signed the server's certificate, and remove the switch.
```dockerfile
COPY ca.pem /usr/local/share/ca-certificates/clinic.crt
RUN update-ca-certificates
```

## References
- curl(1), `--insecure`; wget(1), `--no-check-certificate`; npm manual, `strict-ssl`; git-config(1), `http.sslVerify`
- Node.js 22 manual, "Command-line API", `NODE_TLS_REJECT_UNAUTHORIZED`
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, ImageBuild, Unknown, check, fail, not_evaluated

_COMMAND = re.compile(
    r"\bcurl\b(?:\s+[^|;&\s]+)*?\s+(?:--insecure\b|-[a-jl-zA-Z]*k[a-zA-Z]*\b)"
    r"|\bwget\b[^|;&]*--no-check-certificate"
    r"|http\.sslVerify[ =]+[\"']?false"
    r"|\bstrict-ssl[ =]+[\"']?false"
    r"|--allow-unauthenticated\b|--force-yes\b|--nogpgcheck\b|--no-gpg-checks\b"
)
_VARIABLES = {
    "NODE_TLS_REJECT_UNAUTHORIZED": {"0"},
    "PYTHONHTTPSVERIFY": {"0"},
    "GIT_SSL_NO_VERIFY": {"1", "true", "yes", "on"},
    "NPM_CONFIG_STRICT_SSL": {"false"},
}


@check(
    "image-tls-verification-off",
    severity=MEDIUM,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.SUPPLY_CHAIN,),
    cwe=295,
)
def image_tls_verification_off(build: ImageBuild) -> Iterator[Diagnostic]:
    for command in build.commands:
        if isinstance(command.value, Unknown):
            yield not_evaluated(command.value.reason)
        elif _COMMAND.search(command.value):
            yield fail("The build downloads without verifying the certificate or signature", at=command.at)
    for name, variable in build.variables:
        if isinstance(variable.value, Unknown):
            continue
        if variable.value.strip().lower() in _VARIABLES.get(name.upper(), set()):
            yield fail(f"{name} switches the verification of certificates off", at=variable.at, key=name)
