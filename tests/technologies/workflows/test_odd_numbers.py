"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_versions_of_actions(number: str) -> None:
    report = scan(
        {
            ".github/workflows/a.yml": f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v{number}\n      - uses: actions/upload-artifact@v{number}\n        with: {{path: .}}\n"
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {
        ".github/workflows/a.yml"
    }
