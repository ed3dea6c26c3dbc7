"""Units: what systemd reads of them, and the servers that they start."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.discovery import examine
from auditor.model.exposure import Reach
from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.mongodb.service import Mongod
from auditor.technologies.mysql import Mysql
from auditor.technologies.redis import Redis
from auditor.technologies.systemd import SystemdService
from auditor.technologies.systemd.document import parse
from auditor.technologies.systemd.syntax import entries
from auditor.technologies.systemd.words import split

UNIT = "etc/systemd/system/api.service"
REDIS = "[Service]\nUser=redis\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf\n"


def services(files: dict[str, str]) -> list[SystemdService]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, SystemdService)]


def service(text: str, **others: str) -> SystemdService:
    (found,) = services({UNIT: text, **others})
    return found


def server(files: dict[str, str]) -> Service:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    (found,) = [fact for fact in estate.facts if isinstance(fact, Service)]
    return found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/api.service.j2", "[Unit]\nDescription={{ name }}\n[Service]\nExecStart=/bin/api\n"),
        ("etc/systemd/system/nginx.service.d/override.conf", "[Service]\nProtectHome=yes\n"),
        ("debian/api@.service", "[Service]\nExecStart=/bin/api %i\n"),
        ("etc/systemd/system/backup.timer", "[Timer]\nOnCalendar=daily\n"),
    ],
)
def test_units_are_recognised(path: str, text: str) -> None:
    (item,) = examine(MemoryTree({path: text}))
    assert [technology for technology, _ in item.documents] == ["systemd"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("avahi/http.service", '<?xml version="1.0"?>\n<service-group/>\n'),
        ("src/user.service.ts", "export class UserService {}\n"),
        ("conf.d/override.conf", "[Service]\nProtectHome=yes\n"),
        ("notes.service", "Some notes about a service\n"),
        ("dbus/org.example.service", "[D-BUS Service]\nName=org.example\nExec=/bin/api\n"),
    ],
)
def test_what_is_no_unit_is_left_alone(path: str, text: str) -> None:
    (item,) = examine(MemoryTree({path: text}))
    assert "systemd" not in [technology for technology, _ in item.documents]


def test_a_value_over_several_lines_keeps_its_places() -> None:
    text = '[Service]\nEnvironment="A=1 2" \\\n# a remark\n  TOKEN=example-1\n'
    found = service(text + "ExecStart=/bin/api\n").environment
    assert {name: variable.value for name, variable in found.items()} == {"A": "1 2", "TOKEN": "example-1"}
    assert (found["TOKEN"].at.line, found["TOKEN"].at.column, found["TOKEN"].at.end_column) == (4, 9, 17)


def test_commands_with_prefixes_own_names_and_several_in_a_line() -> None:
    found = service("[Service]\nType=oneshot\nExecStart=-@+/bin/a other-name -x ; :/bin/b $HOME '${X} y'\n").started
    assert [(c.prefixes, [word.value for word in c.words]) for c in found] == [
        ("-@+", ["/bin/a", "-x"]),
        (":", ["/bin/b", "$HOME", "${X} y"]),
    ]
    assert [command.has_full_privileges for command in found] == [True, False]


def test_variables_in_commands() -> None:
    found = service(
        '[Service]\nEnvironment=A=one "B=two three"\nExecStart=/bin/a ${A}-x $B ${B} $$A $NONE ${NONE}\n'
    ).started[0]
    assert [word.value for word in found.words] == ["/bin/a", "one-x", "two", "three", "two three", "$A", ""]


def test_an_environment_file_that_is_not_scanned_may_set_every_variable() -> None:
    found = service("[Service]\nEnvironmentFile=/etc/default/api\nExecStart=/bin/a --port $PORT\n")
    assert isinstance(found.started[0].words[-1].value, Unknown)
    assert found.runs.environment_open == "/etc/default/api"


def test_an_environment_file_comes_after_the_lines_of_the_unit() -> None:
    files = {"etc/default/api": "# PORT=1\nPORT = 8080 \nNAME='a  b'\n"}
    text = "[Service]\nEnvironmentFile=-/etc/default/api\nEnvironment=PORT=9\nExecStart=/bin/a $PORT\n"
    found = service(text, **files)
    assert [word.value for word in found.started[0].words] == ["/bin/a", "8080"]
    assert found.environment["NAME"].value == "a  b"


def test_drop_ins_apply_by_file_name_over_all_folders() -> None:
    found = service(
        "[Service]\nUser=a\nExecStart=/bin/a\n",
        **{
            f"{UNIT}.d/20-b.conf": "[Service]\nUser=b\n",
            "etc/systemd/system/service.d/30-c.conf": "[Service]\nUser=c\n",
            "usr/lib/systemd/system/api.service.d/10-d.conf": "[Service]\nUser=d\nPrivateTmp=yes\n",
            "usr/lib/systemd/system/api.service.d/20-b.conf": "[Service]\nUser=hidden\nProtectHome=yes\n",
        },
    )
    assert (found.user, found.flag("PrivateTmp"), found.protect_home) == ("c", True, "no")


def test_a_unit_of_the_administrator_replaces_the_package_s() -> None:
    found = service(
        "[Service]\nExecStart=/bin/a\n",
        **{"usr/lib/systemd/system/api.service": "[Service]\nUser=x\nExecStart=/bin/a\n"},
    )
    assert (found.user, found.at.path) == ("root", UNIT)


def test_of_a_drop_in_alone_only_its_own_lines_are_known() -> None:
    (found,) = services({"etc/systemd/system/nginx.service.d/o.conf": "[Service]\nPrivateTmp=yes\n"})
    assert found.flag("PrivateTmp") is True
    assert isinstance(found.runs_as_root, Unknown)
    assert isinstance(found.families, Unknown)


def test_units_of_one_name_in_two_folders_are_two_components() -> None:
    text = "[Service]\nExecStart=/bin/a\n"
    found = services({"hosts/one/api.service": text, "hosts/two/api.service": text})
    assert [each.component for each in found] == ["api.service@hosts/one", "api.service@hosts/two"]


def test_a_template_that_writes_lines_leaves_the_sandbox_open() -> None:
    (found,) = services({"t/api.service.j2": "[Service]\nExecStart=/bin/a\n{% if x %}\nUser=a\n{% endif %}\n"})
    assert isinstance(found.flag("PrivateTmp"), Unknown)


def test_a_server_gets_its_file_and_flags_from_the_unit() -> None:
    files = {
        "etc/systemd/system/redis.service": REDIS.rstrip() + " --port 6390\n",
        "etc/redis/redis.conf": "bind 10.0.0.5\n",
    }
    found = server(files)
    assert isinstance(found, Redis)
    assert (found.component, found.origin, found.version) == ("redis.service", "systemd", None)
    assert (found.text("bind"), found.number("port")) == ("10.0.0.5", 6390)
    assert found.text("protected-mode") == "yes"  # the image compiles it to no, a host's package does not
    assert (found.exposure.reach, found.exposure.reason) == (Reach.HOST_NETWORK, "it listens on 10.0.0.5")


def test_a_file_beside_the_unit_stands_for_the_installed_one() -> None:
    found = server({"deploy/redis.service": REDIS, "deploy/redis.conf": "bind 10.0.0.5\n"})
    assert found.consumed == {"deploy/redis.conf"}


def test_a_file_of_another_host_is_not_taken() -> None:
    files = {"a/etc/systemd/system/redis.service": REDIS, "b/etc/redis/redis.conf": "bind 10.0.0.5\n"}
    found = [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Redis)]
    assert {each.component for each in found} == {"redis.service", "b/etc/redis/redis.conf"}
    (of_unit,) = [each for each in found if each.component == "redis.service"]
    assert isinstance(of_unit.text("bind"), Unknown)


@pytest.mark.parametrize(
    "line",
    ["PrivateNetwork=yes", "RestrictAddressFamilies=AF_UNIX", "IPAddressDeny=any\nIPAddressAllow=localhost"],
)
def test_a_unit_may_keep_other_hosts_out(line: str) -> None:
    found = server({UNIT: f"{REDIS}{line}\n", "etc/redis/redis.conf": "bind 0.0.0.0\n"})
    assert found.exposure.reach is Reach.LOOPBACK


def test_near_misses_of_keeping_other_hosts_out() -> None:
    for line in (
        "PrivateNetwork=no",
        "RestrictAddressFamilies=AF_UNIX AF_INET6",
        "IPAddressDeny=any\nIPAddressAllow=any",
    ):
        found = server({UNIT: f"{REDIS}{line}\n", "etc/redis/redis.conf": "bind 0.0.0.0\n"})
        assert found.exposure.reach is Reach.HOST_NETWORK, line


def test_mongod_and_mysqld_of_a_host() -> None:
    mongod = server(
        {
            UNIT: "[Service]\nExecStart=/usr/bin/mongod -f /etc/mongod.conf\n",
            "etc/mongod.conf": "net:\n  bindIp: 0.0.0.0\n",
        }
    )
    assert isinstance(mongod, Mongod)
    assert not mongod.in_container
    assert mongod.exposure.reach is Reach.HOST_NETWORK
    mysql = server(
        {UNIT: "[Service]\nExecStart=/usr/sbin/mysqld $X\n", "etc/mysql/my.cnf": "[mysqld]\nbind-address=127.0.0.1\n"}
    )
    assert isinstance(mysql, Mysql)
    assert (mysql.in_container, mysql.exposure.reach) == (False, Reach.LOOPBACK)


@given(st.text("[]=#;\\ \n\tAbé\"'$%~", max_size=80))
def test_any_text_is_read_with_places_inside_it(text: str) -> None:
    lines = text.split("\n")
    for entry in entries(Source(path="x.service", text=text), text):
        assert 1 <= entry.at.line <= len(lines)
        for word in split(entry.value):
            at = entry.place(word.start, word.end)
            assert 1 <= at.column <= len(lines[at.line - 1]) + 1


@given(st.lists(st.from_regex(r"[A-Za-z0-9_=/.-]{1,8}", fullmatch=True), max_size=6), st.sampled_from(["'", '"']))
def test_quoting_a_word_does_not_change_it(words: list[str], quote: str) -> None:
    assert [word.text for word in split(" ".join(f"{quote}{word}{quote}" for word in words))] == words
    assert [word.text for word in split(f"{quote}{' '.join(words)}{quote}")] == ([" ".join(words)])


SHIPPED = sorted(Path("/lib/systemd/system").glob("*.service"))


@pytest.mark.skipif(not SHIPPED, reason="systemd is not installed")
def test_units_that_debian_ships_are_read_whole() -> None:
    for path in SHIPPED:
        if path.is_symlink():
            continue
        (found,) = services({f"lib/systemd/system/{path.name}": path.read_text("utf-8")})
        assert not list(found.ignored), path


@pytest.mark.parametrize(
    "path",
    [
        "etc/systemd/user/agent.service",
        "home/nurse/.config/systemd/user/agent.service",
        "dotfiles/.local/share/systemd/user/agent.service",
        "systemd/user/agent.service",
    ],
)
def test_a_unit_in_a_users_folder_does_not_run_as_root(path: str) -> None:
    tree = MemoryTree({path: "[Service]\nExecStart=/usr/bin/agent\n"})
    (found,) = (fact for fact in take_estate(tree).facts if isinstance(fact, SystemdService))
    assert found.is_user_unit


@pytest.mark.parametrize(
    "line",
    [
        'ExecStart=/bin/app "-Dtrust.password=VALUE" start',
        "ExecStart=/bin/app --password=VALUE",
        "ExecStart=/bin/app --password='VALUE'",
        "Environment=DB_PASSWORD=VALUE",
        'Environment=A=1 "DB_PASSWORD=VALUE"',
        'Environment="A=1" DB_PASSWORD="VALUE" B=2',
    ],
)
@pytest.mark.parametrize("value", ["Kj3h4kjh5k3jhZZ9qq", r"Kj3h4kj\x415k3jhZZ9qq", r"Kj3h4kj\\jhZZ\\9qq"])
def test_the_place_of_a_secret_holds_all_of_it(line: str, value: str) -> None:
    text = f"[Service]\n{line.replace('VALUE', value)}\n"
    secrets = [
        found for found in parse(Source(path="a.service", text=text)).assignments() if "password" in found.key.lower()
    ]
    assert secrets
    for found in secrets:
        shown = text.split("\n")[found.at.line - 1]
        assert value in shown[found.at.column - 1 : found.at.end_column]


def test_the_place_of_a_secret_in_a_quoted_word_is_its_own() -> None:
    text = '[Service]\nExecStart=/bin/app "-Dtrust.password=Kj3h4kjh5k3j" "postgres://app:Kj3h4kjh5k3j@db/x"\n'
    places = [found.at for found in parse(Source(path="a.service", text=text)).assignments()]
    assert [text.split("\n")[1][at.column - 1 : at.end_column] for at in places] == ["Kj3h4kjh5k3j"] * 2
