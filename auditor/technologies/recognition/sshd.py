"""Tell sshd_config and its drop-ins from ssh_config and everything else."""

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig|conf))*"
_NAME = lazy(rf"(?:.*[._-])?sshd[._-]?(?:server[._-])?conf(?:ig)?(?:[._-][\w-]*)?{_VARIANT}")
_DROP_IN = lazy(rf"(?:^|/)sshd_config\.d/[^/]+\.conf{_VARIANT}$")
_LINE = lazy(r"[ \t]*([A-Za-z][A-Za-z0-9]+)(?:[ \t]*=[ \t]*|[ \t]+)\S")
_EXPRESSION = lazy(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_ALONE = lazy(r"\s*(?:\{\{.*\}\}|\{%.*%\}|\{#.*#\})\s*")
_KEYWORDS = frozenset(
    "acceptenv addressfamily allowagentforwarding allowgroups allowstreamlocalforwarding allowtcpforwarding allowusers "
    "authenticationmethods authorizedkeyscommand authorizedkeyscommanduser authorizedkeysfile banner "
    "challengeresponseauthentication chrootdirectory ciphers clientalivecountmax clientaliveinterval compression "
    "denygroups denyusers disableforwarding dsaauthentication forcecommand gatewayports gssapiauthentication "
    "gssapicleanupcredentials "
    "hostbasedauthentication hostkey hostkeyalgorithms ignorerhosts ignoreuserknownhosts include "
    "kbdinteractiveauthentication kerberosauthentication kexalgorithms keyregenerationinterval listenaddress "
    "logingracetime loglevel macs match maxauthtries maxsessions maxstartups passwordauthentication "
    "permitemptypasswords permitopen permitrootlogin permittty permittunnel permituserenvironment pidfile port "
    "printlastlog printmotd protocol pubkeyacceptedalgorithms pubkeyacceptedkeytypes pubkeyauthentication rekeylimit "
    "requiredrsasize rhostsrsaauthentication rsaauthentication serverkeybits setenv strictmodes subsystem "
    "syslogfacility tcpkeepalive trustedusercakeys usedns usepam useprivilegeseparation versionaddendum x11forwarding "
    "x11displayoffset x11uselocalhost channeltimeout unusedconnectiontimeout persourcepenalties ipqos".split()
)
_OWN = frozenset(
    "permitrootlogin usepam maxauthtries logingracetime maxstartups allowusers allowgroups denyusers denygroups "
    "permitemptypasswords subsystem clientalivecountmax authorizedkeysfile strictmodes usedns printmotd "
    "useprivilegeseparation authorizedkeyscommand chrootdirectory forcecommand permittunnel x11displayoffset "
    "acceptenv kbdinteractiveauthentication maxsessions printlastlog allowtcpforwarding".split()
)
"""Keywords that ssh_config does not have."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file configures sshd, None if it does not."""
    in_folder = "sshd_config.d/" in path and is_drop_in(path)
    named = "sshd" in name and _NAME.fullmatch(name) is not None
    if not named and not in_folder and ("." in name or "PermitRootLogin" not in head):
        return None
    written = [_EXPRESSION.sub("x", line) for line in head.split("\n") if not _ALONE.fullmatch(line)]
    lines = [line for line in written if line.strip() and not line.lstrip().startswith("#")]
    found = [match[1].lower() for line in lines if (match := _LINE.match(line))]
    known = [keyword for keyword in found if keyword in _KEYWORDS]
    if len(known) * 3 < len(lines) * 2:
        return None
    if in_folder:
        return Recognition("a drop-in of sshd_config", 3)
    if named and (known or "PermitRootLogin" in head):
        return Recognition("named like sshd_config, with keywords of sshd", 3)
    if len(_OWN.intersection(known)) >= 3:
        return Recognition("keywords of sshd", 2)
    return None


def is_drop_in(path: str) -> bool:
    """Tell whether a path is that of a file in a folder `sshd_config.d`."""
    return _DROP_IN.search(path) is not None


TECHNOLOGY = Registered(
    "sshd",
    "OpenSSH server",
    "auditor.technologies.sshd:SSHD",
    recognise,
    words=("sshd", "openssh", "atmoz/sftp"),
    files="sshd_config and drop-ins",
    versions="7.4 to 9.9",
    compared_with="openssh-server 9.2",
)
