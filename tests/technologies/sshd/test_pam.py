"""An SSH server with the files of PAM that it asks: which files those are, and who gets in."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine import run
from auditor.model.unknown import Unknown
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.common.pam.lines import Line
from auditor.technologies.common.pam.stack import Step, answers
from auditor.technologies.sshd import Sshd

OPEN = "auth sufficient pam_permit.so\naccount required pam_unix.so\n"
PASSWORD = "auth required pam_unix.so\naccount required pam_unix.so\n"
CODE = "auth required pam_unix.so\nauth required pam_google_authenticator.so\naccount required pam_unix.so\n"
DOCKERFILE = 'FROM debian:12\nCOPY sshd_config /etc/ssh/\nCOPY login /etc/pam.d/sshd\nCMD ["/usr/sbin/sshd", "-D"]\n'
CONFIG_MAP = """
apiVersion: v1
kind: ConfigMap
metadata: {name: ssh}
data:
  sshd_config: |
    UsePAM yes
  login: |
    auth sufficient pam_permit.so
    account required pam_unix.so
---
apiVersion: v1
kind: Pod
metadata: {name: bastion}
spec:
  containers:
  - name: ssh
    image: registry.example/ssh:1
    command: ["/usr/sbin/sshd", "-D"]
    volumeMounts:
    - {name: files, mountPath: /etc/ssh/sshd_config, subPath: sshd_config}
    - {name: files, mountPath: /etc/pam.d/sshd, subPath: login}
  volumes:
  - {name: files, configMap: {name: ssh}}
