"""A Dockerfile switches the verification of certificates or host keys off.

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

## Bad: for one command
```text Dockerfile
FROM debian:12
RUN GIT_SSL_NO_VERIFY=true git clone https://git.clinic.example/portal.git # <-
```

## Bad: a host key of SSH
```text Dockerfile
FROM debian:12
RUN mkdir /root/.ssh && echo "StrictHostKeyChecking no" >> /root/.ssh/config # <-
```

## Bad: a host key, for one command
```text Dockerfile
FROM debian:12
RUN --mount=type=ssh GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no" git clone git@git.clinic.example:portal.git # <-
```

## Good
```text Dockerfile
FROM debian:12
RUN curl -okey.pem https://example.org/key && keytool -k
```

## Good: host keys that are known
```text Dockerfile
FROM debian:12
COPY known_hosts /etc/ssh/ssh_known_hosts
RUN --mount=type=ssh GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=yes" git clone git@git.clinic.example:portal.git
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
- ssh_config(5), OpenSSH 9.2, `StrictHostKeyChecking`
- Node.js 22 manual, "Command-line API", `NODE_TLS_REJECT_UNAUTHORIZED`
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, ImageBuild, check, fail, known

from ._shell import Command, commands

_OPTIONS = {
    "apt": {"--allow-unauthenticated", "--force-yes"},
    "apt-get": {"--allow-unauthenticated", "--force-yes"},
    "curl": {"--insecure"},
    "dnf": {"--nogpgcheck"},
    "pip": {"--trusted-host"},
    "pip3": {"--trusted-host"},
    "wget": {"--no-check-certificate"},
    "yum": {"--nogpgcheck"},
    "zypper": {"--no-gpg-checks"},
}
_SETTINGS = (
    "http.sslverify=false",
    "http.sslverify false",
    "strict-ssl=false",
    "strict-ssl false",
    "stricthostkeychecking=no",
    "stricthostkeychecking no",
    "stricthostkeychecking=off",
)
_CURL_WITH_VALUE = frozenset("AbcCdDeEFHhKmoPQrtTuUwxXyYz")
"""curl(1): short options whose value may follow in the same word, as in `-okey`."""
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
    for line in build.commands:
        if any(_is_unverified(command) for command in commands(known(line.value))):
            yield fail(
                "The build does not verify whom it downloads from: a certificate, signature or host key", at=line.at
            )
    for name, variable in build.variables:
        if isinstance(variable.value, str) and _switches_off(f"{name}={variable.value}"):
            yield fail(f"{name} switches the verification of certificates off", at=variable.at, key=name)


def _is_unverified(command: Command) -> bool:
    if any(_switches_off(word) for word in command.assigned):
        return True
    for program, switches in _OPTIONS.items():
        options = command.options_of(program)
        if any(option.partition("=")[0] in switches for option in options):
            return True
        if program == "curl" and any(_has_insecure_letter(option) for option in options):
            return True
    line = " ".join(command.words).lower()
    return any(setting in line for setting in _SETTINGS)


def _switches_off(assignment: str) -> bool:
    name, _, value = assignment.partition("=")
    return value.strip().lower() in _VARIABLES.get(name.upper(), set())


def _has_insecure_letter(option: str) -> bool:
    """Tell whether a word such as `-sSLk` holds curl's `-k`."""
    if not option.startswith("-") or option.startswith("--"):
        return False
    for letter in option[1:]:
        if letter == "k" or letter in _CURL_WITH_VALUE:
            return letter == "k"
    return False
