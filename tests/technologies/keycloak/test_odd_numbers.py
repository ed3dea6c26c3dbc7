"""Numbers that are none, or longer than any server takes."""

import pytest

from tests.inventory.scanning import scan


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000], ids=["superscript", "arabic", "long"])
def test_numbers_of_realms(number: str) -> None:
    report = scan(
        {
            "realm.json": f'{{"realm": "clinic", "enabled": true, "sslRequired": "all", "accessTokenLifespan": {number}, "passwordPolicy": "length({number})", "clients": [{{"clientId": "a", "attributes": {{"access.token.lifespan": "{number}"}}}}]}}'
        }
    ).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
    assert {row.path for row in report.coverage.files if row.status in {"parsed", "partial"}} >= {"realm.json"}
