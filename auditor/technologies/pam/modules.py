"""What modules answer when somebody tries to log in with a wrong password.

He names an ordinary local account (a user id of 1500) and is in no special group. Sources: the manual pages of
Linux-PAM 1.5 ("RETURN VALUES"); pam_rootok(8) asks for the user of the calling program, which is root in a daemon.
"""

import re
from collections.abc import Sequence
from typing import Final

from .document import Line

PASSWORD: Final = frozenset(
    "pam_unix pam_unix_auth pam_sss pam_ldap pam_krb5 pam_winbind pam_systemd_home pam_mysql pam_pgsql pam_pwdfile "
    "pam_google_authenticator pam_oath pam_u2f pam_yubico pam_radius_auth pam_tacplus pam_pkcs11 pam_fprintd pam_duo "
    "pam_userdb pam_heimdal pam_deny pam_ssh_agent_auth pam_wheel".split()
)
"""Those that fail him, pam_deny among them."""
_IGNORED: Final = frozenset(
    "pam_env pam_faildelay pam_cap pam_group pam_nologin pam_warn pam_echo pam_securetty pam_keyinit pam_limits "
    "pam_motd pam_gnome_keyring pam_kwallet5 pam_kwallet".split()
)
_PASSED: Final = frozenset({"pam_permit", "pam_shells", "pam_localuser", "pam_tally", "pam_tally2"})
_USER_ID: Final = 1500
OF_USERS: Final = frozenset("su su-l runuser runuser-l chsh chfn chpasswd newusers passwd sudo sudo-i".split())
"""Services whose program is started by the user and asks who that is."""
BOTH: Final = ("success", "auth_err")


def results_for(line: Line, service: str) -> Sequence[str]:
    """Return the results that a module of an auth stack may have for him."""
    module = line.module
    if module == "pam_nologin" and line.argument("successok") is not None:
        return ("success",)
    if module in PASSWORD:
        return ("perm_denied",) if module == "pam_wheel" else ("auth_err",)
    if module in _IGNORED:
        return ("ignore",)
    if module in _PASSED:
        return ("success",)
    if module == "pam_rootok":
        return ("auth_err",) if service in OF_USERS else ("success",)
    if module == "pam_faillock":
        if line.argument("authsucc") is not None:
            return BOTH
        return ("success",) if line.argument("preauth") is not None else ("auth_err",)
    if module == "pam_usertype":
        return ("success",) if line.argument("isregular") is not None else ("auth_err",)
    if module == "pam_succeed_if":
        return _condition(line.arguments)
    return BOTH


def _condition(arguments: Sequence[str]) -> Sequence[str]:
    """Return what pam_succeed_if answers where it looks at the user's number only."""
    words = [word for word in arguments if not re.fullmatch(r"debug|quiet\w*|use_uid|audit", word)]
    if len(words) != 3 or words[0] != "uid" or not words[2].isdigit():
        return BOTH
    number = int(words[2])
    holds = {
        ">=": number <= _USER_ID,
        ">": number < _USER_ID,
        "<": number > _USER_ID,
        "<=": number >= _USER_ID,
        "=": False,
        "eq": False,
        "ne": True,
        "ge": number <= _USER_ID,
        "gt": number < _USER_ID,
        "lt": number > _USER_ID,
        "le": number >= _USER_ID,
    }.get(words[1])
    if holds is None:
        return BOTH
    return ("success",) if holds else ("auth_err",)
