"""Spans of time with more digits than any has."""

from auditor.model.unknown import Unknown
from auditor.technologies.syslog.journal import seconds


def test_a_long_row_of_digits_is_no_span() -> None:
    assert isinstance(seconds("9" * 4000 + "!"), Unknown)
    assert isinstance(seconds("1234567890123s"), Unknown)
    assert seconds("2h 30min") == 9000
