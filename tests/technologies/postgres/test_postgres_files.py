"""Files, flags and containers put together: what is known, what is refused, what is left open."""

import pytest

from auditor.api import Credential, Reach, Unknown
from auditor.model.location import Location
from auditor.model.unknown import UndecidedError
from auditor.model.workload import Located
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.postgres import PgHba, PgIdent, Postgres
from auditor.technologies.postgres.arguments import parse_arguments
from auditor.technologies.recognition.postgres import recognise_kind

PLACE = Location("compose.yaml", 1)


def server_of(files: dict[str, str]) -> Postgres:
    (server,) = [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Postgres)]
    return server


def hba_of(files: dict[str, str]) -> PgHba:
    (hba,) = [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, PgHba)]
    return hba


def compose(*, image: str = "postgres:16", environment: str = "POSTGRES_PASSWORD: ${PW:?}", more: str = "") -> str:
    return f"services:\n  db:\n    image: {image}\n    environment:\n      {environment}\n{more}"


@pytest.mark.parametrize(
    ("name", "path", "head", "kind"),
    [
        ("pg_hba.conf.j2", "x", "host all all all md5\n", "HBA"),
        ("pg_hba.conf_15.j2", "x", "local all all peer\n", "HBA"),
        ("my-pg_hba.conf", "x", "hostssl all all 10.0.0.0/8 scram-sha-256\n", "HBA"),
        ("postgresql.conf", "x", "", "CONF"),
        ("postgresql-prod.conf", "x", "shared_buffers = 1GB\nlisten_addresses = '*'\n", "CONF"),
        ("custom_postgresql.conf", "x", "shared_buffers = 1GB\nmax_connections = 250\n", "FRAGMENT"),
        ("postgresql.auto.conf", "x", "", "AUTO"),
        ("10-tls.conf", "etc/postgresql/15/main/conf.d/10-tls.conf", "ssl = on\n", "FRAGMENT"),
        ("tuning.conf", "x", "shared_buffers = 1GB\nwal_level = replica\nmax_wal_size = 1GB\n", "FRAGMENT"),
        ("tuning.conf", "x", "shared_buffers = mem / 4\nwal_buffers = mem * 3\nwal_level = env.get('L')\n", None),
        ("recovery.conf.j2", "x", "standby_mode = 'on'\nprimary_conninfo = 'host=db'\n", "RECOVERY"),
        ("recovery.conf", "x", "partition = on\n", None),
        ("pg_ident.conf", "x", "", "IDENT"),
        ("pgbouncer.conf", "x", "listen_addr = *\n", None),
        ("pgpool.conf", "x", "listen_addresses = '*'\nport = 1\n", None),
        ("pg_hba.sh", "x", "echo\nhost all all all md5\n", None),
        ("redis.conf", "x", "bind 127.0.0.1\nport 6379\n", None),
        ("nginx.conf", "docker/postgres/nginx.conf", "server {\n listen 80;\n port = 1;\n}\n", None),
        ("server.properties", "x", "server-port=25565\n", None),
    ],
)
def test_recognition(name: str, path: str, head: str, kind: str | None) -> None:
    found = recognise_kind(name, path, head)
    assert (found[0].name if found else None) == kind


def test_a_part_of_the_configuration_leaves_what_it_does_not_set_open() -> None:
    server = server_of({"etc/postgresql/15/main/conf.d/tls.conf": "ssl = on\n"})
    assert server.on("ssl") is True
    assert isinstance(server.on("log_connections"), Unknown)


def test_an_included_file_is_not_judged_alone_and_a_missing_one_leaves_the_rest_open() -> None:
    server = server_of(
        {"a/postgresql.conf": "include 'postgresql-more.conf'\n", "a/postgresql-more.conf": "fsync = off\nport = 1\n"}
    )
    assert server.on("fsync") is False
    assert server.where("fsync").path == "a/postgresql-more.conf"
    server = server_of({"a/postgresql.conf": "include 'gone.conf'\nssl = on\n"})
    assert server.on("ssl") is True
    assert isinstance(server.on("fsync"), Unknown)
    assert not server.refused


