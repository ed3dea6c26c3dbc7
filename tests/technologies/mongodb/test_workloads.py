"""Containers that run MongoDB: image, environment, mounted file and command line together."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from auditor.model.exposure import Reach
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Mount, MountKind, Port, Role, Variable, Workload
from auditor.technologies.mongodb import MONGODB, Mongod

AT = Location("compose.yaml", 3)
CONF = "net:\n  bindIp: 127.0.0.1\nsecurity:\n  authorization: enabled\n"


class View:
    def __init__(self, files: Mapping[str, str | None]) -> None:
        self.files = files

    def open(self, path: str) -> Source | Unknown | None:
        if path not in self.files:
            return None
        text = self.files[path]
        return Unknown("not scanned") if text is None else Source(path=path.lstrip("/"), text=text)

    def glob(self, pattern: str) -> Sequence[str]:
        del pattern
        return []


def words(*texts: str) -> tuple[Located[str], ...]:
    return tuple(Located(value=text, at=AT) for text in texts)


def run(
    image: str = "mongo:7.0",
    command: Sequence[str] | None = None,
    environment: Mapping[str, str | Unknown] | None = None,
    files: Mapping[str, str | None] | None = None,
    **more: Any,
) -> Mongod:
    found = start(image, command, environment, files, **more)
    assert found is not None
    return found


def start(
    image: str,
    command: Sequence[str] | None = None,
    environment: Mapping[str, str | Unknown] | None = None,
    files: Mapping[str, str | None] | None = None,
    **more: Any,
) -> Mongod | None:
    workload = Workload(
        component="db",
        technology="compose",
        at=AT,
        name="db",
        origin="compose",
        image=Located(value=image, at=AT),
        command=None if command is None else words(*command),
        environment={k: Variable(name=k, value=v, at=AT) for k, v in (environment or {}).items()},
        **more,
    )
    found = MONGODB.from_workload(workload, View(files or {}))
    return found[0] if found else None


USER = {"MONGO_INITDB_ROOT_USERNAME": "admin", "MONGO_INITDB_ROOT_PASSWORD": "not-a-real-one"}


def test_official_image_alone_is_open_to_its_network() -> None:
    found = run()
    assert found.authorization is False
    assert found.bind_addresses == ("0.0.0.0",)
    assert (found.version, found.edition) == ("7.0", "community")


def test_root_user_turns_authorization_on() -> None:
    assert run(environment=USER).authorization is True
    assert run(command=["--replSet", "rs0"], environment=USER).authorization is True
    assert run(command=["mongod", "--port", "27018"], environment=USER).authorization is True


def test_root_user_from_files() -> None:
    names = {f"{name}_FILE": f"/run/secrets/{name}" for name in USER}
    assert run(environment=names).authorization is True


def test_variables_of_other_images_are_ignored() -> None:
    other = {key.replace("MONGO_", "MONGODB_"): value for key, value in USER.items()}
    assert run(environment=other).authorization is False
    assert run("mongodb/mongodb-community-server:7.0-ubi8", environment=other).authorization is True


def test_one_of_the_two_is_refused_by_the_entrypoint() -> None:
    assert run(environment={"MONGO_INITDB_ROOT_USERNAME": "admin"}).refused


def test_one_that_may_be_empty_decides_nothing() -> None:
    found = run(environment={"MONGO_INITDB_ROOT_USERNAME": Unknown("${X} is not set")})
    assert isinstance(found.authorization, Unknown)
    assert not found.refused


def test_one_of_a_secret_is_taken_to_be_set() -> None:
    variables = {
        name: Variable(name=name, value=Unknown("in a Secret"), at=AT, reference=f"Secret db#{name}") for name in USER
    }
    workload = Workload(
        component="db",
        technology="kubernetes",
        at=AT,
        name="db",
        origin="kubernetes",
        image=Located(value="mongo:7", at=AT),
        environment=variables,
    )
    assert MONGODB.from_workload(workload, View({}))[0].authorization is True


def test_empty_variables_are_as_good_as_none() -> None:
    assert run(environment=dict.fromkeys(USER, "")).authorization is False


def test_unset_interpolation_decides_nothing() -> None:
    values: dict[str, str | Unknown] = dict.fromkeys(USER, Unknown("${X} is not set"))
    assert isinstance(run(environment=values).authorization, Unknown)
    half: dict[str, str | Unknown] = {
        "MONGO_INITDB_ROOT_USERNAME": "admin",
        "MONGO_INITDB_ROOT_PASSWORD": Unknown("${X} is not set"),
    }
    assert run(environment=half).authorization is True


def test_open_environment_decides_nothing() -> None:
    assert isinstance(run(environment_open="db.env is not scanned").authorization, Unknown)
    assert isinstance(run(role=Role.IMAGE).authorization, Unknown)


def test_an_overridden_entrypoint_reads_no_variables() -> None:
    found = run(entrypoint=words("mongod", "--bind_ip_all"), environment=USER)
    assert found.authorization is False


def test_a_shell_script_reads_no_variables() -> None:
    found = run(command=["sh", "-c", "sleep 3 && exec mongod --auth --port $PORT; echo --noauth"], environment={})
    assert found.authorization is True
    assert isinstance(found.text("net.port"), Unknown)
    assert found.bind_addresses == ("localhost",)


def test_a_shell_script_that_calls_the_entrypoint_does() -> None:
    script = "echo start; /usr/local/bin/docker-entrypoint.sh mongod --bind_ip localhost"
    found = run(entrypoint=words("/bin/sh", "-c", script), environment=USER)
    assert found.authorization is True
    assert found.bind_addresses == ("localhost",)


def test_a_script_that_hands_its_words_to_the_entrypoint() -> None:
    script = 'chmod 400 /key\nexec docker-entrypoint.sh "$@"'
    found = run(entrypoint=words("bash", "-c", script), command=["mongod", "--replSet", "rs0"], environment=USER)
    assert found.authorization is True
    assert found.replica_set == "rs0"


def test_an_unknown_image_may_add_what_no_word_says() -> None:
    found = run("clinic/mongo-custom:1", ["mongod", "--replSet", "rs0"])
    assert isinstance(found.authorization, Unknown)
    assert isinstance(found.bind_addresses, Unknown)
    assert run("clinic/mongo-custom:1", ["mongod", "--auth"]).authorization is True
    assert run("clinic/mongo-custom:1", entrypoint=words("mongod")).authorization is False
    assert start("postgres:16", ["docker-entrypoint.sh", "-c", "x=1"]) is None


@pytest.mark.parametrize("image", ["public.ecr.aws/docker/library/mongo:7", "ghcr.io/mirror/bitnami/mongodb:7"])
def test_mirrors_serve_the_same_image(image: str) -> None:
    assert run(image).edition == "community"


def test_other_programs_of_the_image_are_no_server() -> None:
    assert start("mongo:7", ["mongosh", "--host", "db"]) is None
    assert start("mongo:7", ["bash", "/init.sh"]) is None
    assert start("redis:7") is None
    assert start("clinic/app:1", ["mongodump"]) is None
    assert start("clinic/db:1", ["mongod", "--auth"]) is not None


def test_flags_beat_the_file_both_ways() -> None:
    files: dict[str, str | None] = {"/etc/mongod.conf": CONF, "/etc/off.conf": "security:\n  authorization: disabled\n"}
    assert run(command=["mongod", "--config", "/etc/mongod.conf", "--noauth"], files=files).authorization is False
    assert run(command=["mongod", "--auth", "--config=/etc/off.conf"], files=files).authorization is True


def test_the_file_given_by_config_keeps_its_address_the_one_given_by_f_does_not() -> None:
    files: dict[str, str | None] = {"/etc/mongod.conf": CONF}
    by_config = run(command=["--config", "/etc/mongod.conf"], files=files)
    by_f = run(command=["-f", "/etc/mongod.conf"], files=files)
    assert by_config.authorization is True
    assert by_f.authorization is True
    assert by_config.bind_addresses == ("127.0.0.1",)
    assert by_f.bind_addresses == ("0.0.0.0",)
    assert by_f.consumed == {"etc/mongod.conf"}


@pytest.mark.parametrize("files", [{"/etc/mongod.conf": None}, {}])
def test_an_unreadable_file_leaves_everything_open_that_no_flag_sets(files: dict[str, str | None]) -> None:
    found = run(command=["mongod", "--config", "/etc/mongod.conf", "--port", "1"], files=files)
    assert isinstance(found.authorization, Unknown)
    assert isinstance(found.bind_addresses, Unknown)
    assert found.text("net.port") == "1"
    assert run(command=["--config", "/etc/mongod.conf"], environment=USER, files=files).authorization is True


def test_a_word_that_is_not_known_leaves_the_rest_open() -> None:
    workload_words = (Located[str](value=Unknown("${FLAGS} is not set"), at=AT), *words("--port", "1"))
    workload = Workload(
        component="db",
        technology="compose",
        at=AT,
        name="db",
        origin="compose",
        image=Located(value="mongo:7", at=AT),
        command=(*words("mongod"), *workload_words),
    )
    found = MONGODB.from_workload(workload, View({}))[0]
    assert isinstance(found.authorization, Unknown)
    assert found.text("net.port") == "1"


def test_community_refuses_what_only_enterprise_has() -> None:
    command = ["mongod", "--auditDestination", "syslog"]
    assert run(command=command).refused
    assert not run("mongodb/mongodb-enterprise-server:7.0-ubi8", command=command).refused
    assert not run("percona/percona-server-mongodb:7.0", command=command).refused


def test_the_journal_option_is_refused_since_6_1() -> None:
    assert not run("mongo:6.0", ["--journal"]).refused
    assert run("mongo:6.1", ["--journal"]).refused


def test_the_http_interface_is_refused_since_3_6() -> None:
    assert not run("mongo:3.4", ["--httpinterface"]).refused
    assert run("mongo:3.6", ["--httpinterface"]).refused


@pytest.mark.parametrize(("tag", "expected"), [("3.6.8", True), ("8.0", False)])
def test_disabled_beside_a_key_depends_on_the_version(tag: str, expected: bool) -> None:
    files: dict[str, str | None] = {"/c": "security:\n  keyFile: /k\n  authorization: disabled\n"}
    assert run(f"mongo:{tag}", ["--config", "/c"], files=files).authorization is expected


def test_before_3_6_the_server_itself_listens_everywhere() -> None:
    assert run("mongo:3.4", entrypoint=words("mongod")).bind_addresses == ("0.0.0.0",)
    assert run("mongo:3.6", entrypoint=words("mongod")).bind_addresses == ("localhost",)


def test_bitnami() -> None:
    image = "bitnami/mongodb:7.0"
    assert run(image).authorization is False
    found = run(image, environment={"MONGODB_ROOT_PASSWORD": "not-a-real-one"})
    assert found.authorization is True
    assert found.parameter("enableLocalhostAuthBypass") == "false"
    member = {"MONGODB_REPLICA_SET_MODE": "primary", "MONGODB_REPLICA_SET_KEY": "not-a-real-one"}
    assert run(image, environment=member).internal_authentication == "keyFile"
    assert run(image, environment={"MONGODB_EXTRA_FLAGS": "--tlsMode=disabled --port 1"}).text("net.port") == "1"


def test_bitnami_with_its_own_file_but_not_with_a_data_volume() -> None:
    image = "bitnami/mongodb:7.0"
    path = "/bitnami/mongodb/conf/mongodb.conf"
    mount = Mount(kind=MountKind.BIND, target=path, at=AT)
    assert run(image, files={path: CONF}, mounts=(mount,)).bind_addresses == ("127.0.0.1",)
    volume = Mount(kind=MountKind.VOLUME, target="/bitnami/mongodb", at=AT)
    assert run(image, files={path: None}, mounts=(volume,)).authorization is False


def test_the_default_port_follows_the_role() -> None:
    published = Port(container=27018, at=AT, published=True)
    found = run(command=["mongod", "--shardsvr"], ports=(published,))
    assert found.text("net.port") == "27018"
    assert found.exposure.reach is Reach.PUBLISHED
    assert run(command=["mongod", "--configsvr", "--port", "27017"]).text("net.port") == "27017"
    assert run("bitnami/mongodb:7", environment={"MONGODB_PORT_NUMBER": "30000"}).text("net.port") == "30000"


def test_mongos() -> None:
    found = run(command=["mongos", "--configdb", "cfg/c1:27019", "--bind_ip_all"])
    assert found.program == "mongos"
    assert not found.is_data_node


def test_a_password_on_the_command_line_is_in_no_setting() -> None:
    found = run(command=["mongod", "--tlsCertificateKeyFilePassword", "not-a-real-one"])
    shown = [setting.shown() for setting in found.settings.values()]
    assert "not-a-real-one" not in repr(found) + repr(shown) + repr(dict(found.settings))
