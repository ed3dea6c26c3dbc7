"""PgBouncer's files and containers as services."""

import pytest

from auditor.model.credential import Credential
from auditor.model.exposure import Reach
from auditor.model.fact import Fact
from auditor.model.unknown import Unknown, known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.pgbouncer import PgBouncer, PgBouncerHba, SecretKind
from auditor.technologies.pgbouncer.userlist import UserList
from auditor.technologies.recognition.pgbouncer import recognise

MAIN = "[databases]\nclinic = host=10.20.0.5\n[pgbouncer]\n"


def facts(files: dict[str, str]) -> tuple[Fact, ...]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return tuple(estate.facts)


def pooler(files: dict[str, str]) -> PgBouncer:
    (found,) = [fact for fact in facts(files) if isinstance(fact, PgBouncer)]
    return found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pgbouncer.ini", MAIN),
        ("pgbouncer.ini.j2", "[pgbouncer]\nlisten_addr = {{ address }}\n"),
        ("pgbouncer-prod.cfg", "[databases]\nclinic = host=db dbname=clinic\n"),
        ("pool.ini", "[pgbouncer]\nauth_type = md5\n"),
        ("userlist.txt", '"clinic" "md5x"\n'),
    ],
)
def test_recognised(name: str, text: str) -> None:
    assert recognise(name, f"etc/{name}", text) is not None


@pytest.mark.parametrize(
    ("name", "path", "text"),
    [
        ("pgbouncer.ini", "pgbouncer.ini", "[Unit]\nDescription=pooler\n"),
        ("setup.cfg", "setup.cfg", "[databases]\nname = x\n"),
        ("alembic.ini", "alembic.ini", "[alembic]\nsqlalchemy.url = postgresql://x\n"),
        ("userlist.txt", "userlist.txt", "alice\nbob\n"),
        ("quotes.txt", "pgbouncer-docs/quotes.txt", '"a" "b"\n'),
        ("users.txt", "users.txt", '"a" "b"\n'),
    ],
)
def test_not_recognised(name: str, path: str, text: str) -> None:
    assert recognise(name, path, text) is None


def test_an_included_file_counts_at_its_place_and_is_not_judged_alone() -> None:
    server = pooler({"pgbouncer.ini": f"{MAIN}auth_type = trust\n%include b.ini\n", "b.ini": "auth_type = md5\n"})
    assert (server.auth_type, server.where("auth_type").path) == ("md5", "b.ini")


def test_a_part_without_the_section_makes_no_server() -> None:
    assert not [
        fact
        for fact in facts({"pgbouncer_databases.ini": "[databases]\nclinic = host=db dbname=x\n"})
        if isinstance(fact, PgBouncer)
    ]


def test_a_file_that_is_not_scanned_leaves_what_is_absent_undecided() -> None:
    server = pooler({"pgbouncer.ini": f"{MAIN}listen_addr = *\n%include /srv/secret.ini\n"})
    assert isinstance(server.auth_type, Unknown)
    assert known(server.listens_everywhere)


def test_a_variable_of_a_script_is_not_known() -> None:
    server = pooler({"pgbouncer.ini.tmpl": f"{MAIN}auth_type = ${{AUTH_TYPE}}\nlisten_port = {{{{ port }}}}\n"})
    assert isinstance(server.auth_type, Unknown)
    assert isinstance(server.number("listen_port"), Unknown)
    assert not server.refused


def test_numbers_are_written_as_in_c() -> None:
    server = pooler({"pgbouncer.ini": f"{MAIN}unix_socket_mode = 0770\nlisten_port = 0x1000\n"})
    assert (server.number("unix_socket_mode"), server.number("listen_port")) == (0o770, 4096)


def test_the_default_towards_the_server_depends_on_the_version() -> None:
    compose = "services:\n  p:\n    image: edoburu/pgbouncer:{}\n    environment: {{DB_HOST: db}}\n"
    modes = [pooler({"compose.yaml": compose.format(tag)}).server_sslmode for tag in ("v1.19.1", "v1.20.0", "latest")]
    assert modes[:2] == ["disable", "prefer"]
    assert isinstance(modes[2], Unknown)