"""


def server(files: dict[str, str]) -> Sshd:
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Sshd))
    return found


def findings(files: dict[str, str]) -> dict[str, list[str]]:
    """Return the places of the findings about who gets in, by check."""
    checks = [each for each in load_packs([]).checks if each.id.startswith(("sshd-", "pam-"))]
    found: dict[str, list[str]] = {}
    for outcome in run(checks, take_estate(MemoryTree(files)).facts):
        assert outcome.error is None
        for failure in outcome.failures:
            found.setdefault(outcome.check.id, []).append(str(failure.at))
    return found


@pytest.mark.parametrize(
    ("config", "stack"),
    [
        ("etc/ssh/sshd_config", "etc/pam.d/sshd"),
        ("hosts/archive/etc/ssh/sshd_config", "hosts/archive/etc/pam.d/sshd"),
        ("roles/ssh/templates/etc/ssh/sshd_config.j2", "roles/ssh/templates/etc/pam.d/sshd.j2"),
        ("roles/ssh/files/ssh/sshd_config", "roles/ssh/files/pam.d/sshd"),
        ("roles/ssh/files/sshd_config", "roles/ssh/files/pam.d/sshd"),
    ],
)
def test_the_stack_of_the_same_host(config: str, stack: str) -> None:
    files = {config: "UsePAM yes\n", stack: OPEN}
    found = findings(files)
    assert found["sshd-pam-lets-anyone-in"] == [f"{stack}:1"]
    assert "pam-lets-anyone-in" not in found
    assert not {"sshd-password-login", "sshd-password-through-pam", "sshd-empty-passwords"} & set(found)


def test_the_stack_of_another_host_says_nothing() -> None:
    files = {"hosts/a/etc/ssh/sshd_config": "UsePAM yes\n", "hosts/b/etc/pam.d/sshd": OPEN}
    assert server(files).everyone.pam is None
    assert server(files).everyone.lets_anyone_in is False
    assert findings(files)["pam-lets-anyone-in"] == ["hosts/b/etc/pam.d/sshd:1"]


def test_the_stack_of_an_image() -> None:
    files = {"Dockerfile": DOCKERFILE, "sshd_config": "UsePAM yes\n", "login": OPEN}
    assert findings(files)["sshd-pam-lets-anyone-in"] == ["login:1"]


def test_the_stack_of_a_config_map() -> None:
    assert findings({"pod.yaml": CONFIG_MAP})["sshd-pam-lets-anyone-in"] == ["pod.yaml:9"]


def test_the_stack_of_the_unit_that_starts_it() -> None:
    unit = "[Service]\nExecStart=/usr/sbin/sshd -D\n"
    files = {"etc/systemd/system/ssh.service": unit, "etc/ssh/sshd_config": "UsePAM yes\n", "etc/pam.d/sshd": CODE}
    assert server(files).everyone.password_is_enough is False


def test_a_program_of_another_name_asks_another_service() -> None:
    unit = "[Service]\nExecStart=/usr/sbin/sshd.pam -D\n"
    files = {"etc/systemd/system/ssh.service": unit, "etc/ssh/sshd_config": "UsePAM yes\n", "etc/pam.d/sshd": OPEN}
    assert server(files).everyone.pam is None


def test_an_included_file_that_is_not_scanned_leaves_the_answer_open() -> None:
    files = {"etc/ssh/sshd_config": "UsePAM yes\n", "etc/pam.d/sshd": "@include common-auth\n"}
    session = server(files).everyone
    assert isinstance(session.lets_anyone_in, Unknown)
    assert session.password_is_enough is True  # assumed, as where no file of PAM is scanned


def test_a_second_factor_beside_a_file_that_is_not_scanned() -> None:
    stack = "@include common-auth\nauth required pam_google_authenticator.so\n"
    session = server({"etc/ssh/sshd_config": "UsePAM yes\n", "etc/pam.d/sshd": stack}).everyone
    assert isinstance(session.password_is_enough, Unknown)


def test_a_module_that_is_not_known_leaves_open_whether_a_password_is_asked() -> None:
    stack = "auth required pam_python.so /usr/local/bin/device.py\n@include common-account\n"
    files = {
        "etc/ssh/sshd_config": "UsePAM yes\nPasswordAuthentication no\nPermitRootLogin yes\n",
        "etc/pam.d/sshd": stack,
    }
    answer = server(files).everyone.password_is_enough
    assert isinstance(answer, Unknown)
    assert "pam_python" in answer.reason
    assert not {"sshd-password-through-pam", "sshd-root-login"} & set(findings(files))


def test_a_key_is_needed_whatever_a_module_answers() -> None:
    config = "UsePAM yes\nPasswordAuthentication no\nAuthenticationMethods publickey,keyboard-interactive:pam\n"
    session = server({"etc/ssh/sshd_config": config, "etc/pam.d/sshd": "auth required pam_opie.so\n"}).everyone
    assert session.password_is_enough is False
    assert session.lets_anyone_in is False


def test_what_comes_before_a_file_that_is_not_scanned_may_decide() -> None:
    stack = "auth sufficient pam_permit.so\n@include common-auth\naccount required pam_unix.so\n"
    assert server({"etc/ssh/sshd_config": "UsePAM yes\n", "etc/pam.d/sshd": stack}).everyone.lets_anyone_in is True


@pytest.mark.parametrize(
    ("config", "stack", "enough"),
    [
        ("UsePAM yes", PASSWORD, True),
        ("UsePAM yes", CODE, False),
        ("UsePAM no", CODE, True),
        ("UsePAM yes\nPasswordAuthentication no", PASSWORD, True),
        ("UsePAM yes\nPasswordAuthentication no", "auth required pam_oath.so\n", False),
        ("UsePAM yes", "auth required pam_deny.so\n", False),
        ("UsePAM yes", "auth sufficient pam_sss.so\nauth required pam_deny.so\n", True),
        ("UsePAM yes\nAuthenticationMethods password,keyboard-interactive", PASSWORD, True),
        ("UsePAM yes\nAuthenticationMethods password,keyboard-interactive", CODE, False),
        ("UsePAM yes", PASSWORD.replace("account required pam_unix", "account required pam_deny"), False),
    ],
)
def test_whether_a_password_is_enough(config: str, stack: str, enough: bool) -> None:
    found = server({"etc/ssh/sshd_config": f"{config}\n", "etc/pam.d/sshd": stack})
    assert found.everyone.password_is_enough is enough


def test_a_stack_that_refuses_root_keeps_root_out() -> None:
    stack = "auth requisite pam_succeed_if.so user != root\nauth required pam_unix.so\n"
    files = {"etc/ssh/sshd_config": "UsePAM yes\nPermitRootLogin yes\n", "etc/pam.d/sshd": stack}
    assert "sshd-root-login" not in findings(files)
    assert server(files).everyone.password_is_enough is True


@pytest.mark.parametrize(
    ("config", "stack", "taken"),
    [
        ("UsePAM yes\nPermitEmptyPasswords yes", PASSWORD, False),
        ("UsePAM yes\nPermitEmptyPasswords yes", PASSWORD.replace("auth required pam_unix.so", "auth required pam_unix.so nullok"), True),
        ("UsePAM yes", PASSWORD.replace("auth required pam_unix.so", "auth required pam_unix.so nullok"), False),
        ("UsePAM no\nPermitEmptyPasswords yes", PASSWORD, True),
    ],
)  # fmt: skip
def test_whether_an_empty_password_is_enough(config: str, stack: str, taken: bool) -> None:
    files = {"etc/ssh/sshd_config": f"{config}\n", "etc/pam.d/sshd": stack}
    assert server(files).everyone.empty_password_is_enough is taken
    found = findings(files)
    assert ("sshd-empty-passwords" in found) is taken
    assert "pam-empty-passwords" not in found


def test_a_locked_account_takes_no_more_guesses() -> None:
    stack = "auth required pam_faillock.so preauth\nauth required pam_unix.so\n"
    files = {"etc/ssh/sshd_config": "UsePAM yes\nMaxAuthTries 50\n", "etc/pam.d/sshd": stack}
    assert "sshd-guessing-not-limited" not in findings(files)
    files["etc/security/faillock.conf"] = "deny = 0\n"
    assert "sshd-guessing-not-limited" in findings(files)


@pytest.mark.parametrize(
    "files",
    [
        {"etc/ssh/sshd_config.d/10-root.conf": "PermitRootLogin no\n"},
        {"etc/ssh/sshd_config": "UsePAM yes\nNoSuchKeyword yes\nPermitRootLogin maybe\n"},
        {"etc/ssh/sshd_config": "PermitRootLogin no\nUsePAM ${USE_PAM}\n"},
    ],
)
def test_where_sshd_does_not_decide_the_stack_is_judged_alone(files: dict[str, str]) -> None:
    assert findings({**files, "etc/pam.d/sshd": OPEN})["pam-lets-anyone-in"] == ["etc/pam.d/sshd:1"]


def test_a_block_is_judged_where_the_rest_is_not_known() -> None:
    files = {"sshd_config": "PasswordAuthentication {{ passwords }}\nMatch User backup\nPasswordAuthentication yes\n"}
    assert findings(files)["sshd-password-login"] == ["sshd_config:3"]


def test_an_included_file_is_judged_once() -> None:
    files = {
        "etc/ssh/sshd_config": "UsePAM yes\n",
        "etc/pam.d/sshd": "@include common-auth\naccount required pam_unix.so\n",
        "etc/pam.d/common-auth": "auth [success=1 default=ignore] pam_unix.so\nauth required pam_permit.so\n",
    }
    found = findings(files)
    assert found["sshd-pam-lets-anyone-in"] == ["etc/pam.d/common-auth:2"]
    assert "pam-lets-anyone-in" not in found
    files["etc/ssh/sshd_config"] = "PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM yes\n"
    assert findings(files)["pam-lets-anyone-in"] == ["etc/pam.d/common-auth:2"]


@given(
    st.text(alphabet="auth requisdnclm[=1]pam_.so\\#@{%}\n-", max_size=120),
    st.sampled_from(["UsePAM yes\n", "UsePAM no\n", "UsePAM yes\nAuthenticationMethods publickey,password\n"]),
)
def test_no_stack_is_too_strange(text: str, config: str) -> None:
    tree = MemoryTree({"etc/ssh/sshd_config": config, "etc/pam.d/sshd": "auth required pam_unix.so\n" + text})
    estate = take_estate(tree)
    assert not estate.faults
    (found,) = (fact for fact in estate.facts if isinstance(fact, Sshd))
    for answer in (found.everyone.password_is_enough, found.everyone.lets_anyone_in, found.everyone.key_is_enough):
        assert answer in (True, False) or isinstance(answer, Unknown)


def test_a_stack_is_gone_through_once_for_all_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(steps: Sequence[Step], results: Callable[[Line], Sequence[str]]) -> set[bool]:
        asked.append(len(steps))
        return answers(steps, results)

    monkeypatch.setattr("auditor.technologies.common.pam.log_in.answers", counted)
    blocks = "".join(f"Match User u{number}\nPasswordAuthentication yes\n" for number in range(40))
    found = server(
        {"etc/ssh/sshd_config": f"UsePAM yes\nPermitEmptyPasswords yes\n{blocks}", "etc/pam.d/sshd": PASSWORD}
    )
    for session in found.sessions:
        assert session.password_is_enough is True
        assert session.lets_anyone_in is False
        assert session.empty_password_is_enough is False
    assert len(asked) < 20
