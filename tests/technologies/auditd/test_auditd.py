"""The audit daemon's configuration and audit rules (auditd.conf(5), auditctl(8), augenrules(8) of audit 3.0.9)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.auditd import AUDITD, Auditd, AuditRules
from auditor.technologies.recognition.auditd import recognise


def rules(files: dict[str, str]) -> AuditRules:
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, AuditRules))
    return found


def daemon(files: dict[str, str]) -> Auditd:
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Auditd))
    return found


def test_rules_behind_the_lock_are_not_loaded() -> None:
    found = rules({"audit.rules": "-w /etc/passwd -p wa\n-e 2\n-w /etc/shadow -p wa\n"})
    assert found.watches("/etc/passwd")
    assert not found.watches("/etc/shadow")


def test_a_drawing_in_a_comment_is_no_placeholder() -> None:
    found = rules({"audit.rules": "#  ____  ______/\n# __LEVEL__\n-D\n"})
    assert (found.gap, found.enabled[0]) == ("", "1")
    assert rules({"audit.rules": "-D\n__EXTRA_RULES__\n"}).gap


def test_deleting_takes_the_rules_before_it() -> None:
    assert not rules({"audit.rules": "-w /etc/passwd -p wa\n-D\n"}).watches("/etc/passwd")


def test_files_of_the_folder_are_put_together_with_the_lock_last() -> None:
    folder = "etc/audit/rules.d"
    found = rules({f"{folder}/10-a.rules": "-e 2\n", f"{folder}/9-b.rules": "-D\n-w /etc/passwd -p wa\n"})
    assert found.enabled[0] == "2"
    assert found.watches("/etc/passwd")


def test_the_folder_takes_the_place_of_the_file_made_from_it() -> None:
    found = rules({"etc/audit/rules.d/a.rules": "-D\n", "etc/audit/audit.rules": "-w /etc/passwd -p wa\n"})
    assert not found.watches("/etc/passwd")


@pytest.mark.parametrize(
    ("rule", "covered"),
    [
        ("-w /etc/shadow", True),
        ("-w /etc/shadow -p wa -k x", True),
        ("-w /etc/shadow -p r", False),
        ("-w /etc -p wa", True),
        ("-w /etc/shadow- -p wa", False),
        ("-a always,exit -F arch=b64 -F path=/etc/shadow -F perm=wa", True),
        ("-a always,exit -F dir=/etc -F perm=wa", True),
        ("-a always,exit -F path=/etc -F perm=wa", False),
        ("-a never,exit -F path=/etc/shadow -F perm=wa", False),
        ("-a always,exit -S open -F path=/etc/shadow", False),
    ],
)
def test_watches(rule: str, covered: bool) -> None:
    assert rules({"audit.rules": rule + "\n"}).watches("/etc/shadow") is covered


def test_a_file_of_another_name_is_a_part() -> None:
    assert rules({"files/audit/30-accounts.rules": "-w /etc/passwd -p wa\n"}).gap
    assert not rules({"files/audit.rules": "-w /etc/passwd -p wa\n"}).gap


def test_a_template_leaves_rules_open() -> None:
    assert rules({"audit.rules.j2": "-D\n{% for f in files %}\n-w {{ f }} -p wa\n{% endfor %}\n"}).gap


def test_values_count_in_either_case() -> None:
    found = daemon({"auditd.conf": "Log_Format = NOLOG\nflush = None\n"})
    assert found.writes is False
    assert found.text("flush") == "none"


def test_sending_needs_the_plugin() -> None:
    files = {
        "etc/audit/auditd.conf": "log_format = raw\n",
        "etc/audit/audisp-remote.conf": "remote_server = a.example\n",
    }
    assert daemon(files).sends is True
    assert daemon({**files, "etc/audit/plugins.d/au-remote.conf": "active = no\n"}).sends is False


def test_what_is_in_no_file_is_not_known() -> None:
    assert isinstance(daemon({"audisp-remote.conf": "remote_server = a.example\n"}).text("write_logs"), Unknown)


@pytest.mark.parametrize("path", ["/etc/audit/auditd.conf", "/etc/audit/rules.d/audit.rules"])
def test_default_files_of_debian(path: str) -> None:
    if not Path(path).exists():
        pytest.skip("auditd is not installed")
    facts = take_estate(MemoryTree({path[1:]: Path(path).read_text()})).facts
    assert [type(fact) for fact in facts] in ([Auditd], [AuditRules])


@pytest.mark.parametrize(
    ("path", "text", "ours"),
    [
        ("etc/audit/auditd.conf", "log_file = /var/log/audit/audit.log\n", True),
        ("etc/audit/rules.d/30-stig.rules", "-w /etc/passwd -p wa\n", True),
        ("files/audit.rules", "-D\n-b 8192\n", True),
        ("etc/udev/rules.d/10-x.rules", 'SUBSYSTEM=="net", NAME="eth0"\n', False),
        ("prometheus/alert.rules", "groups:\n", False),
        ("falco.rules", "-w /x\n", False),
        ("etc/audit/audit-stop.rules", "-e 0\n-D\n", False),
        ("etc/auditd.conf", "a text\n", False),
    ],
)
def test_recognition(path: str, text: str, ours: bool) -> None:
    assert (recognise(path.rpartition("/")[2].lower(), path, text) is not None) is ours


@given(st.text(alphabet="-wapDe210 /etcFS=,{%}\n", max_size=120))
def test_no_text_is_too_strange(text: str) -> None:
    for name in ("audit.rules", "auditd.conf"):
        AUDITD.parse(Source(path=name, text=text))
    facts = take_estate(MemoryTree({"audit.rules": "-D\n" + text})).facts
    assert all(isinstance(fact.watches("/etc/passwd"), bool) for fact in facts if isinstance(fact, AuditRules))
