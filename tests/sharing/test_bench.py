"""The measured quality of telling shared secrets apart, on the benchmark's cases."""

import pytest

from auditor.model.sharing import SecretUses
from auditor.packs import Pack, load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from benchmarks.secrets.cases import WORKED, Case
from benchmarks.secrets.generate import SCENARIOS, generated
from benchmarks.secrets.measure import measure, reported


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_packs(folders={"secrets"})


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case.name)
def test_a_worked_example(case: Case, pack: Pack) -> None:
    assert sorted(reported(case.files, pack)) == sorted(case.kinds)


def test_generated_cases(pack: Pack) -> None:
    cases = list(generated(20 * len(SCENARIOS), seed=7))
    score = measure(cases, pack)
    assert score.precision >= 0.97, score.wrong
    assert score.recall >= 0.95, score.wrong
    assert score.silent == sum(not case.kinds for case in cases), score.wrong


def test_every_place_of_a_group_is_named_once() -> None:
    case = next(case for case in WORKED if case.name.startswith("E13"))
    (uses,) = [
        fact
        for fact in take_estate(MemoryTree(case.files)).facts
        if isinstance(fact, SecretUses) and fact.kind is not None
    ]
    assert [(place.at.path, place.key) for place in uses.places] == [
        (".env", "JWT_SECRET"),
        (".env", "CSRF_SECRET"),
        ("k8s/api.yaml", "COOKIE_SECRET"),
        ("terraform/prod.tfvars", "jwt_signing_key"),
    ]
    assert uses.name == "S-1"
    assert uses.purposes == ("csrf", "jwt", "session")
