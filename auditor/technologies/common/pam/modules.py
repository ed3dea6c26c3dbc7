"""What modules answer when somebody tries to log in without the right password, for the first time.

He names an ordinary local account (a user id of 1500, a shell of /etc/shells, in no special group).

Sources: "RETURN VALUES" of the manual pages of Linux-PAM 1.5.2 (1.3.1 for pam_tally2), and trials: every module of
Debian 12's libpam-modules 1.5.2 and libpam-cap 2.66 that is named here stood alone in a stack
(`tests/technologies/common/pam/test_modules.py`).

Modules of other packages of Debian 12 were tried without the server or the device that they ask: pam_sss 2.8, pam_ldap
of nslcd 0.9, pam_krb5 4.11, pam_winbind 4.17, pam_mysql 0.8, pam_pwdfile 1.0, pam_google_authenticator 20191231,
pam_oath 2.6, pam_u2f 1.1, pam_yubico 2.26, pam_radius_auth 2.0, pam_pkcs11 0.6, pam_fprintd 1.94, pam_ssh_agent_auth
0.10, pam_systemd_home 252, pam_gnome_keyring 42.1, pam_kwallet5 5.27, pam_tmpdir 0.09, pam_pwquality 1.4, pam_passwdqc
2.0. Which of their refusals they answer depends on that server, so each of them may come.

What a module that is not named here answers is not known: pam_access, pam_listfile, pam_exec, pam_duo and others answer
what a file or a program says.
"""

import re
from collections.abc import Sequence
from typing import Final

from auditor.model.numbers import is_whole_number

from .lines import Line

_REFUSED: Final = (
    "auth_err", "authinfo_unavail", "authtok_err", "maxtries", "perm_denied", "service_err", "user_unknown",
)  # fmt: skip
ANY: Final = ("success", "ignore", "new_authtok_reqd", "system_err", *_REFUSED)
"""What a module may answer of which nothing is known."""
_ASKING_A_SERVER: Final = frozenset(
    "pam_sss pam_ldap pam_krb5 pam_winbind pam_mysql pam_pwdfile pam_userdb pam_google_authenticator pam_oath pam_u2f "
    "pam_yubico pam_radius_auth pam_pkcs11 pam_fprintd pam_ssh_agent_auth pam_systemd_home".split()
)
_IGNORING: Final = frozenset({"ignore_unknown_user", "ignore_authinfo_unavail", "localifdown"})
"""Arguments of pam_sss(8), pam_ldap(8) and pam_radius_auth that turn a refusal into `ignore`."""
OPTIONAL: Final = frozenset({"nullok", "nouserok"})
"""Arguments of second factors that accept accounts without one; versions answer `ignore` or `success`."""
_MAY_BE_LEFT_OUT: Final = frozenset({"pam_google_authenticator", "pam_u2f", "pam_yubico"})
SECOND_FACTORS: Final = frozenset(
    "pam_google_authenticator pam_oath pam_u2f pam_yubico pam_duo pam_otpw pam_radius_auth pam_pkcs11".split()
)
"""Modules that ask for something else than the account's password."""
PASSWORDS: Final = frozenset(
    "pam_unix pam_sss pam_ldap pam_krb5 pam_winbind pam_mysql pam_pwdfile pam_userdb pam_systemd_home".split()
)
"""Modules that take the account's password."""
_LOOKING_AT_THE_USER: Final = frozenset("pam_succeed_if pam_usertype pam_securetty pam_localuser pam_shells".split())
_ALWAYS: Final = {
    **dict.fromkeys(("pam_unix", "pam_deny", "pam_timestamp", "pam_ftp"), "auth_err"),
    **dict.fromkeys(
        "pam_env pam_faildelay pam_group pam_issue pam_keyinit pam_mail pam_warn pam_kwallet5 pam_tmpdir".split(),
        "ignore",
    ),
    **dict.fromkeys(
        "pam_permit pam_shells pam_localuser pam_securetty pam_echo pam_gnome_keyring pam_tally pam_tally2".split(),
        "success",
    ),
    **dict.fromkeys(
        "pam_limits pam_loginuid pam_mkhomedir pam_motd pam_namespace pam_pwhistory pam_pwquality pam_passwdqc "
        "pam_setquota pam_systemd pam_time pam_tty_audit pam_umask pam_xauth".split(),
        "module_unknown",
    ),
}
"""Answers that hang on no argument; `module_unknown` is libpam's own for a module that has no part in log-ins."""
_CREDENTIALS: Final = {
    "pam_deny": "cred_err",
    **dict.fromkeys(
        "pam_access pam_echo pam_exec pam_faildelay pam_ftp pam_issue pam_sepermit pam_succeed_if pam_usertype "
        "pam_warn".split(),
        "ignore",
    ),
    **{module: result for module, result in _ALWAYS.items() if result == "module_unknown"},
}
"""What modules say of credentials; those that are not named here say success."""
_USER_ID: Final = 1500
OF_USERS: Final = frozenset("su su-l runuser runuser-l chsh chfn chpasswd newusers passwd sudo sudo-i".split())
"""Services whose program is started by the user and asks who that is; others are started by root."""


