"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_numbers_of_settings(number: str) -> None:
    report = scan(
        {
            "web.config": f'<configuration><system.web><httpRuntime requestValidationMode="{number}"/><sessionState timeout="{number}"/><membership><providers><add name="p" type="System.Web.Security.SqlMembershipProvider" maxInvalidPasswordAttempts="{number}" minRequiredPasswordLength="{number}"/></providers></membership></system.web><system.webServer><security><requestFiltering><requestLimits maxAllowedContentLength="{number}"/></requestFiltering></security></system.webServer></configuration>'
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {"web.config"}
