import pytest
from hypothesis import given
from hypothesis import strategies as st

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


OWN = st.builds(Exposure, reach=st.sampled_from(Reach), reason=st.just("own"), tls_ends=st.booleans())
WAYS = st.lists(
    st.builds(
        Exposure,
        reach=st.sampled_from([Reach.PUBLISHED, Reach.HOST_NETWORK]),
        reason=st.just("through"),
        tls_ends=st.booleans(),
        relayed=st.booleans(),
    ),
    max_size=4,
)


@given(OWN, WAYS)
def test_ways_in_never_make_it_less_exposed(own: Exposure, ways: list[Exposure]) -> None:
    found = own.widened(ways)
    assert found is own or found in ways
    assert found.scale(CRITICAL) >= own.scale(CRITICAL)
    assert found.in_clear.scale(CRITICAL) >= own.in_clear.scale(CRITICAL)
    assert found.is_outside or not ways or own.reach is Reach.UNKNOWN


@given(OWN, WAYS)
def test_a_way_that_hands_on_as_it_comes_in_is_never_hidden_by_one_that_ends_connections(
    own: Exposure, ways: list[Exposure]
) -> None:
    if any(not way.ends_before for way in ways):
        assert own.widened(ways).in_clear.is_outside


@given(OWN, WAYS)
def test_the_order_of_ways_in_does_not_change_the_reach(own: Exposure, ways: list[Exposure]) -> None:
    there, back = own.widened(ways), own.widened(ways[::-1])
    assert (there.is_outside, there.in_clear.is_outside) == (back.is_outside, back.in_clear.is_outside)
