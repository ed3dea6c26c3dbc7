"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_ports_of_interfaces(number: str) -> None:
    report = scan(
        {
            "nifi.properties": f"nifi.web.http.host=0.0.0.0\nnifi.web.http.port={number}\nnifi.security.user.authorizer=x\n",
            "bootstrap.conf": f"lib.dir=./lib\nconf.dir=./conf\njava.arg.1=-Xmx1g\njava.arg.debug=-agentlib:jdwp=transport=dt_socket,server=y,address={number}\n",
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {
        "nifi.properties",
        "bootstrap.conf",
    }