def test_recovery_conf_is_no_part_of_the_configuration() -> None:
    estate = take_estate(
        MemoryTree({"recovery.conf": "standby_mode = 'on'\nprimary_conninfo = 'password=made-up-01'\n"})
    )
    assert not [fact for fact in estate.facts if isinstance(fact, Postgres)]
    assert [fact.key for fact in estate.facts if isinstance(fact, Credential)]


def test_a_loop_of_includes_is_refused() -> None:
    server = server_of({"a/postgresql.conf": "include 'postgresql.conf'\n"})
    assert server.refused


def test_include_is_a_record_before_16_and_followed_from_16_on() -> None:
    old = {
        "etc/postgresql/15/main/pg_hba.conf": "include more.conf\n",
        "etc/postgresql/15/main/more.conf": "host all all all md5\n",
    }
    new = {path.replace("15", "16"): text for path, text in old.items()}
    assert hba_of(old).refused
    assert [str(item.rule) for item in hba_of(new).reached] == ["host all all all md5"]
    gone = hba_of({"etc/postgresql/16/main/pg_hba.conf": "include gone.conf\nhost all all all trust\n"})
    with pytest.raises(UndecidedError):
        list(gone.reachable())


def test_an_unknown_record_leaves_only_those_behind_it_open_that_it_may_cover() -> None:
    hba = hba_of(
        {"pg_hba.conf.j2": "host {{ db }} app 10.0.0.0/8 reject\nhost all app 10.0.0.0/8 md5\nhost all bob all trust\n"}
    )
    assert [(bool(item.live), bool(item.doubtful)) for item in hba.reached] == [
        (True, False),
        (False, True),
        (True, False),
    ]


def test_a_record_for_an_unknown_database_may_be_covered_or_be_for_replication() -> None:
    (_, unknown) = hba_of({"pg_hba.conf.j2": "host all all all md5\nhost {{ db }} all all trust\n"}).reached
    assert not unknown.live
    assert unknown.doubtful


def test_so_many_combinations_that_they_are_not_compared_are_left_open() -> None:
    names = ",".join(f"n{number}" for number in range(800))
    hba = hba_of({"pg_hba.conf": f"host {names} {names} all md5\n"})
    with pytest.raises(UndecidedError):
        list(hba.reachable())


def test_images_of_before_february_2020_trust_everybody_without_a_password() -> None:
    files = {"compose.yaml": compose(image="postgres:9.6.10", environment="POSTGRES_USER: app")}
    assert not server_of(files).refused
    assert str(hba_of(files).reached[-1].rule) == "host all all all trust"
    assert server_of({"compose.yaml": compose(image="postgres:9.6", environment="POSTGRES_USER: app")}).refused


def test_a_dockerfile_is_not_asked_for_the_password() -> None:
    assert not server_of({"Dockerfile": "FROM postgres:16\nCOPY init.sql /docker-entrypoint-initdb.d/\n"}).refused


def test_config_maps_are_read_through_the_pod_that_mounts_them() -> None:
    text = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data:
  postgresql.conf: |
    listen_addresses = '*'
    ssl = on
---
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  containers:
    - name: pg
      image: postgres:16
      args: ["-c", "config_file=/etc/pg/postgresql.conf"]
      env: [{name: POSTGRES_PASSWORD, valueFrom: {secretKeyRef: {name: s, key: k}}}]
      volumeMounts: [{name: conf, mountPath: /etc/pg}]
  volumes: [{name: conf, configMap: {name: settings}}]
