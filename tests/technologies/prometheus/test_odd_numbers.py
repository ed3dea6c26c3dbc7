"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_ports_of_flags(number: str) -> None:
    report = scan(
        {
            "compose.yaml": f"services:\n  p:\n    image: prom/prometheus:v3.0.0\n    command: ['--config.file=/etc/prometheus/prometheus.yml', '--web.listen-address=0.0.0.0:{number}']\n"
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {"compose.yaml"}
