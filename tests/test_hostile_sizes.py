"""Files made to take long are read without a fault; `python -m benchmarks.hostile` measures them at full size."""

import pytest

from auditor.discovery import HEAD, recognise
from benchmarks.hostile import TEXTS, Long
from tests.inventory.scanning import scan

SIZE = 64 * 1024


@pytest.mark.parametrize("long", TEXTS, ids=lambda long: long.name.replace(" ", "-"))
def test_a_long_text_is_read(long: Long) -> None:
    text = long.text(SIZE)
    assert recognise(long.path, text[:HEAD]) is not None
    report = scan({long.path: text}).report
    assert not [found for found in report.diagnostics if found.kind == "check-error" or "failed" in found.message]
