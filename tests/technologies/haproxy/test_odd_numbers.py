"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_numbers_everywhere(number: str) -> None:
    report = scan(
        {
            "haproxy.cfg": f"global\n  stats socket /run/a.sock mode {number} level admin\n.if {number}\n.endif\ndefaults\n  mode http\nfrontend web\n  bind :{number}\n  acl many int({number}) gt {number}\n  acl some int({number}) {number}:{number}\n  http-request deny deny_status {number} if many\n  http-request deny if some\n  redirect scheme https code {number}\n  stats uri /s\n"
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {"haproxy.cfg"}
