"""How images start sshd: the configuration they bring and the environment variables they read.

Sources: linuxserver/docker-openssh-server (`init-openssh-server-config/run` and `svc-openssh-server/run`, 2024) on
Alpine's `sshd_config`; atmoz/sftp (`files/entrypoint`, `files/create-sftp-user`, `files/sshd_config`).
"""

import re

from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .keywords import Version

_LINUXSERVER = "linuxserver/openssh-server"
_ATMOZ = "atmoz/sftp"
_USER = lazy(r"[^:\s]+:([^:]*)(?::.*)?")
_WRITTEN_PASSWORD = lazy(r"^PasswordAuthentication\b.*$", re.M)


@dataclass(frozen=True, kw_only=True)
class Image:
    """What an image's start script makes of its environment.

    `before` is configuration that comes first, `text` the file it starts with unless another one is mounted at `path`.
    """

    path: str
    text: str
    before: str = ""
    version: Version | None = None
    have_passwords: bool | Unknown = True
    sudo: Location | None = None


def image_of(workload: Workload, view: FileView) -> Image | None:
    """Return what is known of a workload's image, None if it is not one that starts sshd."""
    repository = (workload.image_repository or "").removeprefix("lscr.io/")
    if repository == _LINUXSERVER and not workload.is_built:
        return _linuxserver(workload)
    if repository == _ATMOZ and not workload.is_built:
        return _atmoz(workload, view)
    return None


def _value(workload: Workload, name: str) -> str | Unknown:
    variable = workload.environment.get(name)
    if variable is not None:
        return variable.value
    return Unknown(workload.environment_open) if workload.environment_open else ""


def _linuxserver(workload: Workload) -> Image:
    access, user = _value(workload, "PASSWORD_ACCESS"), _value(workload, "USER_NAME")
    port = _value(workload, "LISTEN_PORT")
    lines = [
        f"Port {port}" if isinstance(port, str) and is_whole_number(port) else "Port 2222",
        "AuthorizedKeysFile .ssh/authorized_keys",
        "AllowTcpForwarding no",
        "GatewayPorts no",
        "X11Forwarding no",
        "Subsystem sftp /usr/lib/ssh/sftp-server",
        # sshd runs as this user and can become no other one.
        f"AllowUsers {(user or 'linuxserver.io') if isinstance(user, str) else '${USER_NAME}'}",
    ]
    before = f"PasswordAuthentication {'yes' if access == 'true' else 'no'}"
    if isinstance(access, Unknown):
        before = "PasswordAuthentication ${PASSWORD_ACCESS}"
    sudo = workload.environment.get("SUDO_ACCESS")
    has_password = any(name in workload.environment for name in ("USER_PASSWORD", "USER_PASSWORD_FILE"))
    is_open = sudo is not None and sudo.value == "true" and not has_password and workload.environment_open is None
    match = re.match(r"(?:version-)?(\d{1,2})\.(\d{1,2})_p\d", workload.image_tag or "")
    return Image(
        path="/config/sshd/sshd_config",
        text="\n".join(lines),
        before=before,
        version=(int(match[1]), int(match[2])) if match else None,
        sudo=sudo.at if sudo is not None and is_open else None,
    )


def _atmoz(workload: Workload, view: FileView) -> Image:
    lines = (
        "UseDNS no", "PermitRootLogin no", "X11Forwarding no", "AllowTcpForwarding no",
        "Subsystem sftp internal-sftp", "ForceCommand internal-sftp", "ChrootDirectory %h",
    )  # fmt: skip
    return Image(path="/etc/ssh/sshd_config", text="\n".join(lines), have_passwords=_atmoz_passwords(workload, view))


def _atmoz_passwords(workload: Workload, view: FileView) -> bool | Unknown:
    """Tell whether one of the users has a password: those of the command, of SFTP_USERS and of the mounted file."""
    texts: list[str | Unknown] = [word.value for word in workload.command or ()]
    texts.append(_value(workload, "SFTP_USERS"))
    for path in ("/etc/sftp/users.conf", "/etc/sftp-users.conf"):
        found = view.open(path)
        if found is not None:
            texts.append(found if isinstance(found, Unknown) else found.text)
    users = [match for text in texts if isinstance(text, str) for match in map(_USER.fullmatch, text.split()) if match]
    if any(user[1] for user in users):
        return True
    return next((text for text in texts if isinstance(text, Unknown)), False)


def with_password_line(text: str, before: str) -> str:
    """Return a mounted file as the start script of linuxserver's image leaves it: its own line in place of others."""
    return _WRITTEN_PASSWORD.sub(before, text) if before else text
