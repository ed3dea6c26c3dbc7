"""RabbitMQ's files and the brokers they configure; cases that a comparison with 3.10.8 found have their own names."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.errors import FormatError
from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.rabbitmq import MANAGEMENT, RABBITMQ, RabbitDefinitions, RabbitMq
from auditor.technologies.rabbitmq.conf import read_conf
from auditor.technologies.rabbitmq.erlang import Term, parse


def brokers(files: Mapping[str, str]) -> list[RabbitMq]:
    estate = take_estate(MemoryTree(dict(files)))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, RabbitMq)]


def broker(files: Mapping[str, str]) -> RabbitMq:
    (found,) = brokers(files)
    return found


COMPOSE = 'services:\n  broker:\n    image: rabbitmq:4.1-management\n    ports: ["5672:5672"]\n'


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("rabbitmq.conf", "listeners.tcp.default = 5672\n", 3),
        ("roles/rabbitmq/templates/rabbitmq.conf.j2", "listeners.tcp.default = {{ port }}\n", 3),
        ("rabbitmq/conf.d/20-users.conf", "default_user = records\n", 3),
        ("broker.conf", "loopback_users = none\ndefault_user = records\n", 2),
        ("advanced.config", "%% own\n[{rabbit, [{tcp_listeners, []}]}].\n", 3),
        ("definitions.json", '{"rabbit_version": "4.1.0", "users": []}', 3),
        ("enabled_plugins", "[rabbitmq_management,rabbitmq_mqtt].\n", 3),
        ("rabbitmq-env.conf", "NODENAME=rabbit\n", 3),
        ("home/.erlang.cookie", "SAMPLECOOKIEOFTHEWARD\n", 3),
        ("home/.erlang.cookie", "keep this file\n", None),
        ("logstash/rabbitmq.conf", "input {\n  rabbitmq {\n    host => 'x'\n  }\n}\n", None),
        ("collectd/rabbitmq.conf", "<Plugin rabbitmq>\n</Plugin>\n", None),
        ("supervisor.conf", "[program:rabbitmq]\ncommand = rabbitmq-server\n", None),
        ("kernel.config", "CONFIG_NET=y\n", None),
        ("swagger/definitions.json", '{"users": {}, "queues": {}}', None),
        ("application.conf", "heartbeat = 5\n", None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = RABBITMQ.recognise(path.rpartition("/")[2].lower(), path, text)
    assert (found.strength if found else None) == strength


def test_the_image_lets_guest_in_from_anywhere_and_its_file_comes_after_a_mounted_one() -> None:
    files = {
        "compose.yaml": COMPOSE + '    volumes: ["./rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro"]\n',
        "rabbitmq.conf": "loopback_users.guest = true\nheartbeat = 10\n",
    }
    found = broker(files)
    assert found.lets_guest_in is True
    assert found.text("heartbeat") == "10"
    assert found.exposure.reach is Reach.PUBLISHED
    assert found.has_plugin(MANAGEMENT) is True


def test_a_mounted_folder_hides_the_file_of_the_image() -> None:
    files = {
        "compose.yaml": COMPOSE + '    volumes: ["./conf:/etc/rabbitmq:ro"]\n',
        "conf/rabbitmq.conf": "heartbeat = 10\n",
    }
    assert broker(files).lets_guest_in is False


def test_an_image_of_somebody_else_is_not_judged_by_the_official_one() -> None:
    found = broker({"compose.yaml": "services:\n  broker:\n    image: bitnami/rabbitmq:4.1\n"})
    assert isinstance(found.lets_guest_in, Unknown)


def test_naming_another_loopback_user_drops_guest() -> None:
    assert broker({"rabbitmq.conf": "loopback_users.app = true\n"}).lets_guest_in is True


def test_only_true_makes_a_loopback_user_and_any_word_is_taken() -> None:
    found = broker({"rabbitmq.conf": "loopback_users.guest = yes\n"})
    assert not found.refused
    assert found.lets_guest_in is True


def test_listeners_of_a_file_win_over_variables() -> None:
    files = {
        "compose.yaml": COMPOSE
        + "    environment: {RABBITMQ_NODE_PORT: '5681'}\n"
        + '    volumes: ["./rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro"]\n',
        "rabbitmq.conf": "listeners.tcp.a = 5673\n",
    }
    listeners = broker(files).listeners("tcp")
    assert not isinstance(listeners, Unknown)
    assert [each.port for each in listeners] == [5673]
    files["rabbitmq.conf"] = "heartbeat = 3\n"
    listeners = broker(files).listeners("tcp")
    assert not isinstance(listeners, Unknown)
    assert [each.port for each in listeners] == [5681]


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ("0.0.0.0:5672", "127.0.0.1:5672", True),
        ("127.0.0.1:5672", "5672", True),
        (":::5672", "127.0.0.1:5672", True),
        ("127.0.0.1:5672", "10.0.0.1:5672", False),
        ("0.0.0.0:5672", "127.0.0.1:5673", False),
    ],
)
def test_a_listener_on_all_addresses_takes_its_port_on_each(first: str, second: str, refused: bool) -> None:
    conf = f"listeners.tcp.1 = {first}\nlisteners.tcp.2 = {second}\n"
    assert bool(broker({"rabbitmq.conf": conf}).refused) is refused


def test_listeners_with_one_port_are_refused() -> None:
    conf = "listeners.tcp.a = 5673\nlisteners.tcp.b = 5673\n"
    assert broker({"rabbitmq.conf": conf}).refused
    assert not broker({"rabbitmq.conf": conf + "listeners.tcp = none\n"}).refused


def test_options_that_exclude_each_other_leave_no_tls_listener() -> None:
    conf = "listeners.ssl.default = 5671\nssl_options.fail_if_no_peer_cert = true\n"
    assert broker({"rabbitmq.conf": conf}).listeners("ssl") == ()
    assert broker({"rabbitmq.conf": conf + "ssl_options.verify = verify_peer\n"}).listeners("ssl") != ()


def test_erlang_terms_replace_what_the_file_says_of_a_key() -> None:
    files = {
        "rabbitmq.conf": "listeners.tcp.a = 5673\nheartbeat = 9\n",
        "advanced.config": '[{rabbit, [{tcp_listeners, [{"127.0.0.1", 5679}]}]}].',
    }
    found = broker(files)
    listeners = found.listeners("tcp")
    assert not isinstance(listeners, Unknown)
    assert [str(each) for each in listeners] == ["port 5679 of 127.0.0.1"]
    assert found.text("heartbeat") == "9"
    assert found.exposure.is_loopback


def test_imported_definitions_make_no_guest_and_are_a_fact_of_the_broker() -> None:
    definitions = '{"users": [{"name": "api", "password": "sample-only", "tags": "administrator"}], "vhosts": []}'
    files = {
        "compose.yaml": COMPOSE + '    volumes: ["./rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf", "./d.json:/d.json"]\n',
        "rabbitmq.conf": "load_definitions = /d.json\n",
        "d.json": definitions,
    }
    estate = take_estate(MemoryTree(files))
    (found,) = [fact for fact in estate.facts if isinstance(fact, RabbitDefinitions)]
    assert found.component == broker(files).component
    assert found.is_administrator("api")
    assert broker(files).has_guest is False


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("", "log.connection.level"),
        ("log.file.level = error", "log.file.level"),
        ("log.default.level = error", "log.default.level"),
        ("log.default.level = error\nlog.file.level = info", "log.file.level"),
        ("log.file.level = error\nlog.connection.level = info", "log.connection.level"),
        ("log.file.level = error\nlog.console = true", "log.connection.level"),
        ("log.file = false\nlog.file.level = error", "log.connection.level"),
    ],
)
def test_the_connection_log_takes_the_level_of_the_one_output(lines: str, name: str) -> None:
    assert broker({"rabbitmq.conf": f"listeners.tcp.default = 5672\n{lines}\n"}).connection_log == name


def test_a_disk_limit_that_a_template_supplies_is_not_known() -> None:
    text = "listeners.tcp.default = 5672\ndisk_free_limit.relative = {{ limit }}\n"
    assert isinstance(broker({"rabbitmq.conf.j2": text}).disk_limit, Unknown)


@pytest.mark.parametrize(
    ("text", "value", "line"),
    [("\nSAMPLECOOKIEOFTHEWARD\n", "SAMPLECOOKIEOFTHEWARD", 2), ("{{ cookie }}", None, 1)],
)
def test_the_cookie_is_a_secret_where_it_is_written(text: str, value: str | None, line: int) -> None:
    (found,) = RABBITMQ.parse(Source(path="home/.erlang.cookie", text=text)).assignments()
    assert found.value == value if value is not None else isinstance(found.value, Unknown)
    assert (found.server_secret, found.at.line) == (True, line)


def test_a_password_is_sealed() -> None:
    found = broker({"rabbitmq.conf": "default_user = records\ndefault_pass = sample-only-pass\n"})
    assert "sample-only-pass" not in repr(found)
    assert "16 characters" in found.settings["default_pass"].shown()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["heartbeat", "channel_max", "default_user", "log.file.level"]),
            st.sampled_from(["1", "20", "info", "debug"]),
            st.sampled_from([" = ", "=", "\t= "]),
            st.sampled_from(["", " # note", "#note"]),
        )
    )
)
def test_every_line_is_read_with_its_value_at_its_place(rows: list[tuple[str, str, str, str]]) -> None:
    text = "".join(f"{key}{equals}{value}{comment}\n" for key, value, equals, comment in rows)
    document = read_conf(Source(path="rabbitmq.conf", text=text))
    assert [(line.key, line.value) for line in document.lines] == [(key, value) for key, value, _, _ in rows]
    lines = text.split("\n")
    for line in document.lines:
        assert lines[line.at.line - 1][line.at.column - 1 : line.at.end_column] == line.value


_TERMS = st.recursive(
    st.one_of(st.integers(0, 9999).map(str), st.sampled_from(["true", "'a b'", '"text"', '<<"bin">>'])),
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda items: st.sampled_from(["[" + ", ".join(items) + "]", "{" + ",\n".join(items) + "}"])
    ),
    max_leaves=12,
)


def _written(term: Term) -> str:
    if term.kind == "list":
        return "[" + ",".join(map(_written, term.items)) + "]"
    if term.kind == "tuple":
        return "{" + ",".join(map(_written, term.items)) + "}"
    return term.text


@given(_TERMS)
def test_erlang_terms_keep_their_structure(text: str) -> None:
    term = parse(Source(path="a.config", text=f"% note\n{text} .\n"), f"% note\n{text} .\n")
    plain = text.replace(" ", "").replace("\n", "").replace('"', "").replace("<<", "").replace(">>", "")
    assert _written(term).replace(" ", "") == plain.replace("'", "")


@given(st.text(alphabet="[]{}<>\"'%,. ab1\n\\", max_size=40))
def test_any_text_is_a_term_or_an_error_that_quotes_nothing(text: str) -> None:
    expected = "expected nothing"
    try:
        parse(Source(path="a.config", text=text), text)
    except FormatError as error:
        expected = error.expected
    assert expected.startswith("expected")