def results_for(line: Line, service: str) -> Sequence[str]:
    """Return the results that a module of an auth stack may have for him."""
    module = line.module
    if module in _ALWAYS:
        return (_ALWAYS[module],)
    if module in _ASKING_A_SERVER:
        return _refusals(line)
    match module:
        case "pam_cap":
            return "success", "ignore"  # pam_cap(8): whether capability.conf has a line for him
        case "pam_nologin":
            return ("ignore",) if line.argument("successok") is None else ("success",)
        case "pam_rootok":
            return ("auth_err",) if service in OF_USERS else ("success",)
        case "pam_faillock":
            return _failures(line.arguments)
        case "pam_usertype":
            return ("success",) if line.argument("isregular") is not None else ("auth_err",)
        case "pam_succeed_if":
            return _condition(line.arguments, is_caller_root=service not in OF_USERS)
        case "pam_wheel":
            return _group(line, is_caller_root=service not in OF_USERS)
        case _:
            return ANY


def results_with_password(line: Line, service: str, keeper: str, *, is_root: bool) -> Sequence[str]:
    """Return the results that a module may have for somebody who types the right password, and nothing more.

    Args:
        line: The module's line.
        service: The service's name.
        keeper: The module that knows the account's password: `pam_unix` for a local account, "" if none of them does.
        is_root: Whether the account is root, of whom modules that look at the user say something else.
    """
    if line.module == keeper:
        return ("success",)
    if is_root and line.module in _LOOKING_AT_THE_USER:
        return ANY
    if line.module == "pam_localuser" and keeper not in {"", "pam_unix"}:
        return ("perm_denied",)
    return results_for(line, service)


def credential_results_for(line: Line) -> Sequence[str]:
    """Return what a module of an auth stack says where it is asked for credentials and has not been asked who it is.

    That is how sshd asks behind `keyboard-interactive`: another process has called `pam_authenticate`
    (`sshpam_thread` in `auth-pam.c`, OpenSSH 9.2), so that the stack is gone through from the start.
    """
    if line.module == "pam_nologin":
        return ("ignore",) if line.argument("successok") is None else ("success",)
    return (_CREDENTIALS.get(line.module, "success"),)


def account_results_for(line: Line) -> Sequence[str]:
    """Return the results that a module of an account stack may have for him."""
    return {"pam_deny": ("auth_err",), "pam_permit": ("success",), "pam_unix": ("success",)}.get(line.module, ANY)


def _refusals(line: Line) -> Sequence[str]:
    if line.module in _MAY_BE_LEFT_OUT and any(line.argument(word) is not None for word in OPTIONAL):
        return ANY
    ignoring = any(line.argument(word) is not None for word in _IGNORING)
    return (*_REFUSED, "ignore") if ignoring else _REFUSED


def _failures(arguments: Sequence[str]) -> Sequence[str]:
    """Return what pam_faillock answers before the account is locked: `authfail` only counts (tried)."""
    modes = [word for word in arguments if word in {"preauth", "authfail", "authsucc"}]
    return ("ignore",) if modes[-1:] == ["authfail"] else ("success",)


def _group(line: Line, *, is_caller_root: bool) -> Sequence[str]:
    """Return what pam_wheel answers. It asks who started the program, and root may be in the group."""
    if line.argument("root_only") is not None:
        return ("ignore",)
    trust, deny = line.argument("trust") is not None, line.argument("deny") is not None
    member = "perm_denied" if deny else "success" if trust else "ignore"
    other = ("success" if trust else "ignore") if deny else "perm_denied"
    missing_group = "ignore" if deny else "auth_err"
    return (member, other, missing_group) if is_caller_root else (other, missing_group)


def _condition(arguments: Sequence[str], *, is_caller_root: bool) -> Sequence[str]:
    """Return what pam_succeed_if answers: all of its conditions must hold."""
    words = [word for word in arguments if not re.fullmatch(r"debug|quiet\w*|use_uid|audit", word)]
    if len(words) % 3:
        return ANY
    is_root = is_caller_root and "use_uid" in arguments
    held = [_holds(*words[place : place + 3], is_root=is_root) for place in range(0, len(words), 3)]
    if False in held:
        return ("auth_err",)
    return ("success", "auth_err", "service_err") if None in held else ("success",)


def _holds(what: str, operator: str, value: str, *, is_root: bool) -> bool | None:
    """Tell whether a condition holds, None if more than "an ordinary user, or root" has to be known."""
    if what == "user" and operator in {"=", "!="} and (value == "root" or is_root):
        return (operator == "=") == (is_root and value == "root")
    if what != "uid" or not is_whole_number(value):
        return None
    number, own = int(value), 0 if is_root else _USER_ID
    equal = is_root and number == 0
    return {
        ">=": own >= number,
        "ge": own >= number,
        ">": own > number,
        "gt": own > number,
        "<": own < number,
        "lt": own < number,
        "<=": own <= number,
        "le": own <= number,
        "=": equal,
        "eq": equal,
        "!=": not equal,
        "ne": not equal,
    }.get(operator)
