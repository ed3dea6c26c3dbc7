"""What checks say, put together for many items."""

from collections.abc import Iterator

from auditor.model.diagnostic import Diagnostic, each_decided, fail, not_evaluated
from auditor.model.unknown import Unknown, known


def test_an_item_that_is_not_decided_does_not_hide_the_others() -> None:
    def judge(item: str | Unknown) -> Iterator[Diagnostic]:
        yield fail(known(item))

    items: list[str | Unknown] = ["a", Unknown("a template says it"), "b"]
    assert list(each_decided(items, judge)) == [fail("a"), not_evaluated("a template says it"), fail("b")]
