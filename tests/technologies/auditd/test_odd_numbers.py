"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "9" * 5000], ids=["superscript", "long"])
def test_the_port_of_the_daemon(number: str) -> None:
    text = f"log_file = /var/log/audit/audit.log\nmax_log_file_action = keep_logs\ntcp_listen_port = {number}\n"
    report = scan({"etc/audit/auditd.conf": text}).report
    assert not [found for found in report.diagnostics if found.kind == "check-error"]
    assert any(component.technology == "auditd" for component in report.components)
