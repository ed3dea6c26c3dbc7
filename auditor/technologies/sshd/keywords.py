"""The keywords of sshd_config: their values, where they may stand, and what is in force without them.

Sources: `servconf.c` of OpenSSH 7.4 to 10.5 and sshd_config(5); defaults tried with `sshd -T` of 9.2.
"""

from enum import Enum
from typing import Final

from auditor.records import dataclass

Version = tuple[int, int]


class Kind(Enum):
    """How a value is read. Choices ignore case; a time is shown in seconds."""

    FLAG = "yes or no"
    CHOICE = "one of its choices"
    TIME = "a time"
    INTEGER = "a whole number"
    ALGORITHMS = "names of algorithms"
    WORD = "one word"
    WORDS = "words"
    RAW = "the rest of the line"
    IGNORED = "anything"


class Repeat(Enum):
    """What a second line does: nothing (the usual), add to the first, or replace it."""

    FIRST = "first"
    ADD = "add"
    LAST = "last"


@dataclass(frozen=True)
class Keyword:
    """One keyword. `in_match` tells whether a Match block may hold it, and from which version on."""

    name: str
    kind: Kind = Kind.WORD
    default: str | None = None
    in_match: bool = False
    repeat: Repeat = Repeat.FIRST
    choices: tuple[str, ...] = ()
    since: Version = (0, 0)
    in_match_since: Version = (0, 0)

    @property
    def key(self) -> str:
        return self.name.lower()


_F, _C, _T, _I, _A = Kind.FLAG, Kind.CHOICE, Kind.TIME, Kind.INTEGER, Kind.ALGORITHMS
_W, _L, _R, _X = Kind.WORD, Kind.WORDS, Kind.RAW, Kind.IGNORED
_ADD, _LAST = Repeat.ADD, Repeat.LAST
_ROOT = ("yes", "no", "prohibit-password", "forced-commands-only", "without-password")
_FORWARDING = ("yes", "no", "local", "remote", "all")
LEVELS: Final = ("QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG1", "DEBUG2", "DEBUG3")
_FACILITIES = ("DAEMON", "USER", "AUTH", "AUTHPRIV", *(f"LOCAL{n}" for n in range(8)))

_ALL = (
    Keyword("Port", _W, "22", repeat=_ADD),
    Keyword("ListenAddress", _L, None, repeat=_ADD),
    Keyword("AddressFamily", _C, "any", choices=("any", "inet", "inet6")),
    Keyword("UsePAM", _F, "no"),
    Keyword("LoginGraceTime", _T, "120"),
    Keyword("PermitRootLogin", _C, "prohibit-password", in_match=True, choices=_ROOT),
    Keyword("StrictModes", _F, "yes"),
    Keyword("MaxAuthTries", _I, "6", in_match=True),
    Keyword("MaxSessions", _I, "10", in_match=True),
    Keyword("MaxStartups", _W, "10:30:100", repeat=_LAST),
    Keyword("PubkeyAuthentication", _F, "yes", in_match=True),
    Keyword("PasswordAuthentication", _F, "yes", in_match=True),
    Keyword("KbdInteractiveAuthentication", _F, "yes", in_match=True),
    Keyword("PermitEmptyPasswords", _F, "no", in_match=True),
    Keyword("AuthenticationMethods", _L, "any", in_match=True),
    Keyword("HostbasedAuthentication", _F, "no", in_match=True),
    Keyword("IgnoreRhosts", _C, "yes", in_match=True, choices=("yes", "no", "shosts-only")),
    Keyword("IgnoreUserKnownHosts", _F, "no"),
    Keyword("HostbasedUsesNameFromPacketOnly", _F, "no", in_match=True),
    Keyword("GSSAPIAuthentication", _F, "no", in_match=True),
    Keyword("KerberosAuthentication", _F, "no", in_match=True),
    Keyword("PermitUserEnvironment", _W, "no"),
    Keyword("AuthorizedKeysFile", _L, ".ssh/authorized_keys .ssh/authorized_keys2", in_match=True),
    Keyword("AuthorizedKeysCommand", _R, "none", in_match=True),
    Keyword("AuthorizedKeysCommandUser", _W, "none", in_match=True),
    Keyword("AllowUsers", _L, None, in_match=True, repeat=_ADD),
    Keyword("DenyUsers", _L, None, in_match=True, repeat=_ADD),
    Keyword("AllowGroups", _L, None, in_match=True, repeat=_ADD),
    Keyword("DenyGroups", _L, None, in_match=True, repeat=_ADD),
    Keyword("X11Forwarding", _F, "no", in_match=True),
    Keyword("X11UseLocalhost", _F, "yes", in_match=True),
    Keyword("AllowTcpForwarding", _C, "yes", in_match=True, choices=_FORWARDING),
    Keyword("AllowStreamLocalForwarding", _C, "yes", in_match=True, choices=_FORWARDING),
    Keyword("AllowAgentForwarding", _F, "yes", in_match=True),
    Keyword("DisableForwarding", _F, "no", in_match=True),
    Keyword("GatewayPorts", _C, "no", in_match=True, choices=("yes", "no", "clientspecified")),
    Keyword("PermitTunnel", _W, "no", in_match=True, choices=("yes", "no", "point-to-point", "ethernet")),
    Keyword("PermitOpen", _L, "any", in_match=True),
    Keyword("PermitListen", _L, "any", in_match=True, since=(7, 8)),
    Keyword("PermitTTY", _F, "yes", in_match=True),
    Keyword("PermitUserRC", _F, "yes", in_match=True),
    Keyword("ForceCommand", _R, "none", in_match=True),
    Keyword("ChrootDirectory", _W, "none", in_match=True),
    Keyword("Subsystem", _L, None, in_match=True, in_match_since=(9, 5), repeat=_ADD),
    Keyword("ClientAliveInterval", _T, "0", in_match=True),
    Keyword("ClientAliveCountMax", _I, "3", in_match=True),
    Keyword("ChannelTimeout", _L, "none", in_match=True, since=(9, 2)),
    Keyword("UnusedConnectionTimeout", _W, "none", in_match=True, since=(9, 2)),
    Keyword("LogLevel", _C, "INFO", in_match=True, choices=LEVELS),
    Keyword("SyslogFacility", _C, "AUTH", choices=_FACILITIES),
    Keyword("Ciphers", _A, None),
    Keyword("MACs", _A, None),
    Keyword("KexAlgorithms", _A, None),
    Keyword("HostKeyAlgorithms", _A, None),
    Keyword("PubkeyAcceptedAlgorithms", _A, None, in_match=True),
    Keyword("HostbasedAcceptedAlgorithms", _A, None, in_match=True),
    Keyword("CASignatureAlgorithms", _A, None, in_match=True),
    Keyword("RequiredRSASize", _I, "1024", in_match=True, since=(9, 1)),
    Keyword("TCPKeepAlive", _F, "yes"),
    Keyword("UseDNS", _F, "no"),
    Keyword("PrintMotd", _F, "yes"),
    Keyword("PrintLastLog", _F, "yes"),
    Keyword("Banner", _W, "none", in_match=True),
    Keyword("Compression", _C, "yes", choices=("yes", "no", "delayed")),
    Keyword("PerSourceMaxStartups", _W, "none", repeat=_LAST, since=(8, 5)),
    Keyword("RefuseConnection", _F, "no", in_match=True, since=(9, 9)),
)
KEYWORDS: Final = {keyword.key: keyword for keyword in _ALL}

