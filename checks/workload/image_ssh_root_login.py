r"""An image is built to let root log in through SSH with a password.

## Why it matters
root is the first name that everybody who guesses tries, and in images its password is often the one of an example. A
shell in a container also goes around every record of who deployed what.

## Bad
```text Dockerfile
FROM debian:12
RUN apt-get update && apt-get install -y openssh-server
RUN sed -i 's/#PermitRootLogin prohibit-password/PermitRootLogin yes/' /etc/ssh/sshd_config # <-
CMD ["/usr/sbin/sshd", "-D"]
```

## Bad: a line of its own
```text Dockerfile
FROM alpine:3.20
RUN apk add --no-cache openssh && ssh-keygen -A
RUN echo "PermitRootLogin yes" >> /etc/ssh/sshd_config && echo "PasswordAuthentication yes" >> /etc/ssh/sshd_config # <-
```

## Bad: a file of the folder
```text Dockerfile
FROM fedora:41
RUN echo 'permitrootlogin = yes' > /etc/ssh/sshd_config.d/01-root.conf # <-
```

## Bad: through tee
```text Dockerfile
FROM debian:12
RUN echo -e "Port 2222\nPermitRootLogin yes" | tee -a /etc/ssh/sshd_config # <-
```

## Bad: other signs around the parts
```text Dockerfile
FROM debian:12
RUN sed -ri 's|^#?PermitRootLogin\s+.*|PermitRootLogin yes|' /etc/ssh/sshd_config # <-
```

## Good
```text Dockerfile
FROM debian:12
RUN sed -i 's/#PermitRootLogin prohibit-password/PermitRootLogin no/' /etc/ssh/sshd_config
```

## Good: keys only
```text Dockerfile
FROM debian:12
RUN sed -i 's/#PermitRootLogin prohibit-password/PermitRootLogin yes/' /etc/ssh/sshd_config && \
    sed -i 's/#PasswordAuthentication yes/PasswordAuthentication no/' /etc/ssh/sshd_config
```

## Good: taken back
```text Dockerfile
FROM debian:12
RUN sed -i 's/#PermitRootLogin prohibit-password/PermitRootLogin yes/' /etc/ssh/sshd_config
RUN sed -i 's/PermitRootLogin yes/PermitRootLogin no/' /etc/ssh/sshd_config
```

## Good: another line
```text Dockerfile
FROM debian:12
RUN sed -i 's/PermitRootLogin yes/PermitRootLogin no/' /etc/ssh/sshd_config && echo "# PermitRootLogin yes" >> /etc/ssh/sshd_config
```

## Good: in a stage that is not a part of the image
```text Dockerfile
FROM debian:12 AS test
RUN echo "PermitRootLogin yes" >> /etc/ssh/sshd_config
FROM debian:12
```

## Fix
Use `docker exec` or `kubectl exec`, which ask who it is. Where SSH has to be:
```dockerfile
RUN printf 'PermitRootLogin no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n' \
    > /etc/ssh/sshd_config.d/10-login.conf
```

## References
- sshd_config(5), OpenSSH 9.2, PermitRootLogin: https://man.openbsd.org/sshd_config#PermitRootLogin
"""

import re
from collections.abc import Iterator, Sequence

from auditor.api import (
    HIGH,
    MEDIUM,
    Confidence,
    Control,
    Diagnostic,
    ImageBuild,
    Location,
    Severity,
    check,
    fail,
    known,
    lazy,
)

from ._shell import Command, commands

_SETTING = lazy(r"[ \t]*(PermitRootLogin|PasswordAuthentication)[ \t=]+\"?(\w[\w-]*)", re.IGNORECASE)
_PARTS = 3


@check("image-ssh-root-login", severity=HIGH, control=Control.AUTHENTICATION, also=(Control.AUTHORIZATION,), cwe=250)
def image_ssh_root_login(build: ImageBuild) -> Iterator[Diagnostic]:
    if any(isinstance(copy.value, str) and copy.value.endswith("sshd_config") for copy in build.copies):
        return  # the copied file is judged itself
    found: dict[str, tuple[str, Location]] = {}
    has_password = False
    for line in build.kept_commands:
        row = commands(known(line.value))
        for command, after in zip(row, (*row[1:], None), strict=False):
            has_password = has_password or command.program == "chpasswd"
            piped = after.words if after is not None and command.operator == "|" else ()
            for name, value in _settings(command, (*command.words, *piped)):
                found[name] = value, line.at
    value, at = found.get("permitrootlogin", ("", build.at))
    if value == "yes" and found.get("passwordauthentication", ("yes", at))[0] == "yes":
        severity: Severity = HIGH if has_password else MEDIUM
        yield fail(
            "root may log in through SSH with a password",
            at=at,
            severity=severity,
            confidence=Confidence.MEDIUM,  # what else stands in the file is the image's own
            expected="PermitRootLogin no",
        )


def _settings(command: Command, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the keywords with their values that a command writes into a file of sshd, which is among the words."""
    if not any("/sshd_config" in word for word in words):
        return
    if command.program in {"echo", "printf"}:
        written = [word for word in command.options_of(command.program) if not word.startswith("-")]
        texts = " ".join(written).replace("\\n", "\n").split("\n")
    elif command.program == "sed":
        texts = [text for word in command.words for text in _replacements(word)]
    else:
        return
    for text in texts:
        match = _SETTING.match(text)
        if match is not None:
            yield match[1].lower(), match[2].lower()


def _replacements(word: str) -> Iterator[str]:
    """Yield what the commands `s/…/…/` of a sed script put in."""
    for script in word.split(";"):
        text = script.strip()
        if len(text) > _PARTS and text[0] == "s" and not text[1].isalnum() and not text[1].isspace():
            parts = text[1:].split(text[1])
            if len(parts) > _PARTS:
                yield parts[2]
