"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_ports_of_the_include_script(number: str) -> None:
    report = scan(
        {
            "solr.in.sh": f"SOLR_PORT={number}\nENABLE_REMOTE_JMX_OPTS=true\nRMI_PORT={number}\nSOLR_JETTY_HOST=0.0.0.0\n",
            "solrconfig.xml": f"<config><luceneMatchVersion>{number}.{number}</luceneMatchVersion><requestHandler name='/a' class='solr.SearchHandler'/></config>",
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {
        "solr.in.sh",
        "solrconfig.xml",
    }
