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
