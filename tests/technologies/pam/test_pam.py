"""Files of pam.d, and what modules answer to a wrong password."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.pam import PAM, PamService, PasswordRules, shortest
from auditor.technologies.recognition.pam import recognise


def service(name: str, **files: str) -> PamService:
    tree = {f"etc/pam.d/{key.replace('_', '-')}": text for key, text in files.items()}
    facts = take_estate(MemoryTree(tree)).facts
    (found,) = (fact for fact in facts if isinstance(fact, PamService) and fact.name == name)
    return found


RED_HAT = """
auth        required      pam_env.so
auth        required      pam_faildelay.so delay=2000000
auth        [default=1 ignore=ignore success=ok] pam_usertype.so isregular
auth        [default=1 ignore=ignore success=ok] pam_localuser.so
auth        sufficient    pam_unix.so nullok
auth        [default=1 ignore=ignore success=ok] pam_usertype.so isregular
auth        sufficient    pam_sss.so forward_pass
auth        required      pam_deny.so
"""


def test_the_stack_of_red_hat_keeps_people_out() -> None:
    found = service("system-auth", system_auth=RED_HAT)
    assert found.log_in.lets_anyone_in is False
    assert found.log_in.locks is False


def test_without_its_last_line_nothing_has_said_yes_but_a_look_at_the_user() -> None:
    text = RED_HAT.replace("auth        required      pam_deny.so\n", "")
    assert service("system-auth", system_auth=text).log_in.lets_anyone_in is True


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("auth required pam_unix.so", False),
        ("auth sufficient pam_unix.so", False),
        ("auth sufficient pam_unix.so\nauth required pam_permit.so", True),
        ("auth sufficient pam_unix.so\nauth requisite pam_succeed_if.so uid >= 1000 quiet", True),
        ("auth sufficient pam_unix.so\nauth requisite pam_succeed_if.so uid < 1000 quiet", False),
        ("auth [success=1 default=ignore] pam_unix.so\nauth requisite pam_deny.so\nauth required pam_permit.so", False),
        ("auth [success=2 default=ignore] pam_unix.so\nauth required pam_permit.so", True),
        ("auth required /lib/security/pam_permit.so", True),
        ("-auth sufficient pam_permit.so\nauth required pam_deny.so", True),
        ("auth optional pam_permit.so\nauth required pam_deny.so", False),
        ("auth optional pam_permit.so", True),
        ("auth required pam_tally2.so\nauth sufficient pam_unix.so", True),
        ("auth required pam_env.so\nauth sufficient pam_unix.so", False),
        ("auth sufficient pam_unix.so\nauth optional pam_gnome_keyring.so", True),
        ("auth sufficient pam_unix.so\nauth required pam_securetty.so", True),
        ("auth sufficient pam_unix.so\nauth required pam_faillock.so authfail", False),
        ("auth [success=1 authinfo_unavail=ignore default=die] pam_sss.so\nauth required pam_deny.so", False),
        ("auth sufficient pam_permit.so\naccount required pam_deny.so", False),
        ("auth sufficient pam_permit.so\naccount required pam_access.so", True),
        ("auth sufficient pam_permit.so\naccount sufficient pam_permit.so\naccount required pam_deny.so", True),
    ],
)
def test_who_gets_in(text: str, answer: bool) -> None:
    assert service("sshd", sshd=text + "\n").log_in.lets_anyone_in is answer


def test_a_module_that_is_not_known_leaves_the_answer_open() -> None:
    assert isinstance(
        service("sshd", sshd="auth sufficient pam_house.so\nauth required pam_deny.so\n").log_in.lets_anyone_in, Unknown
    )
    assert (
        service("sshd", sshd="auth required pam_deny.so\nauth required pam_house.so\n").log_in.lets_anyone_in is False
    )


@pytest.mark.parametrize("end", ["auth required pam_permit.so", "auth requisite pam_deny.so"])
def test_which_refusal_a_server_gives_may_decide(end: str) -> None:
    text = f"auth [user_unknown=ignore success=1 default=die] pam_ldap.so\n{end}\n"
    answer = service("sshd", sshd=text).log_in.lets_anyone_in
    assert (answer is False) if "deny" in end else isinstance(answer, Unknown)


LOCKING = "auth required pam_faillock.so preauth{}\nauth sufficient pam_unix.so\nauth required pam_deny.so\n"


@pytest.mark.parametrize(
    ("arguments", "file", "locks"),
    [
        ("", None, True),
        ("", "unlock_time = 60\n", True),
        ("", "deny = 0\n", False),
        ("", "deny 0 # nobody\n", False),
        ("", "deny = 0\ndeny = 3\n", True),
        ("", "deny = x\n", True),
        (" deny=5", "deny = 0\n", True),
        (" deny=0", "deny = 5\n", False),
        (" conf=/etc/security/faillock.conf", "deny = 0\n", False),
    ],
)
def test_where_the_limit_of_failures_stands(arguments: str, file: str | None, locks: bool) -> None:
    files = {"etc/pam.d/system-auth": LOCKING.format(arguments)}
    if file is not None:
        files["etc/security/faillock.conf"] = file
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, PamService))
    assert found.log_in.locks is locks


def test_a_file_of_limits_elsewhere_is_not_known() -> None:
    found = service("system-auth", system_auth=LOCKING.format(" conf=/srv/faillock.conf"))
    assert isinstance(found.log_in.locks, Unknown)


@pytest.mark.parametrize(
    ("arguments", "locks"), [("", False), (" deny=0", False), (" deny=5", True), (" lock_time=3", True)]
)
def test_the_older_counter_locks_nobody_by_itself(arguments: str, locks: bool) -> None:
    text = f"auth required pam_tally2.so{arguments}\nauth required pam_unix.so\n"
    assert service("system-auth", system_auth=text).log_in.locks is locks


def rules(**files: str) -> PasswordRules:
    names = {"main": "pwquality.conf", "first": "pwquality.conf.d/10.conf", "second": "pwquality.conf.d/20.conf"}
    tree = {f"etc/security/{names[key]}": text for key, text in files.items()}
    (found,) = (fact for fact in take_estate(MemoryTree(tree)).facts if isinstance(fact, PasswordRules))
    return found


@pytest.mark.parametrize(
    ("files", "length"),
    [
        ({"main": "minlen = 10\n", "first": "minlen = 20\n"}, 10),
        ({"main": "# minlen = 8\n", "first": "minlen = 20\n", "second": "minlen = 30\n"}, 30),
        ({"main": "difok = 1\n", "first": "minlen = 20\n", "second": "difok = 2\n"}, 20),
        ({"main": "difok = 1\n"}, 8),
        ({"first": "minlen = 20\n"}, 20),
    ],
)
def test_the_main_file_is_read_after_its_drop_ins(files: dict[str, str], length: int) -> None:
    assert rules(**files).number("minlen", 8) == length


@pytest.mark.parametrize(
    ("line", "length"),
    [
        ("pam_pwquality.so minlen=3", 6),
        ("pam_pwquality.so minlen=14", 14),
        ("pam_pwquality.so", None),
        ("pam_unix.so minlen=3", 3),
        ("pam_unix.so", 6),
    ],
)
def test_the_length_of_a_line(line: str, length: int | None) -> None:
    found = service("common-password", common_password=f"password required {line}\n")
    assert shortest(found.own[0]) == length


def test_a_drop_in_without_its_main_file_does_not_say_what_it_leaves_out() -> None:
    assert isinstance(rules(first="difok = 2\n").number("minlen", 8), Unknown)


def test_a_file_that_is_not_scanned_leaves_the_answer_open() -> None:
    assert isinstance(service("sshd", sshd="@include common-auth\n").log_in.lets_anyone_in, Unknown)


def test_an_include_of_one_kind_leaves_the_others_known() -> None:
    text = "auth include base-auth\naccount include base-account\nsession include base-session\n"
    found = service("sshd", sshd=text, base_auth="auth required pam_unix.so\n")
    assert found.log_in.locks is False
    assert found.unknown_lines("auth") == ""
    assert found.unknown_lines("session") != ""


def test_files_that_include_each_other_come_to_an_end() -> None:
    found = service("sshd", sshd="@include login\nauth required pam_deny.so\n", login="@include sshd\n")
    assert isinstance(found.log_in.lets_anyone_in, Unknown)


def test_a_line_goes_on_behind_a_backslash() -> None:
    text = "auth [success=1 \\\n default=ignore] pam_unix.so\nauth requisite pam_deny.so\nauth required pam_permit.so\n"
    assert service("sshd", sshd=text).log_in.lets_anyone_in is False


def test_comments_behind_a_line() -> None:
    found = service("sshd", sshd="auth required pam_unix.so # nullok\n")
    assert found.lines("auth", "pam_unix")[0].argument("nullok") is None


def test_a_length_that_stands_in_a_file_elsewhere() -> None:
    text = "password requisite pam_pwquality.so retry=3\n"
    assert not service("common-password", common_password=text).has_quality_file
    files = {"etc/pam.d/common-password": text, "etc/security/pwquality.conf": "minlen = 14\n"}
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, PamService))
    assert found.has_quality_file


def test_settings_of_login_defs() -> None:
    files = {"etc/login.defs": "# ENCRYPT_METHOD DES\nUID_MIN\t\t1000\nENCRYPT_METHOD SHA512\n"}
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, PasswordRules))
    assert found.value("ENCRYPT_METHOD") == "SHA512"
    assert found.number("UID_MIN", 0) == 1000


def test_the_stacks_of_debian_keep_people_out() -> None:
    folder = Path("/etc/pam.d")
    if not (folder / "common-auth").exists():
        pytest.skip("this is no Debian")
    files = {f"etc/pam.d/{path.name}": path.read_text() for path in folder.iterdir() if path.is_file()}
    facts = take_estate(MemoryTree(files)).facts
    found = [fact for fact in facts if isinstance(fact, PamService) and fact.is_for_log_ins]
    assert {fact.name for fact in found} >= {"common-auth", "login", "su"}
    assert all(fact.log_in.lets_anyone_in is not True for fact in found)


@pytest.mark.parametrize(
    ("path", "text", "ours"),
    [
        ("etc/pam.d/sshd", "@include common-auth\n", True),
        ("roles/x/templates/pam.d/sshd.j2", "auth required pam_unix.so\n", True),
        ("files/common-auth", "auth required pam_unix.so\n", True),
        ("etc/security/pwquality.conf", "# minlen = 8\n", True),
        ("etc/security/pwquality.conf.d/10-length.conf", "minlen = 14\n", True),
        ("etc/security/pwquality.conf.d/README", "minlen = 14\n", False),
        ("etc/security/other.conf.d/10-length.conf", "minlen = 14\n", False),
        ("etc/login.defs", "UMASK 022\n", True),
        ("src/common-types.ts", "auth required pam_unix.so\n", False),
        ("etc/pam.d/README", "a text\n", False),
        ("docs/basic-auth.md", "auth required x\n", False),
    ],
)
def test_recognition(path: str, text: str, ours: bool) -> None:
    assert (recognise(path.rpartition("/")[2].lower(), path, text) is not None) is ours


@given(st.text(alphabet="auth requisd[=1]pam_.so\\#@{%}\n-", max_size=150))
def test_no_text_is_too_strange(text: str) -> None:
    for path in ("etc/pam.d/sshd", "etc/login.defs", "etc/security/pwquality.conf"):
        PAM.parse(Source(path=path, text=text))
    tree = MemoryTree({"etc/pam.d/sshd": "auth required pam_deny.so\n" + text})
    for fact in take_estate(tree).facts:
        if isinstance(fact, PamService):
            assert fact.log_in.lets_anyone_in in (True, False) or isinstance(fact.log_in.lets_anyone_in, Unknown)
