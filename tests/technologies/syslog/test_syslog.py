"""rsyslog and journald; what rsyslog does was tried with 8.2302 (tests/oracle/rsyslog)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.recognition.syslog import recognise
from auditor.technologies.syslog import SYSLOG, Journal, Rsyslog, seconds
from auditor.technologies.syslog.selectors import selects


def server(text: str, **others: str) -> Rsyslog:
    estate = take_estate(MemoryTree({"etc/rsyslog.conf": text, **others}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Rsyslog))
    return found


def journal(files: dict[str, str]) -> Journal:
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Journal))
    return found


@pytest.mark.parametrize(
    ("text", "facility", "severity", "selected"),
    [
        ("*.*", "auth", "info", True),
        ("*.err", "auth", "info", False),
        ("auth,authpriv.*", "authpriv", "debug", True),
        ("*.*;auth,authpriv.none", "authpriv", "info", False),
        ("*.none;*.info", "auth", "notice", True),
        ("auth.*;auth.!err", "auth", "crit", False),
        ("auth.=info", "auth", "notice", False),
        ("*.!none", "auth", "info", True),
        ("*.warn", "kern", "warning", True),
    ],
)
def test_filters(text: str, facility: str, severity: str, selected: bool) -> None:
    assert selects(text, facility, severity) is selected


def test_a_filter_of_something_else_leaves_the_rest_open() -> None:
    found = server('module(load="imuxsock")\n:programname, isequal, "x" stop\n*.* /var/log/all\n')
    assert isinstance(found.log_ins_reach(outside=False), Unknown)


def test_an_old_mode_holds_for_later_actions_and_a_queue_for_one() -> None:
    found = server(
        "$DefaultNetstreamDriver gtls\n$ActionSendStreamDriverMode 1\n$ActionQueueType Disk\n"
        "$ActionResumeRetryCount -1\n*.* @@a.example\n*.* @@b.example\n"
    )
    assert [action.has_tls for action in found.forwards] == [True, True]
    assert [action.keeps_messages for action in found.forwards] == [True, False]


def test_old_directives_do_not_hold_for_new_actions() -> None:
    found = server(
        "$DefaultNetstreamDriver gtls\n$ActionSendStreamDriverMode 1\n"
        '*.* action(type="omfwd" target="a.example" protocol="tcp")\n'
    )
    assert [action.has_tls for action in found.forwards] == [False]


def test_the_mode_for_tls_does_not_work_without_a_driver_for_it() -> None:
    found = server(
        "$ModLoad imtcp\n$InputTCPServerStreamDriverMode 1\n$InputTCPServerRun 514\n"
        '*.* action(type="omfwd" target="a.example" protocol="tcp" streamDriverMode="1")\n'
    )
    assert [listener.works for listener in found.listeners] == [False]
    assert not found.forwards


@pytest.mark.parametrize(
    ("line", "target", "port"),
    [
        ("@@a.example", "a.example", "514"),
        ("@@(z9,o)a.example:6514;Form", "a.example", "6514"),
        ("@[2001:db8::1]:10514", "2001:db8::1", "10514"),
    ],
)
def test_hosts_in_the_old_style(line: str, target: str, port: str) -> None:
    (forward,) = server(f"*.* {line}\n").forwards
    assert (forward.target, forward.text("port")) == (target, port)


def test_an_included_folder_that_is_not_scanned_leaves_the_rest_open() -> None:
    found = server('module(load="imuxsock")\n$IncludeConfig /etc/rsyslog.d/*.conf\n*.* /var/log/all\n')
    assert isinstance(found.ships_anything, Unknown)
    assert found.log_ins_reach(outside=False) is True


@pytest.mark.parametrize(
    "line",
    [
        "*.* @@127.0.0.1:5514",
        "*.* @localhost:1514",
        '*.* action(type="omprog" binary="/usr/local/bin/send")',
        '*.* action(type="omuxsock" socket="/run/agent.sock")',
    ],
)
def test_a_program_on_the_same_host_may_send_messages_on(line: str) -> None:
    assert isinstance(server(f'module(load="imuxsock")\n{line}\n').ships_anything, Unknown)


@pytest.mark.parametrize(("address", "is_server"), [("", True), ("10.1.0.5", True), ("127.0.0.1", False)])
def test_a_log_server_is_where_messages_go(address: str, is_server: bool) -> None:
    given = f' address="{address}"' if address else ""
    found = server(f'module(load="imtcp")\ninput(type="imtcp" port="514"{given})\n*.* /var/log/all\n')
    assert (found.is_log_server, found.ships_anything) == (is_server, False)


def test_a_drop_in_alone_says_nothing_about_what_is_absent() -> None:
    estate = take_estate(MemoryTree({"etc/rsyslog.d/50-x.conf": "*.* @logs.example\n"}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Rsyslog))
    assert not found.is_main
    assert len(found.forwards) == 1


def test_values_between_backticks_are_put_in_when_it_starts() -> None:
    found = server(
        'module(load="imuxsock")\nglobal(localHostname=`echo $NAME`)\nif `echo $X` == "on" then { stop }\n'
        '*.* action(type="omfwd" target=`echo $HOST` protocol=`cat /etc/protocol`)\n'
    )
    (forward,) = found.forwards
    assert not found.refused
    assert (forward.target, forward.has_tls.__class__) == ("a host that is filled in", Unknown)
    assert server("global(localHostname=`echo $NAME)\n").refused


@pytest.mark.parametrize(("word", "ports"), [("on", ["514"]), ("off", []), ("ON", []), ("yes", [])])
def test_only_one_word_switches_an_object_on(word: str, ports: list[str]) -> None:
    found = server(f'module(load="imtcp")\ninput(type="imtcp" port="514" config.enabled="{word}")\n*.* /var/log/all\n')
    assert [listener.port for listener in found.listeners] == ports
    assert found.gap is None


def test_an_object_that_may_be_switched_off_leaves_the_rest_open() -> None:
    found = server('module(load="imuxsock")\ninclude(file="/etc/away.conf" config.enabled=`echo $AWAY`)\n')
    assert isinstance(found.ships_anything, Unknown)


def test_a_template_leaves_its_values_open() -> None:
    found = server("*.* @@{{ host }}:{{ port }}\n")
    assert isinstance(found.gap, Unknown)


def test_the_password_of_a_database_is_sealed() -> None:
    text = '*.* action(type="ommysql" server="db" db="logs" uid="log" pwd="not-a-real-one")\n'
    document = SYSLOG.parse(Source(path="rsyslog.conf", text=text))
    (found,) = document.assignments()
    start = text.index("not-a")
    assert (found.key, found.at.column, found.at.end_column) == ("pwd", start + 1, start + 14)


def test_drop_ins_of_the_journal_go_last() -> None:
    files = {
        "etc/systemd/journald.conf": "[Journal]\nStorage=volatile\n",
        "etc/systemd/journald.conf.d/10-a.conf": "[Journal]\nStorage=auto\n",
        "etc/systemd/journald.conf.d/20-b.conf": "[Journal]\nStorage=persistent\n",
    }
    assert journal(files).text("Storage") == "persistent"


@pytest.mark.parametrize(
    ("text", "length"), [("1week", 604800), ("90", 90), ("1h 30min", 5400), ("1year", 31557600), ("500ms", 0)]
)
def test_spans_of_time(text: str, length: int) -> None:
    assert seconds(text) == length


def test_a_span_that_is_not_known() -> None:
    assert isinstance(seconds("1fortnight"), Unknown)


def test_a_container_with_the_file_mounted() -> None:
    compose = """