ALIASES: Final = {
    "challengeresponseauthentication": "kbdinteractiveauthentication",
    "skeyauthentication": "kbdinteractiveauthentication",
    "dsaauthentication": "pubkeyauthentication",
    "hostdsakey": "hostkey",
    "hostbasedacceptedkeytypes": "hostbasedacceptedalgorithms",
    "pubkeyacceptedkeytypes": "pubkeyacceptedalgorithms",
    "keepalive": "tcpkeepalive",
}

_MORE_GLOBAL = (
    "hostkey hostkeyagent pidfile modulifile gssapicleanupcredentials gssapistrictacceptorcheck kerberosorlocalpasswd "
    "kerberosticketcleanup kerberosgetafstoken xauthlocation persourcenetblocksize persourcepenalties "
    "persourcepenaltyexemptlist sshdsessionpath sshdauthpath hostcertificate versionaddendum fingerprinthash "
    "securitykeyprovider gssapikeyexchange gssapistorecredentialsonrekey gssapikexalgorithms debianbanner moduli"
).split()
_MORE_ANYWHERE = (
    "logverbose pubkeyauthoptions x11displayoffset rekeylimit acceptenv setenv revokedkeys trustedusercakeys "
    "authorizedprincipalsfile ipqos authorizedprincipalscommand authorizedprincipalscommanduser streamlocalbindmask "
    "streamlocalbindunlink exposeauthinfo rdomain warnweakcrypto gssapiauthentication"
).split()
_DEPRECATED_GLOBAL = (
    "pamauthenticationviakbdint serverkeybits keyregenerationinterval rhostsauthentication kerberostgtpassing "
    "afstokenpassing checkmail uselogin verifyreversemapping reversemappingcheck useprivilegeseparation protocol"
).split()
_DEPRECATED_ANYWHERE = ("rhostsrsaauthentication", "rsaauthentication", "authorizedkeysfile2")
OTHERS: Final = {
    **{name: Keyword(name, Kind.WORDS, in_match=name in _MORE_ANYWHERE) for name in _MORE_GLOBAL + _MORE_ANYWHERE},
    **{name: Keyword(name, Kind.IGNORED) for name in _DEPRECATED_GLOBAL},
    **{name: Keyword(name, Kind.IGNORED, in_match=True) for name in _DEPRECATED_ANYWHERE},
}
"""Keywords that sshd knows and no check asks for, those of Debian's GSSAPI patch among them."""
LAST_LISTED: Final[Version] = (10, 5)


GLOBAL_ALIASES: Final = frozenset({"dsaauthentication"})
"""Aliases that no Match block may hold, although it may hold what they stand for."""


def keyword_of(name: str) -> Keyword | None:
    """Return the keyword of a name in lower case, None if no version up to `LAST_LISTED` has it."""
    name = ALIASES.get(name, name)
    return KEYWORDS.get(name) or OTHERS.get(name)
