"""Small trees with releases of third-party charts for the tests."""

from typing import TypeVar

from auditor.model.fact import Fact
from auditor.model.workload import Workload
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

F = TypeVar("F", bound=Fact)
BITNAMI = "https://charts.bitnami.com/bitnami"
PROMETHEUS = "https://prometheus-community.github.io/helm-charts"
GRAFANA = "https://grafana.github.io/helm-charts"


def umbrella(chart: str, version: str, values: str, *, repository: str = BITNAMI, more: str = "") -> dict[str, str]:
    """Return a chart `clinic` that depends on `chart` (line 5 of its Chart.yaml), with its values file."""
    text = (
        "apiVersion: v2\nname: clinic\nversion: 1.0.0\ndependencies:\n"
        f'  - name: {chart}\n    version: "{version}"\n    repository: {repository}\n{more}'
    )
    return {"Chart.yaml": text, "values.yaml": values}


def facts(kind: type[F], files: dict[str, str]) -> list[F]:
    """Return the facts of a type and its subtypes in a tree of `files`."""
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, kind)]


def workloads(files: dict[str, str]) -> list[Workload]:
    """Return the containers of a tree."""
    return facts(Workload, files)
