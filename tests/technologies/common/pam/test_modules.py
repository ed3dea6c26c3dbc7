"""What modules answer, compared with those of this machine."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.model.source import Source
from auditor.technologies.common.pam.lines import Line, read_lines
from auditor.technologies.common.pam.modules import OF_USERS, account_results_for, credential_results_for, results_for

ASKING = Path(__file__).with_name("asking.py")
EVERYWHERE = (
    "pam_access.so", "pam_cap.so", "pam_deny.so", "pam_echo.so", "pam_env.so", "pam_exec.so /bin/false",
    "pam_exec.so /bin/true", "pam_faildelay.so delay=10", "pam_faillock.so", "pam_faillock.so authfail",
    "pam_faillock.so authfail deny=0", "pam_faillock.so authsucc", "pam_faillock.so preauth",
    "pam_faillock.so preauth authfail", "pam_faillock.so authfail preauth", "pam_ftp.so", "pam_group.so",
    "pam_issue.so", "pam_keyinit.so", "pam_lastlog.so", "pam_limits.so", "pam_listfile.so item=user sense=allow",
    "pam_localuser.so", "pam_loginuid.so", "pam_mail.so", "pam_mkhomedir.so", "pam_motd.so", "pam_namespace.so",
    "pam_nologin.so", "pam_nologin.so successok", "pam_permit.so", "pam_pwhistory.so", "pam_rhosts.so", "pam_rootok.so",
    "pam_securetty.so", "pam_securetty.so noconsole", "pam_sepermit.so", "pam_setquota.so", "pam_shells.so",
    "pam_succeed_if.so", "pam_succeed_if.so uid != 0", "pam_succeed_if.so uid < 1000", "pam_succeed_if.so uid <= 1000",
    "pam_succeed_if.so uid > 1000 quiet", "pam_succeed_if.so uid >= 1000", "pam_succeed_if.so uid >= 2000",
    "pam_succeed_if.so uid >= 1000 user != root", "pam_succeed_if.so uid >= 1000 user = root",
    "pam_succeed_if.so uid eq 0", "pam_succeed_if.so uid ge 1000 uid lt 1400", "pam_succeed_if.so uid ne 0",
    "pam_succeed_if.so uid", "pam_succeed_if.so use_uid uid = 0", "pam_succeed_if.so use_uid uid >= 1000",
    "pam_succeed_if.so use_uid user = root", "pam_succeed_if.so use_uid user != root",
    "pam_succeed_if.so user = tester", "pam_succeed_if.so user ingroup root", "pam_systemd.so", "pam_time.so",
    "pam_timestamp.so", "pam_tty_audit.so", "pam_umask.so", "pam_unix.so", "pam_unix.so nullok",
    "pam_unix.so use_first_pass", "pam_userdb.so db=/nonexistent", "pam_usertype.so isregular", "pam_usertype.so issystem",
    "pam_warn.so", "pam_wheel.so", "pam_wheel.so deny", "pam_wheel.so deny group=shadow", "pam_wheel.so deny trust",
    "pam_wheel.so group=nosuch", "pam_wheel.so deny group=nosuch", "pam_wheel.so root_only", "pam_wheel.so trust",
    "pam_wheel.so trust group=shadow", "pam_wheel.so use_uid", "pam_xauth.so",
)  # fmt: skip
QUESTIONS = [(service, "auth", line) for line in EVERYWHERE for service in ("sshd", "su")] + [
    ("sshd", "account", line) for line in ("pam_deny.so", "pam_permit.so", "pam_unix.so")
]
CREDENTIALS = [
    ("sshd", "credentials", line)
    for line in (*EVERYWHERE, "pam_google_authenticator.so", "pam_google_authenticator.so nullok", "pam_oath.so")
]
ALL = QUESTIONS + CREDENTIALS


def parsed(kind: str, line: str) -> Line:
    kind = "account" if kind == "account" else "auth"
    (found,) = read_lines(Source(path="etc/pam.d/test", text=f"{kind} required {line}\n")).lines
    return found


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, str, str], str]:
    """The real answers; a service that users start is asked by one of them."""
    unshare = shutil.which("unshare")
    if os.geteuid() != 0 or unshare is None:
        pytest.skip("modules are asked as root, in a mount namespace")
    if not has_modules():
        pytest.skip("libpam 1.4 and its modules are not installed")
    questions = [(*question, 1500 if question[0] in OF_USERS else 0) for question in ALL]
    command = [unshare, "--mount", "--propagation", "private", sys.executable, "-B", str(ASKING)]
    asked = subprocess.run(
        command, input=json.dumps(questions), capture_output=True, text=True, check=False, timeout=120
    )
    assert asked.returncode == 0, asked.stderr[-2000:]
    return dict(zip(ALL, json.loads(asked.stdout), strict=True))


def has_modules() -> bool:
    return any(Path("/usr/lib").glob("*/security/pam_usertype.so"))


def is_present(line: str) -> bool:
    return any(Path("/usr/lib").glob(f"*/security/{line.split(maxsplit=1)[0]}"))


@pytest.mark.server
@pytest.mark.parametrize(
    ("service", "kind", "line"), [question for question in ALL if is_present(question[2]) or not has_modules()]
)
def test_a_module_answers_what_we_say(
    answers: dict[tuple[str, str, str], str], service: str, kind: str, line: str
) -> None:
    asked = parsed(kind, line)
    ours = {
        "auth": lambda: results_for(asked, service),
        "account": lambda: account_results_for(asked),
        "credentials": lambda: credential_results_for(asked),
    }
    assert answers[service, kind, line] in ours[kind]()


def test_modules_that_ask_a_server_refuse_in_one_way_or_another() -> None:
    for module in ("pam_sss", "pam_ldap", "pam_krb5"):
        ours = results_for(parsed("auth", f"{module}.so use_first_pass"), "sshd")
        assert {"auth_err", "user_unknown", "authinfo_unavail"} <= set(ours)
        assert not {"success", "ignore"} & set(ours)


@pytest.mark.parametrize("line", ["pam_house.so", "pam_duo.so", "pam_google_authenticator.so nullok", "pam_exec.so /x"])
def test_what_is_not_known_may_be_anything(line: str) -> None:
    assert {"success", "ignore", "auth_err"} <= set(results_for(parsed("auth", line), "sshd"))