services:
  logs:
    image: registry.example.org/rsyslog:1
    command: ["rsyslogd", "-n", "-f", "/etc/rsyslog.conf"]
    volumes: ["./rsyslog.conf:/etc/rsyslog.conf:ro"]
    ports: ["514:514/udp"]
"""
    files = {"compose.yaml": compose, "rsyslog.conf": 'module(load="imudp")\ninput(type="imudp" port="514")\n'}
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Rsyslog))
    assert (found.component, len(found.listeners)) == ("logs", 1)


@pytest.mark.parametrize("path", ["/etc/rsyslog.conf", "/etc/rsyslog.d/49-haproxy.conf"])
def test_default_files_of_debian_are_read(path: str) -> None:
    if not Path(path).exists():
        pytest.skip("the package is not installed")
    document = SYSLOG.parse(Source(path=path.removeprefix("/"), text=Path(path).read_text()))
    assert not document.problems


@pytest.mark.parametrize(
    ("path", "text", "ours"),
    [
        ("etc/rsyslog.conf", "*.* /var/log/syslog\n", True),
        ("etc/rsyslog.conf", "auth,authpriv.*;mail.none  @logs\n", True),
        ("etc/rsyslog.d/x.conf", 'if $msg contains "x" then stop\n', True),
        ("templates/rsyslog.conf.j2", 'module(load="imudp")\n', True),
        ("etc/systemd/journald.conf", "[Journal]\n", True),
        ("etc/systemd/journald.conf.d/a.conf", "[Journal]\nStorage=none\n", True),
        ("etc/logrotate.d/rsyslog", "/var/log/syslog { rotate 4 }\n", False),
        ("supervisord.d/rsyslog.ini", "[program:rsyslog]\n", False),
        ("rsyslog.conf", "a text\n", False),
    ],
)
def test_recognition(path: str, text: str, ours: bool) -> None:
    assert (recognise(path.rpartition("/")[2].lower(), path, text) is not None) is ours


@given(st.text(alphabet="*.@&:$(){}[]=\"'#/\\; \nabifthenstop", max_size=120))
def test_no_text_is_too_strange(text: str) -> None:
    document = SYSLOG.parse(Source(path="rsyslog.conf", text=text))
    assert all(problem.at.line <= text.count("\n") + 1 for problem in document.problems)


@given(st.sampled_from(["auth", "authpriv"]), st.sampled_from(["info", "err", "debug"]))
def test_a_filter_and_its_opposite(facility: str, severity: str) -> None:
    assert selects(f"*.*;{facility}.!{severity}", facility, severity) is not selects(
        f"*.none;{facility}.{severity}", facility, severity
    )
