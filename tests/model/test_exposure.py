import pytest

from auditor.api import CRITICAL, HIGH, INFO, LOW, MEDIUM, Exposure, Reach, Severity


@pytest.mark.parametrize(
    ("reach", "severity", "scaled"),
    [
        (Reach.PUBLISHED, CRITICAL, CRITICAL),
        (Reach.HOST_NETWORK, CRITICAL, CRITICAL),
        (Reach.CONTAINER_NETWORK, CRITICAL, HIGH),
        (Reach.UNKNOWN, CRITICAL, HIGH),
        (Reach.LOOPBACK, CRITICAL, MEDIUM),
        (Reach.LOOPBACK, MEDIUM, LOW),
        (Reach.LOOPBACK, INFO, INFO),
    ],
)
def test_the_exposure_table(reach: Reach, severity: Severity, scaled: Severity) -> None:
    assert Exposure(reach=reach, reason="x").scale(severity) is scaled


def test_severities_are_ordered_by_what_they_mean() -> None:
    assert sorted(Severity) == [INFO, LOW, MEDIUM, HIGH, CRITICAL]
    assert max(LOW, HIGH) is HIGH
    assert min(CRITICAL, MEDIUM) is MEDIUM
    assert LOW <= MEDIUM < HIGH
