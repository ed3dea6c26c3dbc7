"""From containers and files to effective configurations."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Port, Role
from auditor.technologies.mysql import MYSQL

from .reading import AT, View, alone, container, mariadb, read

ROOT = {"MYSQL_ROOT_PASSWORD": "sample"}
PUBLISHED = (Port(container=3306, at=AT, published=True),)


@pytest.mark.parametrize(
    ("image", "words", "entrypoint"),
    [
        ("mysql:8", ("mysqldump", "--all-databases"), None),
        ("mysql:8", ("mysql", "-h", "db"), None),
        ("mysql:8", ("sleep", "infinity"), None),
        ("mysql:8", ("mysqld", "--version"), None),
        ("mysql:8", (), ("/backup.sh",)),
        ("prom/mysqld-exporter:v0.15", (), None),
        ("phpmyadmin/phpmyadmin", (), None),
        ("bitnami/phpmyadmin", (), None),
    ],
)
def test_other_programs(image: str, words: tuple[str, ...], entrypoint: tuple[str, ...] | None) -> None:
    assert MYSQL.from_workload(container(image, *words, entrypoint=entrypoint), View()) == ()


def test_jobs_are_no_servers() -> None:
    assert MYSQL.from_workload(container("mysql:8", role=Role.JOB), View()) == ()


@pytest.mark.parametrize(
    ("image", "words"),
    [
        ("mysql:8.0", ("--local-infile=1",)),
        ("mysql:8.0", ("mysqld", "--local-infile")),
        ("mysql:8.0", ("docker-entrypoint.sh", "mysqld", "--local_infile=ON")),
        ("mysql:8.0", ("sh", "-c", "chown mysql /data && exec docker-entrypoint.sh mysqld --local-infile=1")),
        ("registry.example.org/library/mysql:8.0", ("--local-infile",)),
        ("percona:8.0", ("--local-infile=true",)),
    ],
)
def test_flags(image: str, words: tuple[str, ...]) -> None:
    service = read(container(image, *words, environment=ROOT))
    assert service.on("local_infile") is True
    assert service.settings["local_infile"].origin is Origin.FLAG
    assert service.parsed_version == (8, 0)


def test_files_come_in_the_servers_order() -> None:
    files = {
        "/etc/my.cnf": "[mysqld]\nwait_timeout=1000\n!includedir /etc/my.d\n",
        "/etc/my.d/b.cnf": "[mysqld]\nwait_timeout=2000\n",
        "/etc/my.d/a.cnf": "[mysqld]\nwait_timeout=3000\nsync_binlog=5\n",
        "/etc/mysql/my.cnf": "[mysqld]\ninteractive_timeout=4000\n",
    }
    service = read(container("mysql:8.4", "--sync-binlog=7", environment=ROOT), files)
    values = [service.number(name) for name in ("wait_timeout", "interactive_timeout", "sync_binlog")]
    assert values == [2000, 4000, 7]
    assert service.consumed == frozenset(files)


def test_mysql_looks_behind_the_first_dot_of_a_name() -> None:
    files = {"/etc/mysql/conf.d/my.extra.cnf": "[mysqld]\nwait_timeout=1000\n"}
    assert read(container("mysql:8.4", environment=ROOT), files).number("wait_timeout") == 28800
    assert read(container("mariadb:11.4", environment=ROOT), files).number("wait_timeout") == 1000


def test_groups_by_product_and_version() -> None:
    files = {
        "/etc/mysql/conf.d/x.cnf": "[mysqld]\nwait_timeout=1\n[mariadb]\nwait_timeout=2\n[mysqld-8.4]\nwait_timeout=3\n"
    }
    assert read(container("mysql:8.0", environment=ROOT), files).number("wait_timeout") == 1
    assert read(container("mysql:8.4.2", environment=ROOT), files).number("wait_timeout") == 3
    assert read(container("mariadb:11.4", environment=ROOT), files).number("wait_timeout") == 2
    assert isinstance(read(container("mysql", environment=ROOT), files).number("wait_timeout"), Unknown)


def test_persisted_variables_outrank_flags() -> None:
    text = (
        '{ "Version" : 1 , "mysql_server" : { "local_infile" : { "Value" : "ON" , "Metadata" : '
        '{ "Timestamp" : 1 , "User" : "root" , "Host" : "x" } } , "mysql_server_static_options": '
        '{ "wait_timeout": { "Value": "60", "Metadata": {} } } } }'
    )
    workload = container("mysql:8.0", "--local-infile=0", environment=ROOT)
    service = read(workload, {"/var/lib/mysql/mysqld-auto.cnf": text})
    assert service.on("local_infile") is True
    assert service.number("wait_timeout") == 60
    (lone,) = alone({"data/mysqld-auto.cnf": text})
    assert lone.on("local_infile") is True
    assert isinstance(lone.on("general_log"), Unknown)


def test_defaults_differ_by_product_and_version() -> None:
    eight, eleven = read(container("mysql:8.4", environment=ROOT)), read(container("mariadb:11.4", environment=ROOT))
    assert (eight.on("local_infile"), eleven.on("local_infile")) == (False, True)
    assert (eight.on("log_bin"), eleven.on("log_bin")) == (True, False)
    assert (eight.has_tls, eleven.has_tls) == (True, True)
    assert read(container("mariadb:10.11", environment=ROOT)).has_tls is False
    assert not eleven.has("mysqlx")
    (unknown,) = alone({"my.cnf": "[mysqld]\nbind-address=10.0.0.1\n"})
    assert isinstance(unknown.on("local_infile"), Unknown)
    assert unknown.on("general_log") is False


def test_an_option_of_the_other_product_has_no_effect() -> None:
    service = read(
        container("mariadb:10.11", "--default-authentication-plugin=mysql_native_password", environment=ROOT)
    )
    assert not service.refused
    assert not service.is_set("default_authentication_plugin")


@pytest.mark.parametrize(
    ("image", "environment", "is_empty", "host"),
    [
        ("mysql:8", {"MYSQL_ROOT_PASSWORD": "sample"}, False, "%"),
        ("mysql:8", {"MYSQL_ROOT_PASSWORD_FILE": "/run/secrets/x"}, False, "%"),
        ("mysql:8", {"MYSQL_ALLOW_EMPTY_PASSWORD": "no"}, True, "%"),
        ("mysql:8", {"MYSQL_ALLOW_EMPTY_PASSWORD": "1", "MYSQL_ROOT_PASSWORD": "sample"}, False, "%"),
        ("mysql:8", {"MYSQL_RANDOM_ROOT_PASSWORD": "yes", "MYSQL_ROOT_HOST": "localhost"}, False, "localhost"),
        ("mariadb:11", {"MYSQL_ALLOW_EMPTY_PASSWORD": "0"}, True, "%"),
        ("mariadb:11", {"MARIADB_ROOT_PASSWORD_HASH": "*sample"}, False, "%"),
        ("mariadb:11", {"MARIADB_ALLOW_EMPTY_ROOT_PASSWORD": "1", "MARIADB_ROOT_HOST": "10.%"}, True, "10.%"),
        ("bitnami/mysql:8.4", {"ALLOW_EMPTY_PASSWORD": "no", "MYSQL_ROOT_PASSWORD": "sample"}, False, "%"),
        ("bitnami/mariadb:11.4", {"ALLOW_EMPTY_PASSWORD": "yes"}, True, "%"),
        ("mysql/mysql-server:8.0", {}, False, "localhost"),
    ],
)
def test_root(image: str, environment: dict[str, str], *, is_empty: bool, host: str) -> None:
    root = read(container(image, environment=environment)).root
    assert root is not None
    assert (root.is_empty, root.host) == (is_empty, host)


@pytest.mark.parametrize(
    ("environment", "is_known"),
    [
        ({"MYSQL_ROOT_PASSWORD": Unknown("not set"), "MYSQL_ALLOW_EMPTY_PASSWORD": "yes"}, False),
        ({"MYSQL_ROOT_PASSWORD": Unknown("not set")}, True),
        ({"MYSQL_ROOT_PASSWORD_FILE": "/run/x", "MYSQL_ALLOW_EMPTY_PASSWORD": "yes"}, True),
        (
            {
                "MYSQL_ROOT_PASSWORD": Unknown("not set"),
                "MYSQL_ALLOW_EMPTY_PASSWORD": "yes",
                "MYSQL_RANDOM_ROOT_PASSWORD": "yes",
            },
            True,
        ),
    ],
)
def test_a_password_that_is_not_known_may_be_empty_where_that_is_allowed(
    environment: dict[str, str | Unknown], *, is_known: bool
) -> None:
    root = read(container("mysql:8.4", environment=environment)).root
    assert root is not None
    assert (root.is_empty is False) is is_known
    assert isinstance(root.is_empty, Unknown) is not is_known


def test_mariadb_reads_no_such_variable() -> None:
    assert read(container("mariadb:11.4", environment={"MARIADB_ALLOW_EMPTY_PASSWORD": "1"})).refused


def test_files_without_end() -> None:
    files = {"/a.cnf": "[mysqld]\nport=1\n" + "!include /a.cnf\n" * 50 + "wait_timeout=5\n"}
    service = mariadb("[mysqld]\n!include /a.cnf\nsync_binlog=1\n", files=files)
    assert isinstance(service.number("interactive_timeout"), Unknown)
    assert (service.number("wait_timeout"), service.number("sync_binlog")) == (5, 1)


def test_prefixes_without_end() -> None:
    assert mariadb("[mysqld]\n" + "skip-" * 100_000 + "networking\n").refused


def test_no_word_on_roots_password() -> None:
    assert read(container("mysql:8.4")).refused
    assert read(container("mariadb:11.4", environment={"MYSQL_DATABASE": "records"})).refused
    assert not read(container("mysql:8.4", environment_open="the file db.env")).refused
    assert not read(container("mysql:8.4", role=Role.IMAGE)).refused
    open_root = read(container("mysql:8.4", environment_open="the file db.env")).root
    assert open_root is not None
    assert isinstance(open_root.is_empty, Unknown)


def test_bitnami() -> None:
    environment = {"MARIADB_ROOT_PASSWORD": "sample", "MARIADB_EXTRA_FLAGS": "--local-infile=0 --skip-log-bin"}
    files = {"/opt/bitnami/mariadb/conf/my_custom.cnf": "[mysqld]\nwait_timeout=5\n"}
    service = read(container("bitnami/mariadb:10.11", environment=environment), files)
    assert service.on("local_infile") is False
    assert service.number("wait_timeout") == 5
    assert service.settings["local_infile"].origin is Origin.ENVIRONMENT


def test_exposure() -> None:
    assert read(container("mysql:8.4", environment=ROOT, ports=PUBLISHED)).exposure.reach is Reach.PUBLISHED
    assert read(container("mysql:8.4", environment=ROOT)).exposure.reach is Reach.CONTAINER_NETWORK
    local = read(container("mysql:8.4", "--bind-address=127.0.0.1", environment=ROOT, ports=PUBLISHED))
    assert local.exposure.reach is Reach.LOOPBACK
    off = read(container("mysql:8.4", "--skip-networking", environment=ROOT, ports=PUBLISHED))
    assert (off.exposure.reach, off.addresses) == (Reach.LOOPBACK, ())


def test_without_privilege_tables_only_mariadb_serves_the_network() -> None:
    assert read(container("mysql:8.4", "--skip-grant-tables", environment=ROOT)).has_tcp is False
    assert read(container("mysql:5.7", "--skip-grant-tables", environment=ROOT)).has_tcp is True
    assert read(container("mariadb:11.4", "--skip-grant-tables", environment=ROOT)).has_tcp is True
    assert isinstance(read(container("mysql", "--skip-grant-tables", environment=ROOT)).has_tcp, Unknown)


def test_what_is_not_known_stays_so() -> None:
    closed = read(container("mysql:8.4", environment=ROOT), closed="/etc/mysql/conf.d")
    assert isinstance(closed.on("local_infile"), Unknown)
    flag = read(container("mysql:8.4", "--local-infile=0", Unknown("a variable"), environment=ROOT))
    assert isinstance(flag.on("local_infile"), Unknown)
    missing = read(container("mysql:8.4", "--defaults-file=/nowhere.cnf", environment=ROOT))
    assert isinstance(missing.on("local_infile"), Unknown)
    strange = read(container("example.org/records-db", "mysqld", "--local-infile=0"))
    assert strange.on("local_infile") is False
    assert isinstance(strange.on("general_log"), Unknown)


def test_parts_of_a_folder_are_one_server() -> None:
    files = {
        "etc/mysql/mariadb.conf.d/50-server.cnf": "[mysqld]\nbind-address=127.0.0.1\n",
        "etc/mysql/mariadb.conf.d/60-audit.cnf": "[mariadb]\nplugin_load_add=server_audit\n",
        "etc/mysql/mariadb.conf.d/50-client.cnf": "[client]\npassword=sample\n",
    }
    (service,) = alone(files)
    assert service.component == "etc/mysql/mariadb.conf.d"
    assert service.plugins == ("server_audit",)
    assert service.product == "mariadb"


def test_a_lone_part_says_nothing_of_the_rest() -> None:
    (service,) = alone({"docker/conf.d/tuning.cnf": "[mysqld]\nwait_timeout=600\n"})
    assert service.number("wait_timeout") == 600
    assert isinstance(service.addresses, Unknown)


@pytest.mark.parametrize("name", ["galera.cnf", "files/utf8.cnf", "mysql/custom.cnf"])
def test_a_file_named_for_one_matter_is_a_part_unless_it_says_where_the_server_listens(name: str) -> None:
    (part,) = alone({name: "[mysqld]\nwait_timeout=600\n"})
    assert part.number("wait_timeout") == 600
    assert isinstance(part.text("bind_address"), Unknown)
    (whole,) = alone({name: "[mysqld]\nwait_timeout=600\nport=3306\n"})
    assert whole.listens_beyond_loopback is True


@pytest.mark.parametrize("name", ["my.cnf", "my-small.ini", "db.cnf", "50-server.cnf", "mysqld80.cnf"])
def test_a_main_file_stands_for_the_whole_configuration(name: str) -> None:
    (service,) = alone({name: "[mysqld]\nwait_timeout=600\nuser=mysql\n"})
    assert service.listens_beyond_loopback is True


@pytest.mark.parametrize(
    "text",
    [
        "[client]\ndefault-character-set=utf8mb4\n[mysqld]\ncharacter-set-server=utf8mb4\n",
        "[client]\nport=3306\nuser=app\n[mysqldump]\nsocket=/run/a.sock\n[mysqld]\nsql_mode=STRICT_ALL_TABLES\n",
    ],
    ids=["character sets", "places of clients"],
)
def test_a_main_name_alone_does_not_stand_for_the_whole_configuration(text: str) -> None:
    (service,) = alone({"my.cnf": text})
    assert isinstance(service.addresses, Unknown)


def test_a_file_with_includes_is_a_main_one() -> None:
    files = {"my.cnf": "!include part.cnf\n", "part.cnf": "[mysqld]\nwait_timeout=600\n"}
    (service,) = alone(files)
    assert service.component == "my.cnf"
    assert service.listens_beyond_loopback is True


def test_files_of_clients_are_no_servers() -> None:
    assert alone({".my.cnf": "[client]\npassword=sample\n", "x/my.cnf": "!includedir /etc/mysql/conf.d/\n"}) == []


def test_an_included_file_is_not_judged_alone() -> None:
    services = alone({"my.cnf": "[mysqld]\nport=3307\n!include part.cnf\n", "part.cnf": "[mysqld]\nwait_timeout=5\n"})
    assert [service.component for service in services] == ["my.cnf"]
    assert services[0].settings["wait_timeout"].origin is Origin.INCLUDE


def test_the_place_of_what_is_absent_is_the_group() -> None:
    (service,) = alone({"my.cnf": "[client]\nport=3306\n\n[mysqld]\nport=3306\n"})
    assert service.where("local_infile") == Location("my.cnf", 4)


def test_text_of_a_config_map() -> None:
    source = Source(path="configmap.yaml", text="[mysqld]\nport=3306\n", line=8, column=5, name="my.cnf")
    (service,) = MYSQL.from_files([MYSQL.parse(source)], {source.key: View()})
    assert service.exposure.reach is Reach.UNKNOWN
    assert service.where("port").line == 9


class TestAgreement:
    """What the comparison with mariadbd 10.11.19 once found us wrong about."""

    def test_an_include_without_line_end_loses_a_character(self) -> None:
        files = {"/part.cnf": "[mysqld]\nwait_timeout=5\n", "/part.cnfX": "[mysqld]\nwait_timeout=6\n"}
        assert mariadb("[mysqld]\n!include /part.cnfX", files=files).number("wait_timeout") == 5

    def test_a_broken_include_only_ends_the_include(self) -> None:
        files = {"/part.cnf": "[mysqld]\nwait_timeout=5\n[broken\nwait_timeout=6\n"}
        service = mariadb("[mysqld]\n!include /part.cnf\nsync_binlog=1\n", files=files)
        assert not service.refused
        assert (service.number("wait_timeout"), service.number("sync_binlog")) == (5, 1)

    def test_an_empty_directive_is_fatal(self) -> None:
        assert mariadb("[mysqld]\n!include\nport=1\n").refused

    def test_max_password_errors_is_at_least_one(self) -> None:
        assert mariadb("[mysqld]\nmax_password_errors=0\n").number("max_password_errors") == 1

    @pytest.mark.parametrize("line", ["ssl", "ssl=1", "ssl_ca=/ca.crt", "ssl_cipher=AES128-SHA", "ssl_cert="])
    def test_tls_without_certificate_and_key_is_refused(self, line: str) -> None:
        assert mariadb(f"[mysqld]\n{line}\n").refused
        assert not mariadb(f"[mysqld]\n{line}\nskip-ssl\n").refused

    def test_a_certificate_behind_skip_ssl_switches_tls_on_again(self) -> None:
        assert mariadb("[mysqld]\nssl_cert=/c\nssl_key=/k\nskip-ssl\n").has_tls is False
        assert mariadb("[mysqld]\nssl_cert=/c\nskip-ssl\nssl_key=/k\n").has_tls is True

    def test_clear_text_is_accepted_without_privilege_tables(self) -> None:
        text = "[mysqld]\nssl_cert=/c\nssl_key=/k\nrequire_secure_transport=ON\n"
        assert mariadb(text).refuses_clear_text is True
        assert mariadb(text + "skip-grant-tables\n").refuses_clear_text is False

    def test_only_the_last_word_of_a_list_may_be_short(self) -> None:
        assert mariadb("[mysqld]\nlog_output=table,fi\n").text("log_output") == "FILE,TABLE"
        assert mariadb("[mysqld]\nlog_output=fi,table\n").refused

    def test_a_value_behind_an_option_that_needs_none_is_refused(self) -> None:
        assert mariadb("[mysqld]\n", "--local-infile", "0").refused
        assert mariadb("[mysqld]\n", "--wait-timeout", "77").number("wait_timeout") == 77

    def test_options_about_option_files_come_first(self) -> None:
        assert mariadb("[mysqld]\n", "--skip-log-bin", "--no-defaults").refused

    def test_an_option_of_a_plugin_needs_the_plugin(self) -> None:
        assert mariadb("[mysqld]\nserver_audit_logging=ON\n").orphan_options
        assert not mariadb("[mysqld]\nserver_audit_logging=ON\nplugin_load_add=server_audit\n").orphan_options

    def test_a_plugin_has_an_option_of_its_own_name(self) -> None:
        assert not mariadb("[mysqld]\nplugin_load_add=provider_lz4\nprovider_lz4=force_plus_permanent\n").refused
        assert mariadb("[mysqld]\nprovider_lz4=force_plus_permanent\n").orphan_options

    def test_an_unknown_plugin_may_have_any_option(self) -> None:
        assert mariadb("[mysqld]\nbogus=1\n").refused
        service = mariadb("[mysqld]\nbogus=1\nplugin_load_add=ha_records\n")
        assert not service.refused
        assert service.unrecognised
