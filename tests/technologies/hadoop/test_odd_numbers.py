"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_ports_of_daemons(number: str) -> None:
    report = scan(
        {
            "hdfs-site.xml": f"<configuration><property><name>dfs.namenode.http-address</name><value>0.0.0.0:{number}</value></property></configuration>",
            "hbase-site.xml": f"<configuration><property><name>hbase.master.info.port</name><value>{number}</value></property></configuration>",
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {
        "hdfs-site.xml",
        "hbase-site.xml",
    }
