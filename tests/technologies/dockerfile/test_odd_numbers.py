"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_numbers_of_stages(number: str) -> None:
    report = scan(
        {
            "Dockerfile": f"FROM redis:7\nFROM nginx:1\nCOPY --from={number} /a /b\n",
            "compose.yaml": f"services:\n  a:\n    build: {{context: ., target: '{number}'}}\n",
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {
        "Dockerfile",
        "compose.yaml",
    }