def test_a_newer_parameter_is_refused_by_an_older_version_only() -> None:
    files = {
        "compose.yaml": "services:\n  p:\n    image: edoburu/pgbouncer:{}\n    volumes: ['./p.ini:/etc/pgbouncer/pgbouncer.ini']\n",
        "p.ini": f"{MAIN}max_prepared_statements = 10\n",
    }
    refused = [
        bool(pooler({**files, "compose.yaml": files["compose.yaml"].format(tag)}).refused)
        for tag in ("1.20.1", "1.21.0")
    ]
    assert refused == [True, False]


def test_bitnami_writes_its_own_file_unless_one_is_mounted() -> None:
    compose = (
        "services:\n  p:\n    image: bitnami/pgbouncer:1.24.1\n    ports: ['6432:6432']\n    environment:\n"
        "      POSTGRESQL_PASSWORD: ${PASSWORD}\n      PGBOUNCER_AUTH_TYPE: trust\n      PGBOUNCER_SET_DATABASE_USER: 'yes'\n"
    )
    server = pooler({"compose.yaml": compose})
    assert (server.auth_type, server.exposure.reach) == ("trust", Reach.PUBLISHED)
    assert [known(each.user) for each in server.databases] == ["postgres"]
    mounted = f"{compose}    volumes: ['./p.ini:/bitnami/pgbouncer/conf/pgbouncer.ini']\n"
    server = pooler({"compose.yaml": mounted, "p.ini": f"{MAIN}auth_type = md5\nlisten_addr = 127.0.0.1\n"})
    assert (server.auth_type, server.exposure.reach) == ("md5", Reach.LOOPBACK)


def test_a_variable_from_a_file_is_not_known() -> None:
    compose = "services:\n  p:\n    image: bitnami/pgbouncer:1.24.1\n    environment: {POSTGRESQL_PASSWORD: x, PGBOUNCER_AUTH_TYPE_FILE: /run/a}\n"
    assert isinstance(pooler({"compose.yaml": compose}).auth_type, Unknown)


def test_a_database_url_does_not_make_the_server_known() -> None:
    compose = (
        "services:\n  p:\n    image: edoburu/pgbouncer:v1.24.1\n    environment: {DATABASE_URL: 'postgres://a@db/x'}\n"
    )
    server = pooler({"compose.yaml": compose})
    assert not server.refused
    assert isinstance(server.databases[0].is_remote, Unknown)


def test_the_command_may_name_another_file() -> None:
    compose = (
        "services:\n  p:\n    image: edoburu/pgbouncer:v1.24.1\n    command: [pgbouncer, -u, postgres, /conf/p.ini]\n"
        "    volumes: ['./conf:/conf']\n"
    )
    assert pooler({"compose.yaml": compose, "conf/p.ini": f"{MAIN}auth_type = any\n"}).auth_type == "any"


def test_the_records_of_pgbouncer_are_not_judged_as_postgresqls() -> None:
    found = facts(
        {
            "p/pgbouncer.ini": f"{MAIN}auth_type = hba\nauth_hba_file = /x/pg_hba.conf\n",
            "p/pg_hba.conf": "host all all samenet trust\n",
        }
    )
    (hba,) = [fact for fact in found if isinstance(fact, PgBouncerHba)]
    assert (len(hba.rules), len(hba.ignored)) == (0, 1)
    assert not [fact for fact in found if fact.technology == "postgres"]


def test_names_from_a_file_beside_the_records() -> None:
    found = facts(
        {
            "pgbouncer.ini": f"{MAIN}auth_type = hba\nauth_hba_file = h.conf\n",
            "h.conf": "host @n all 10.0.0.0 255.0.0.0 md5\nhost @absent all 10.0.0.0/8 md5\n",
            "n": "clinic, other\n",
        }
    )
    (hba,) = [fact for fact in found if isinstance(fact, PgBouncerHba)]
    assert str(hba.rules[0]) == "host clinic,other all 10.0.0.0 255.0.0.0 md5"
    assert len(hba.rules) == 2


