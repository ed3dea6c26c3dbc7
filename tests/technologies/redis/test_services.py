"""From containers and files to effective configurations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

import pytest

from auditor.model.exposure import Reach
from auditor.model.location import Location
from auditor.model.secret import Secret
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Located, Port, Role, Variable, Workload
from auditor.technologies.document import Document
from auditor.technologies.redis import REDIS, Redis, RedisSentinel, RedisServer

AT = Location("compose.yaml", 3)


@dataclass
class View:
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    closed: str = ""

    def open(self, path: str) -> Source | Unknown | None:
        if path in self.files:
            return Source(path=path, text=self.files[path])
        return Unknown(f"{path} is on a volume") if self.closed and path.startswith(self.closed) else None

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        return sorted(path for path in self.files if fnmatchcase(path, pattern))


def container(
    image: str,
    command: str | None = None,
    entrypoint: str | None = None,
    environment: Mapping[str, str | Unknown] | None = None,
    *,
    words: Sequence[str | Unknown] | None = None,
    ports: tuple[Port, ...] = (),
    environment_open: str | None = None,
    role: Role = Role.SERVICE,
) -> Workload:
    def located(text: str | None) -> tuple[Located[str], ...] | None:
        return None if text is None else tuple(Located(value=word, at=AT) for word in text.split())

    return Workload(
        component="cache",
        technology="compose",
        at=AT,
        name="cache",
        origin="compose",
        role=role,
        image=Located(value=image, at=AT),
        entrypoint=located(entrypoint),
        command=tuple(Located(value=word, at=AT) for word in words) if words is not None else located(command),
        environment={name: Variable(name=name, value=value, at=AT) for name, value in (environment or {}).items()},
        environment_open=environment_open,
        ports=ports,
    )


def read(workload: Workload, files: Mapping[str, str] | None = None, closed: str = "") -> RedisServer:
    (service,) = REDIS.from_workload(workload, View(files or {}, closed))
    assert isinstance(service, RedisServer)
    return service


@pytest.mark.parametrize(
    ("image", "command", "entrypoint"),
    [
        ("redis:7", "redis-cli -h cache ping", None),
        ("redis:7", "sleep infinity", None),
        ("redis:7", None, "redis-cli"),
        ("redis:7", "redis-server --version", None),
        ("oliver006/redis_exporter:v1.50", None, None),
        ("rediscommander/redis-commander", None, None),
        ("python:3.12", "celery worker", None),
        ("redislabs/redisinsight:1.14", None, None),
    ],
)
def test_other_programs_are_no_servers(image: str, command: str | None, entrypoint: str | None) -> None:
    assert list(REDIS.from_workload(container(image, command, entrypoint), View())) == []


def test_an_init_container_is_no_server() -> None:
    assert list(REDIS.from_workload(container("redis:7", role=Role.INIT), View())) == []


@pytest.mark.parametrize(
    ("image", "command", "entrypoint"),
    [
        ("redis:7.2-alpine", None, None),
        ("docker.io/library/redis:7.2", "redis-server", None),
        ("redis:7.2", "--appendonly yes", None),
        ("registry.example.org:5000/redis:7.2", "redis-server --appendonly yes", None),
        ("redis:7.2", "exec redis-server", None),
        ("redis:7.2", "redis-server --appendonly yes", "docker-entrypoint.sh"),
        ("redis:7.2", None, "tini -- redis-server --appendonly yes"),
        ("redis:7.2", "gosu redis redis-server", None),
    ],
)
def test_the_official_image_lets_everybody_in(image: str, command: str | None, entrypoint: str | None) -> None:
    service = read(container(image, command, entrypoint))
    assert isinstance(service, Redis)
    assert service.version == "7.2"
    assert service.is_passwordless is True
    assert service.settings["protected-mode"].origin is Origin.IMAGE
    assert service.serves_remote_clients is True


def test_the_official_image_obeys_an_explicit_protected_mode() -> None:
    assert read(container("redis:7", "redis-server --protected-mode yes")).is_protected is True


def test_protected_mode_depends_on_the_version() -> None:
    files = {"/etc/redis.conf": "bind 0.0.0.0\nprotected-mode yes\n"}
    command = "redis-server /etc/redis.conf"
    assert read(container("redis:7.0", command), files).is_protected is True
    assert read(container("redis:6.2", command), files).is_protected is False
    assert read(container("redis:6.2", "redis-server --protected-mode yes")).is_protected is True
    assert isinstance(read(container("redis:latest", command), files).is_protected, Unknown)
    assert read(container("valkey/valkey:latest", command), files).is_protected is True


def test_flags_override_the_file_and_the_file_the_defaults() -> None:
    files = {"/usr/local/etc/redis/redis.conf": "timeout 5\nloglevel warning\nrequirepass sample\n"}
    command = "redis-server /usr/local/etc/redis/redis.conf --timeout 9 --requirepass"
    service = read(container("redis:7.2", words=[*command.split(), ""]), files)
    assert [service.text(name) for name in ("timeout", "loglevel", "maxmemory")] == ["9", "warning", "0"]
    origins = [service.settings[name].origin for name in ("timeout", "loglevel", "maxmemory")]
    assert origins == [Origin.FLAG, Origin.FILE, Origin.DEFAULT]
    assert service.is_passwordless is True
    assert service.consumed == {"/usr/local/etc/redis/redis.conf"}


@pytest.mark.parametrize(
    ("script", "environment", "passwordless", "refused"),
    [
        ("redis-server --requirepass $PASS", {"PASS": "sample"}, False, False),
        ('redis-server --requirepass "$PASS" --appendonly yes', {"PASS": ""}, True, False),
        ("redis-server --requirepass $PASS", {}, None, True),
        ('redis-server --requirepass "${PASS:-sample}"', {}, False, False),
        ("redis-server --requirepass $(cat /run/secrets/pass)", {}, None, False),
        ("mkdir -p /data && exec redis-server --requirepass 'two words' > /dev/null 2>&1", {}, False, False),
        ('[ -n "$PASS" ] || exit 1; redis-server --requirepass=x', {"PASS": "x"}, None, True),
    ],
)
def test_shell_commands(
    script: str, environment: dict[str, str | Unknown], passwordless: bool | None, refused: bool
) -> None:
    service = read(container("redis:7.2", words=["sh", "-c", script], environment=environment))
    assert bool(service.refused) is refused
    if passwordless is not None:
        assert service.is_passwordless is passwordless
    elif not refused:
        assert isinstance(service.is_passwordless, Unknown)


def test_a_script_that_asks_the_server_only_is_no_server() -> None:
    workload = container("redis:7", words=["sh", "-c", "until redis-cli ping; do sleep 1; done"])
    assert list(REDIS.from_workload(workload, View())) == []


def test_what_is_not_known_stays_not_known() -> None:
    mounted = read(container("redis:7", "redis-server /conf/redis.conf --timeout 3"), closed="/conf")
    assert isinstance(mounted.is_passwordless, Unknown)
    assert mounted.number("timeout") == 3
    flags = read(container("redis:7", words=["redis-server", "--timeout", "3", Unknown("FLAGS is not set")]))
    assert isinstance(flags.is_passwordless, Unknown)
    private = read(container("registry.example.org/team/redis:7"))
    assert isinstance(private.is_passwordless, Unknown)
    assert private.refused == ()


def test_standard_input_and_templates_leave_the_configuration_open() -> None:
    piped = read(container("redis:7", words=["sh", "-c", "echo requirepass sample | redis-server - --timeout 3"]))
    assert isinstance(piped.is_passwordless, Unknown)
    assert piped.number("timeout") == 3
    templated = replace(container("redis:7"), templated=True)
    assert isinstance(read(templated).is_passwordless, Unknown)


def test_an_unknown_password_is_not_judged() -> None:
    words: list[str | Unknown] = ["redis-server", "--requirepass", Unknown("from a Secret")]
    assert isinstance(read(container("redis:7", words=words)).is_passwordless, Unknown)


@pytest.mark.parametrize("words", [["redis-server", f"/c/{HOLE}.conf"], ["redis-server", "--requirepass", f"a{HOLE}"]])
def test_a_word_with_an_unknown_part_is_not_known(words: list[str]) -> None:
    service = read(container("redis:7", words=words))
    assert isinstance(service.is_passwordless, Unknown)
    assert service.refused == ()


def test_an_unknown_include_clouds_what_stands_before_it_only() -> None:
    files = {"/c/redis.conf": "requirepass sample\ntimeout 5\ninclude /secrets/more.conf\nmaxclients 50\n"}
    service = read(container("redis:7", "redis-server /c/redis.conf"), files, closed="/secrets")
    assert isinstance(service.text("timeout"), Unknown)
    assert isinstance(service.is_passwordless, Unknown)
    assert service.number("maxclients") == 50


def test_an_include_loop_is_refused() -> None:
    files = {"/c/a.conf": "include /c/b.conf\n", "/c/b.conf": "include /c/a.conf\n"}
    assert read(container("redis:7", "redis-server /c/a.conf"), files).refused


def test_valkey_puts_extra_flags_on_the_command_line() -> None:
    service = read(container("valkey/valkey:8", environment={"VALKEY_EXTRA_FLAGS": "--requirepass sample --port 0"}))
    assert service.is_passwordless is False
    assert service.label == "Valkey"


def test_redis_stack_reads_redis_args() -> None:
    assert read(container("redis/redis-stack-server:7.2.0-v6")).serves_remote_clients is True
    service = read(container("redis/redis-stack:latest", environment={"REDIS_ARGS": "--requirepass sample"}))
    assert service.is_passwordless is False


def test_bitnami_reads_its_variables() -> None:
    service = read(container("bitnami/redis:7.2", environment={"REDIS_PASSWORD": "sample"}))
    assert service.is_passwordless is False
    assert service.settings["requirepass"].origin is Origin.ENVIRONMENT
    assert isinstance(service.settings["requirepass"].value, Secret)
    assert service.flag("appendonly") is True
    opened = read(container("bitnami/redis:7.2", environment={"ALLOW_EMPTY_PASSWORD": "yes"}))
    assert opened.serves_remote_clients is True
    assert read(container("bitnami/redis:7.2")).refused
    assert read(container("bitnami/redis:7.2", environment_open="an env_file")).refused == ()


def test_bitnami_with_a_password_from_a_secret_is_not_passwordless() -> None:
    environment: dict[str, str | Unknown] = {"REDIS_PASSWORD": Unknown("from a Secret"), "ALLOW_EMPTY_PASSWORD": "no"}
    assert read(container("bitnami/redis:7.2", environment=environment)).is_passwordless is False
    maybe = {**environment, "ALLOW_EMPTY_PASSWORD": "yes"}
    assert isinstance(read(container("bitnami/redis:7.2", environment=maybe)).is_passwordless, Unknown)


def test_bitnami_with_tls_closes_the_plain_port() -> None:
    environment: dict[str, str | Unknown] = {
        "VALKEY_PASSWORD": "sample",
        "VALKEY_TLS_ENABLED": "yes",
        "VALKEY_TLS_CERT_FILE": "/tls/a.crt",
        "VALKEY_TLS_KEY_FILE": "/tls/a.key",
        "VALKEY_TLS_CA_FILE": "/tls/ca.crt",
    }
    service = read(container("bitnami/valkey:8.0", environment=environment))
    assert (service.number("port"), service.number("tls-port")) == (0, 6379)
    assert service.refused == ()


def test_exposure_is_what_is_published_and_listened_on() -> None:
    port = Port(container=6379, at=AT, published=True, host=6379)
    assert read(container("redis:7", ports=(port,))).exposure.reach is Reach.PUBLISHED
    assert read(container("redis:7")).exposure.reach is Reach.CONTAINER_NETWORK
    local = read(container("redis:7", "redis-server --bind 127.0.0.1", ports=(port,)))
    assert local.exposure.reach is Reach.LOOPBACK
    other = read(container("redis:7", "redis-server --port 7000", ports=(port,)))
    assert other.exposure.reach is Reach.CONTAINER_NETWORK


def test_defaults_depend_on_the_version() -> None:
    with_flag = "redis-server --timeout 1"
    assert read(container("redis:6.0", with_flag)).text("save") == ""
    assert read(container("redis:6.0")).text("save") != ""
    assert read(container("redis:6.2", with_flag)).text("save") == "3600 1 300 100 60 10000"
    assert read(container("redis:6.2", "redis-server --save 900 1 300 10")).text("save") == ""
    assert read(container("redis:7.0", "redis-server --save 900 1 300 10")).text("save") == "900 1 300 10"


def files(texts: Mapping[str, str]) -> list[RedisServer]:
    documents: list[Document] = [REDIS.parse(Source(path=path, text=text)) for path, text in texts.items()]
    views = {document.source.key: View(texts) for document in documents}
    found = list(REDIS.from_files(documents, views))
    return [service for service in found if isinstance(service, RedisServer)]


def test_included_and_acl_files_are_not_judged_alone() -> None:
    texts = {
        "redis.conf": "include more.conf\naclfile users.acl\n",
        "more.conf": "bind 127.0.0.1\n",
        "users.acl": "user default off\n",
        "left.acl": "user api on nopass +@all\n",
    }
    services = files(texts)
    assert [service.component for service in services] == ["redis.conf", "left.acl"]
    assert services[0].is_passwordless is False
    assert services[0].exposure.reach is Reach.LOOPBACK


def test_directives_tell_the_oldest_version() -> None:
    (old,) = files({"redis.conf": "bind 0.0.0.0\n"})
    (new,) = files({"redis.conf": "bind 0.0.0.0\nlatency-tracking yes\n"})
    assert isinstance(old.is_protected, Unknown)
    assert new.is_protected is True


def test_an_unlisted_directive_is_refused_only_where_the_version_is_known() -> None:
    (alone,) = files({"redis.conf": "requirpass sample\nport 6379\n"})
    assert alone.refused == ()
    assert len(alone.unrecognised) == 1
    image = read(container("redis:7.2", "redis-server /c/r.conf"), {"/c/r.conf": "requirpass sample\n"})
    assert len(image.refused) == 1


def test_sentinel() -> None:
    (service,) = files({"sentinel.conf": "port 26379\nsentinel monitor main 10.0.0.5 6379 2\n"})
    assert isinstance(service, RedisSentinel)
    assert [(monitor.name, monitor.host, monitor.quorum) for monitor in service.monitors] == [("main", "10.0.0.5", 2)]
    assert service.serves_remote_clients is True
    run = read(container("redis:7", "redis-sentinel /c/s.conf"), {"/c/s.conf": "requirepass sample\n"})
    assert isinstance(run, RedisSentinel)
    assert run.is_passwordless is False
    assert isinstance(read(container("redis:7", "redis-server /c/s.conf --sentinel"), {"/c/s.conf": ""}), RedisSentinel)


def test_no_secret_in_the_text_of_a_service() -> None:
    texts = {"redis.conf": "requirepass canary-one\nmasterauth canary-two\nuser api on >canary-three\n"}
    service = read(
        container("redis:7", "redis-server /c/r.conf --requirepass canary-four"), {"/c/r.conf": texts["redis.conf"]}
    )
    shown = repr(service) + repr(files(texts)) + "".join(setting.shown() for setting in service.settings.values())
    assert "canary" not in shown
