"""Small trees of manifests for the tests."""

from typing import TypeVar

from auditor.model.fact import Fact
from auditor.model.workload import Workload
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

F = TypeVar("F", bound=Fact)


def facts(kind: type[F], files: dict[str, str]) -> list[F]:
    """Return the facts of a type in a tree of `files`."""
    return [fact for fact in take_estate(MemoryTree(files)).facts if type(fact) is kind]


def workloads(files: dict[str, str]) -> dict[str, Workload]:
    return {workload.component: workload for workload in facts(Workload, files)}


def workload(*texts: str) -> Workload:
    """Return the only container of files with these texts."""
    (only,) = facts(Workload, {f"k8s/{number}.yaml": text for number, text in enumerate(texts)})
    return only


def deployment(container: str, pod: str = "", *, name: str = "app", spec: str = "") -> str:
    """Return a Deployment whose one container has the lines `container` (indented by 10) after its name and image."""
    return (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {name}\nspec:\n{spec}  template:\n"
        f"    metadata:\n      labels:\n        app: {name}\n    spec:\n{pod}      containers:\n"
        f"        - name: main\n          image: nginx:1.27\n{container}"
    )