def test_users_up_to_the_first_line_that_is_none() -> None:
    server = pooler(
        {"pgbouncer.ini": f"{MAIN}auth_file = u.txt\n", "u.txt": ';x\n"a""b" "sam""ple"\n"c" ""\n#\n"d" "x"\n'}
    )
    assert isinstance(server.users, UserList)
    assert [(user.name, user.kind) for user in server.users.users] == [
        ('a"b', SecretKind.CLEAR),
        ("c", SecretKind.EMPTY),
    ]


def test_credentials_have_the_place_of_the_value_only() -> None:
    files = {
        "pgbouncer.ini": "[databases]\nclinic = host=db user=app password='sa''mple only'\n[pgbouncer]\n",
        "userlist.txt": '"app" "sample-of-4711"\n"hashed" "md50123456789abcdef0123456789abcdef"\n',
    }
    found = [fact for fact in facts(files) if isinstance(fact, Credential)]
    places = {(f.at.path, f.at.line, f.at.column, f.at.end_column) for f in found}
    assert ("pgbouncer.ini", 2, 37, 49) in places
    assert ("userlist.txt", 1, 8, 21) in places
    assert not [place for place in places if place[:2] == ("userlist.txt", 2)]


def test_no_secret_is_in_a_representation() -> None:
    text = "[databases]\nclinic = host=db password=zzsample\n[pgbouncer]\nauth_file=u.txt\n"
    assert "zzsample" not in repr(facts({"pgbouncer.ini": text, "u.txt": '"a" "zzsample"\n'}))


def test_of_a_templated_connection_string_the_rest_is_known() -> None:
    text = "[databases]\nclinic = host={{ host }} user=app password=${PASSWORD}\nother = {{ all }}\n[pgbouncer]\nauth_type = md5\n"
    server = pooler({"pgbouncer.ini.j2": text})
    first, second = server.databases
    assert (first.user, isinstance(first.host, Unknown)) == ("app", True)
    assert isinstance(second.user, Unknown)
    assert not server.refused


def test_a_password_of_the_directory_is_shown_nowhere() -> None:
    text = f"{MAIN}auth_type = ldap\nauth_ldap_options = ldapserver=d ldapbindpasswd=zz-sample-9\n"
    server = pooler({"pgbouncer.ini": text})
    assert "zz-sample-9" not in repr([setting.shown() for setting in server.settings.values()])
    found = [fact for fact in facts({"pgbouncer.ini": text}) if isinstance(fact, Credential)]
    assert [(fact.at.line, fact.at.column) for fact in found] == [(5, 49)]


def mounted(text: str, tag: str) -> PgBouncer:
    compose = (
        f"services:\n  p:\n    image: edoburu/pgbouncer:{tag}\n    volumes: ['./p.ini:/etc/pgbouncer/pgbouncer.ini']\n"
    )
    return pooler({"compose.yaml": compose, "p.ini": text})


def test_a_quoted_key_is_refused_before_1_25() -> None:
    text = "[databases]\n'my clinic' = host=db\n[pgbouncer]\nauth_type = md5\n"
    assert mounted(text, "v1.18.0").refused
    assert mounted(text, "v1.24.1").refused
    assert not mounted(text, "v1.25.0").refused


def test_a_second_section_sets_back_all_but_what_has_no_default() -> None:
    server = mounted(
        "[pgbouncer]\nauth_type = trust\nauth_file = /u\nlisten_addr = *\n[pgbouncer]\nlisten_addr = *\n", "v1.18.0"
    )
    assert (server.auth_type, server.text("auth_file")) == ("md5", "/u")
    assert [reset.lost for reset in server.resets] == [("auth_type",)]


def test_records_without_a_file_let_nobody_in() -> None:
    found = facts({"pgbouncer.ini": f"{MAIN}auth_type = hba\nlisten_addr = *\n"})
    (hba,) = [fact for fact in found if isinstance(fact, PgBouncerHba)]
    assert not hba.rules
    assert hba.has_plain_record is False
