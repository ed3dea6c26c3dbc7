"""Finer mutations than a whole check: a default, a comparison, a precedence. Each must turn some test red.

The program is copied, one place is changed, and the tests that speak of it run on the copy.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Mutation:
    """Replace `old`, which stands once in `file`, by `new`; `tests` are pytest's arguments."""

    name: str
    file: str
    old: str
    new: str
    tests: str


MUTATIONS = [
    Mutation(
        "the first assignment of a setting wins",
        "auditor/model/setting.py",
        "self._in_force[setting.name] = setting",
        "self._in_force.setdefault(setting.name, setting)",
        "tests/model",
    ),
    Mutation(
        "a container network counts as published",
        "auditor/model/exposure.py",
        "Reach.CONTAINER_NETWORK: 1",
        "Reach.CONTAINER_NETWORK: 0",
        "tests/model",
    ),
    Mutation(
        "a tie of recognition goes to the last",
        "auditor/discovery.py",
        "claim.strength > best[1].strength",
        "claim.strength >= best[1].strength",
        "tests/test_discovery.py",
    ),
    Mutation(
        "the outermost mount wins",
        "auditor/inventory/views.py",
        "key=lambda mount: len(mount.target), reverse=True",
        "key=lambda mount: len(mount.target)",
        "tests/inventory/test_views.py",
    ),
    Mutation(
        "findings at the threshold do not fail",
        "auditor/cli/exits.py",
        "Severity(finding.severity) >= self.fail_on",
        "Severity(finding.severity) > self.fail_on",
        "tests/test_scan.py",
    ),
    Mutation(
        "a server that does not start is judged",
        "auditor/engine.py",
        "if isinstance(fact, Service) and fact.refused",
        "if isinstance(fact, Service) and not fact.refused",
        "tests/test_engine.py",
    ),
    Mutation(
        "Redis starts with protected mode off",
        "auditor/technologies/redis/parameters.py",
        'Parameter("protected-mode", Kind.YES_NO, "yes")',
        'Parameter("protected-mode", Kind.YES_NO, "no")',
        "tests/technologies/redis tests/test_checks.py -k redis",
    ),
    Mutation(
        "Redis' default user needs a password",
        "auditor/technologies/redis/acl.py",
        '    name="default",\n    enabled=True,\n    nopass=True,',
        '    name="default",\n    enabled=True,\n    nopass=False,',
        "tests/technologies/redis tests/test_checks.py -k redis",
    ),
    Mutation(
        "hostssl matches without TLS",
        "auditor/technologies/common/hba/reach.py",
        "return rule.transports - {Transport.TLS} if ssl is False else rule.transports",
        "return rule.transports",
        "tests/technologies/postgres tests/test_checks.py -k postgres",
    ),
    Mutation(
        "an empty variable counts as set in ${V:-d}",
        "auditor/formats/interpolation.py",
        'counts_as_set = value is not None and not (operator.startswith(":") and value == "")',
        "counts_as_set = value is not None",
        "tests/formats/test_interpolation.py",
    ),
    Mutation(
        "a number of any length is no token",
        "auditor/credentials/shapes.py",
        "is_whole_number(text) and len(text) < 6:",
        "is_whole_number(text):",
        "tests/credentials",
    ),
    Mutation(
        "sharing across purposes is not seen",
        "auditor/sharing/relation.py",
        "if len(uses) == 1:",
        "if len(uses) <= 2:",
        "tests/test_checks.py -k secret",
    ),
]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_mutation_turns_a_test_red(mutation: Mutation, tmp_path: Path) -> None:
    for folder in ("auditor", "checks", "profiles", "reports", "samples", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__", "oracle"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    file = tmp_path / mutation.file
    text = file.read_text()
    assert text.count(mutation.old) == 1, "the mutated place is gone; choose another"
    file.write_text(text.replace(mutation.old, mutation.new))
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *mutation.tests.split()]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment["PYTHONPATH"] = str(tmp_path)
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 1, f"no test noticed: {result.stdout[-600:]}{result.stderr[-300:]}"
    assert " failed" in result.stdout, "the tests ran and one failed"
