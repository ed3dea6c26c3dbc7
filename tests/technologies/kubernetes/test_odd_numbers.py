"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_ports_and_places_of_lists(number: str) -> None:
    report = scan(
        {
            "pod.yaml": f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n    - {{name: a, image: 'redis:7', ports: [{{containerPort: {number}, hostPort: {number}}}]}}\n",
            "kustomization.yaml": f"resources: [pod.yaml]\npatches:\n  - target: {{kind: Pod, name: a}}\n    patch: |-\n      - {{op: remove, path: '/spec/containers/{number}'}}\n",
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {
        "pod.yaml",
        "kustomization.yaml",
    }
