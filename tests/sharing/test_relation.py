"""What decides between two uses of one secret, rule by rule."""

import pytest

from auditor.model.credential import Credential
from auditor.model.sharing import SecretUses, Sharing
from auditor.scan import take_estate
from auditor.sharing import uses_of_secrets
from auditor.sharing.unit import are_related
from auditor.sources.tree import MemoryTree

VALUE = "kd83-Plover-19-lamp-Qz4-hazel-55"


def uses(files: dict[str, str]) -> list[SecretUses]:
    return [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, SecretUses) and fact.kind]


@pytest.mark.parametrize(
    ("first", "second", "related"),
    [
        ("", "services/api", True),
        ("services/api", "services/api/k8s", True),
        ("services/api", "services/web", False),
        ("deploy/prod", "deploy/dev", True),
        ("k8s/overlays/prod", "", True),
        ("nextcloud-mariadb", "nextcloud-postgres", False),
        ("clinic/v1", "clinic/v2", True),
    ],
)
def test_folders_of_one_system(first: str, second: str, related: bool) -> None:
    assert are_related(first, second) is related
    assert are_related(second, first) is related


def test_a_program_that_compares_its_secrets_has_a_control() -> None:
    env = {".env": f"JWT_SECRET={VALUE}\nCSRF_SECRET={VALUE}\n"}
    guard = (
        "from config import settings\n"
        "if settings.jwt_secret == settings.csrf_secret:\n"
        "    raise SystemExit('must differ')\n"
    )
    (before,) = uses(env)
    (after,) = uses({**env, "app/start.py": guard})
    assert (before.severity, after.severity) == ("high", "low")
    assert "refuses to start" in after.pairs[0].why


def test_two_env_files_with_one_name_and_two_values_are_no_group() -> None:
    files = {"a/prod/.env": f"JWT_SECRET={VALUE}\n", "a/dev/.env": "JWT_SECRET=ow55-Garnet-72-mill-Yt8-cedar-30\n"}
    assert uses(files) == []


def test_the_order_of_files_does_not_change_the_answer() -> None:
    files = {".env": f"JWT_SECRET={VALUE}\nCSRF_SECRET={VALUE}\nPOSTGRES_PASSWORD={VALUE}\n"}
    facts = [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Credential)]
    first = list(uses_of_secrets(facts))
    assert list(uses_of_secrets(list(reversed(facts)))) == first
    assert [found.kind for found in first] == [Sharing.KEY_AND_PASSWORD]


def test_groups_are_numbered_by_their_first_places() -> None:
    other = "ow55-Garnet-72-mill-Yt8-cedar-30"
    found = uses(
        {
            "b/.env": f"JWT_SECRET={VALUE}\nCSRF_SECRET={VALUE}\n",
            "a/.env": f"JWT_SECRET={other}\nCSRF_SECRET={other}\n",
        }
    )
    assert [(use.name, use.at.path) for use in found] == [("S-1", "a/.env"), ("S-2", "b/.env")]


@pytest.mark.parametrize("short", ["abc12", "x1y2z3w"])
def test_a_short_value_is_chance_between_keys_and_a_choice_between_accounts(short: str) -> None:
    assert uses({".env": f"JWT_SECRET={short}\nCSRF_SECRET={short}\n"}) == []
    accounts = f"MYSQL_ROOT_PASSWORD={short}\nMYSQL_USER=app\nMYSQL_PASSWORD={short}\n"
    assert [use.kind for use in uses({".env": accounts})] == [Sharing.LOGINS]


STORAGE = f"""services:
  app:
    image: registry.example/app:1
    environment:
      AWS_ACCESS_KEY_ID: archive
      AWS_SECRET_ACCESS_KEY: {VALUE}
      S3_ENDPOINT: http://proxy:9000
  store:
    image: minio/minio:RELEASE.2025-09-07T16-13-09Z
    environment:
      MINIO_ROOT_USER: archive
      MINIO_ROOT_PASSWORD: {VALUE}
"""


def test_an_access_key_of_s3_is_the_account_of_the_server() -> None:
    assert uses({"compose.yaml": STORAGE}) == []
    (other,) = uses({"compose.yaml": STORAGE.replace("ACCESS_KEY_ID: archive", "ACCESS_KEY_ID: reports")})
    assert other.kind is Sharing.LOGINS