"""
    server = server_of({"db.yaml": text})
    assert server.on("ssl") is True
    assert str(server.where("ssl")) == "db.yaml:7"
    assert server.origin == "kubernetes"


def test_hba_file_and_configuration_of_one_folder_are_one_server() -> None:
    files = {"db/postgresql.conf": "ssl = on\nlisten_addresses = '*'\n", "db/pg_hba.conf": "hostssl all all all md5\n"}
    hba = hba_of(files)
    assert hba.component == "db/postgresql.conf"
    assert hba.ssl is True
    assert hba.exposure.reach is Reach.HOST_NETWORK
    assert isinstance(hba_of({"db/pg_hba.conf": "local all all peer\n"}).ssl, Unknown)


def test_relocated_files() -> None:
    conf = "hba_file = 'access.conf'\nident_file = 'names.conf'\n"
    records = "local all all peer map=m\nhost all all all md5\n"
    facts = take_estate(
        MemoryTree({"a/postgresql.conf": conf, "a/access.conf": records, "a/names.conf": "m root postgres\n"})
    ).facts
    assert [len(fact.rules) for fact in facts if isinstance(fact, PgHba)] == [2]
    assert [fact.used for fact in facts if isinstance(fact, PgIdent)] == [frozenset({"m"})]


def test_auto_conf_outranks_the_main_file() -> None:
    server = server_of({"postgresql.conf": "fsync = on\n", "postgresql.auto.conf": "fsync = 'off'\n"})
    assert server.on("fsync") is False
    assert server.where("fsync").path == "postgresql.auto.conf"


def test_a_wrong_value_is_forgiven_only_if_the_same_spelling_follows() -> None:
    assert not server_of({"postgresql.conf": "fsync = perhaps\nfsync = off\n"}).refused
    assert server_of({"postgresql.conf": "fsync = perhaps\nFSYNC = off\n"}).refused
    assert server_of({"postgresql.conf": "fsync = on\nFSYNC = off\n"}).on("fsync") is False


def words(*texts: str) -> list[Located[str]]:
    return [Located(value=text, at=PLACE) for text in texts]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("postgres", "-c", "fsync=off"), {"fsync": "off"}),
        (("docker-entrypoint.sh", "postgres", "--log-statement=all", "-l"), {"log_statement": "all", "ssl": "on"}),
        (("-cssl=on", "-p", "5433"), {"ssl": "on", "port": "5433"}),
        (("sh", "-c", "chmod 600 /k && exec postgres -c ssl=on -F"), {"ssl": "on", "fsync": "off"}),
        (("/usr/lib/postgresql/15/bin/postgres", "-D", "/data", "-h", "*"), {"listen_addresses": "*"}),
        (("postgres", "-Fp5433"), {"fsync": "off", "port": "5433"}),
        ((), {}),
    ],
)
def test_flags(command: tuple[str, ...], expected: dict[str, str]) -> None:
    flags = parse_arguments(words(*command))
    assert flags.runs_server
    assert {assigned.name: assigned.value for assigned in flags.assignments} == expected
    assert not flags.problems


@pytest.mark.parametrize("command", [("pg_dump", "-h", "db"), ("bash", "-c", "psql -c 'select 1'"), ("sleep", "9")])
def test_other_programs_are_no_servers(command: tuple[str, ...]) -> None:
    assert not parse_arguments(words(*command)).runs_server


def test_flags_of_a_shell_variable_are_open() -> None:
    flags = parse_arguments(words("sh", "-c", "exec postgres $FLAGS"))
    assert flags.open_reason


def test_the_image_listens_everywhere_and_adds_its_line() -> None:
    files = {"compose.yaml": compose()}
    assert server_of(files).text("listen_addresses") == "*"
    assert server_of(files).checksums is False
    assert str(hba_of(files).reached[-1].rule) == "host all all all scram-sha-256"
    assert str(hba_of({"compose.yaml": compose(image="postgres:13-alpine")}).reached[-1].rule) == "host all all all md5"
    assert str(hba_of({"compose.yaml": compose(image="postgres")}).reached[-1].rule) == "host all all all scram-sha-256"


def test_an_address_that_a_template_fills_in_may_be_the_same_hosts() -> None:
    text = "host a all {{ clients }} trust\nhost b all 10.0.0.0/8 trust\nhost c all {{ clients }} scram-sha-256\n"
    rules = hba_of({"pg_hba.conf.j2": text})
    found = rules.authenticating("trust", remote=True)
    assert next(found).database == "b"
    with pytest.raises(UndecidedError, match="address"):
        next(found)
    assert [rule.database for rule in rules.authenticating("trust")] == ["a", "b"]
    assert [rule.database for rule in rules.authenticating("reject", remote=True)] == []


def test_a_tag_that_is_not_known_is_not_taken_for_the_current_release() -> None:
    files = {"compose.yaml": compose(image="postgres:${TAG:?}")}
    assert isinstance(server_of(files).text("password_encryption"), Unknown)
    assert isinstance(hba_of(files).reached[-1].rule.method, Unknown)


def test_versions_of_derived_images() -> None:
    assert server_of({"compose.yaml": compose(image="timescale/timescaledb:2.14.2-pg15")}).major == 15
    assert server_of({"compose.yaml": compose(image="postgis/postgis:16-3.4")}).major == 16
    assert server_of({"compose.yaml": compose(image="registry.example.org/mirror/library/postgres:17.2")}).major == 17


def test_a_mounted_configuration_replaces_the_images() -> None:
    more = "    command: -c config_file=/etc/pg/postgresql.conf -c hba_file=/etc/pg/pg_hba.conf\n    volumes: [./pg:/etc/pg:ro]\n"
    files = {
        "compose.yaml": compose(more=more),
        "pg/postgresql.conf": "ssl = on\n",
        "pg/pg_hba.conf": "hostssl all all all cert\n",
    }
    assert server_of(files).on("ssl") is True
    assert server_of(files).exposure.reach is Reach.LOOPBACK, "the default of the server, not of the image"
    assert [item.rule.method for item in hba_of(files).reached] == ["cert"]


def test_a_configuration_that_is_not_scanned_is_not_known() -> None:
    more = "    command: -c config_file=/etc/pg/postgresql.conf\n    volumes: [/srv/pg:/etc/pg:ro]\n"
    server = server_of({"compose.yaml": compose(more=more)})
    assert isinstance(server.on("ssl"), Unknown)


def test_a_script_of_the_first_start_leaves_the_rules_open() -> None:
    more = "    volumes: [./init:/docker-entrypoint-initdb.d:ro]\n"
    files = {
        "compose.yaml": compose(more=more),
        "init/hba.sh": "echo 'host all all all reject' > $PGDATA/pg_hba.conf\n",
    }
    with pytest.raises(UndecidedError):
        list(hba_of(files).reachable())
    files["init/hba.sh"] = "createdb clinic\n"
    assert list(hba_of(files).reachable())


def test_the_image_needs_a_password() -> None:
    assert server_of({"compose.yaml": compose(environment="POSTGRES_USER: app")}).refused
    assert server_of({"compose.yaml": compose(environment="POSTGRES_PASSWORD: ''")}).refused
    assert not server_of({"compose.yaml": compose(environment="POSTGRES_PASSWORD_FILE: /run/secrets/pw")}).refused
    assert not server_of({"compose.yaml": compose(environment="POSTGRES_HOST_AUTH_METHOD: trust")}).refused


def test_bitnami() -> None:
    image = "bitnami/postgresql:16"
    empty = hba_of({"compose.yaml": compose(image=image, environment="ALLOW_EMPTY_PASSWORD: 'yes'")})
    assert {item.rule.method for item in empty.reached} == {"trust"}
    safe = {"compose.yaml": compose(image=image, environment="POSTGRESQL_PASSWORD: ${PW:?}")}
    assert {item.rule.method for item in hba_of(safe).reached} == {"md5"}
    assert server_of({"compose.yaml": compose(image=image, environment="POSTGRESQL_USERNAME: app")}).refused


def test_programs_beside_the_server_are_left_alone() -> None:
    text = "services:\n  a:\n    image: dpage/pgadmin4\n  b:\n    image: postgres:16\n    command: pg_dump -h db\n  c:\n    image: edoburu/pgbouncer\n"
    facts = take_estate(MemoryTree({"compose.yaml": text})).facts
    assert not [fact for fact in facts if isinstance(fact, Postgres)]


def test_secrets_of_settings_are_sealed() -> None:
    conf = "primary_conninfo = 'host=a password=example-secret'\narchive_command = 'cp --key example-secret %p'\nx.key = 'example-secret'\n"
    server = server_of({"postgresql.conf": conf})
    assert not any("example-secret" in setting.shown() for setting in server.settings.values())
    assert "example-secret" not in repr(server)


@pytest.mark.parametrize(
    ("more", "method"),
    [("", "md5"), ("      ALLOW_EMPTY_PASSWORD: 'no'\n", "md5"), ("      ALLOW_EMPTY_PASSWORD: 'yes'\n", None)],
)
def test_an_unknown_password_of_bitnami_may_be_empty_where_that_is_allowed(more: str, method: str | None) -> None:
    text = compose(image="bitnami/postgresql:16", environment="POSTGRESQL_PASSWORD: ${PW}", more=more)
    methods = {item.rule.method for item in hba_of({"compose.yaml": text}).reached}
    assert methods == {"md5"} if method else all(isinstance(each, Unknown) for each in methods)


UNIT = "etc/systemd/system/postgresql.service"


def unit(words: str, more: str = "") -> str:
    return f"[Service]\nType=notify\nUser=postgres\n{more}ExecStart={words}\n"


def test_a_units_flags_outrank_the_file_it_names() -> None:
    start = (
        "/usr/lib/postgresql/15/bin/postgres -D /var/lib/postgresql/15/main -c config_file=/etc/pg.conf -c fsync=off"
    )
    server = server_of({UNIT: unit(start), "etc/pg.conf": "fsync = on\nport = 5433\nssl = on\n"})
    assert (server.component, server.major) == ("postgresql.service", 15)
    assert server.on("fsync") is False
    assert server.on("ssl") is True
    assert server.where("fsync").path == UNIT
    assert not server.in_container
    assert server.exposure.reach is Reach.LOOPBACK


def test_a_unit_loads_the_files_of_its_data_directory() -> None:
    files = {
        UNIT: unit("/usr/bin/postmaster -D ${PGDATA}", "Environment=PGDATA=/var/lib/pgsql/data\n"),
        "var/lib/pgsql/data/postgresql.conf": "listen_addresses = '*'\nssl = on\nhba_file = 'rules.conf'\n",
        "var/lib/pgsql/data/postgresql.auto.conf": "ssl = 'off'\n",
        "var/lib/pgsql/data/rules.conf": "host all all 10.0.0.0/8 trust\n",
        "var/lib/pgsql/data/pg_hba.conf": "local all all peer\n",
    }
    (server,) = [fact for fact in take_estate(MemoryTree(files)).facts if type(fact) is Postgres]
    assert server.component == "postgresql.service"
    assert server.on("ssl") is False
    assert server.exposure.reach is Reach.HOST_NETWORK
    rules = {fact.component: fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, PgHba)}
    (rule,) = rules["postgresql.service"].reachable()
    assert rule.method == "trust"


def test_a_unit_that_starts_it_through_a_shell() -> None:
    server = server_of({UNIT: unit("/bin/sh -c 'exec /usr/lib/postgresql/16/bin/postgres -D /srv/pg -c fsync=off'")})
    assert (server.major, server.on("fsync")) == (16, False)


def test_what_a_unit_leaves_open_is_not_known() -> None:
    server = server_of({UNIT: unit("/usr/pgsql-16/bin/postgres -D /srv/pg -h 0.0.0.0 -F")})
    assert server.on("fsync") is False
    assert server.listens_beyond_loopback is True
    assert isinstance(server.on("ssl"), Unknown)


@pytest.mark.parametrize(
    "words",
    [
        "/usr/pgsql-16/bin/postgres -D /srv/pg",
        "/usr/bin/psql -h db",
        "/bin/sh -c 'psql -h db'",
        "/usr/sbin/nginx -g 'daemon off;'",
    ],
)
def test_units_that_say_nothing_of_a_server(words: str) -> None:
    assert not [fact for fact in take_estate(MemoryTree({UNIT: unit(words)})).facts if isinstance(fact, Postgres)]