def test_sql_server_compares_names_without_regard_to_case() -> None:
    compose = f"services:\n  db:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n    environment:\n      MSSQL_SA_PASSWORD: {VALUE}\n"
    assert uses({"compose.yaml": compose, ".env": f"DS_USER=SA\nDS_PASSWORD={VALUE}\n"}) == []
    (other,) = uses({"compose.yaml": compose, ".env": f"DS_USER=portal\nDS_PASSWORD={VALUE}\n"})
    assert other.kind is Sharing.LOGINS


def test_a_replica_logs_in_as_the_user_that_it_names() -> None:
    acl = f"user replication on >{VALUE} +psync +replconf +ping\nuser default off\n"
    main = f"protected-mode yes\naclfile /etc/redis/users.acl\nmasterauth {VALUE}\n"
    assert uses({"redis/users.acl": acl, "redis/redis.conf": main + "masteruser replication\n"}) == []
    (other,) = uses({"redis/users.acl": acl, "redis/redis.conf": main})
    assert other.kind is Sharing.LOGINS


def test_servers_of_other_systems_do_not_tell_two_places_of_one_account_apart() -> None:
    stack = "services:\n  store:\n    image: postgres:16\n    environment:\n      POSTGRES_USER: app\n      POSTGRES_PASSWORD: ${{DATABASE_PW}}\n"
    files = {"one/compose.yaml": stack, "one/.env": f"DATABASE_USER=app\nDATABASE_PW={VALUE}\n"}
    files["two/compose.yaml"] = stack.replace("store:", "records:").replace("${{DATABASE_PW}}", "${PW:?}")
    assert uses({name: text.replace("{{", "{").replace("}}", "}") for name, text in files.items()}) == []


def test_a_client_in_another_folder_than_its_server() -> None:
    server = f"services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_USER: portal\n      POSTGRES_PASSWORD: {VALUE}\n"
    client = f"DB_HOST=db\nDB_USER=portal\nDB_PASSWORD={VALUE}\n"
    assert uses({"storage/compose.yaml": server, "portal/.env": client}) == []
    (other,) = uses({"storage/compose.yaml": server, "portal/.env": client.replace("USER=portal", "USER=desk")})
    assert other.kind is Sharing.UNITS


def test_words_that_anybody_may_choose_do_not_join_two_systems() -> None:
    files = "one/.env", "two/.env"
    assert uses(dict.fromkeys(files, "DB_PASSWORD=dev_password_only\n")) == []
    assert [found.kind for found in uses(dict.fromkeys(files, f"DB_PASSWORD={VALUE}\n"))] == [Sharing.UNITS]


def test_a_published_password_in_tests_is_no_shared_account() -> None:
    stack = "services:\n  {0}:\n    image: postgres:16\n    environment:\n      POSTGRES_USER: {0}\n      POSTGRES_PASSWORD: {1}\n"
    names = ("tests/docker-compose.a.yml", "a"), ("tests/docker-compose.b.yml", "b")
    assert uses({path: stack.format(name, "postgres") for path, name in names}) == []
    assert len(uses({path: stack.format(name, VALUE) for path, name in names})) == 1


def test_a_password_below_a_key_called_api_logs_in_its_user() -> None:
    text = f'{{"core": {{"api": {{"user": "batch", "password": "{VALUE}", "truststorePassword": "{VALUE}"}},'
    (found,) = uses({"config.json": f'{text} "batchEncryptionKey": "{VALUE}"}}}}\n'})
    assert found.kind is Sharing.KEY_AND_PASSWORD
    assert found.logins == ("batch",)


def test_accounts_are_counted_once() -> None:
    env = f"POSTGRES_USER=app\nPOSTGRES_PW={VALUE}\nPGADMIN_EMAIL=a@clinic.example\nPGADMIN_PW={VALUE}\n"
    compose = (
        "services:\n  store:\n    image: postgres:16\n    environment:\n      POSTGRES_USER: app\n"
        "      POSTGRES_PASSWORD: ${POSTGRES_PW}\n"
    )
    (found,) = uses({".env": env, "compose.yaml": compose})
    assert found.logins == ("a@clinic.example at pgadmin", "app at postgres store")
    assert found.severity == "medium"


def test_a_connection_string_logs_in_the_user_that_it_names() -> None:
    compose = (
        "services:\n  db:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n    environment:\n"
        f"      MSSQL_SA_PASSWORD: {VALUE}\n  app:\n    image: registry.example/app:1\n    environment:\n"
        f"      STORAGE_CONNECTION_STRING: DSN=clinic;Uid=sa;Pwd={VALUE}\n"
    )
    assert uses({"compose.yaml": compose}) == []
    (other,) = uses({"compose.yaml": compose.replace("Uid=sa", "Uid=desk")})
    assert other.kind is Sharing.LOGINS
