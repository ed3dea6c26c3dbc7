"""What is not followed to its end is not known; it neither passes nor fails."""

from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.haproxy import Haproxy, Request
from auditor.technologies.haproxy.sections import MAX_SECTIONS
from tests.inventory.scanning import scan


def test_more_sections_than_are_read_are_not_evaluated() -> None:
    text = "defaults\n  mode http\n" + "".join(f"frontend a{n}\n  bind :{n}\n" for n in range(MAX_SECTIONS))
    report = scan({"haproxy.cfg": text}).report
    assert not report.findings
    undecided = {result.reason for result in report.results if result.status == "not_evaluated"}
    assert any(f"more than {MAX_SECTIONS} sections" in reason for reason in undecided)
    assert not [result for result in report.results if result.check_id == "haproxy-no-tls" and result.status == "pass"]


def test_defaults_that_many_proxies_take_over_are_not_followed_for_all() -> None:
    lines = "".join(f"  timeout connect {n}s\n" for n in range(2000))
    proxies = "".join(f"frontend a{n}\n  bind 127.0.0.1:{n + 1}\n" for n in range(300))
    report = scan({"haproxy.cfg": f"defaults\n  mode http\n{lines}{proxies}"}).report
    assert any("taken over from defaults" in result.reason for result in report.results)


def test_the_more_rules_the_fewer_paths_are_asked_for() -> None:
    def asked(rules: int) -> int:
        denied = "".join(f"  http-request deny if {{ path /a{number} }}\n" for number in range(rules))
        text = f"defaults\n  mode http\nfrontend f\n  bind :80\n{denied}"
        estate = take_estate(MemoryTree({"haproxy.cfg": text}))
        (haproxy,) = (fact for fact in estate.facts if isinstance(fact, Haproxy))
        return rules * len(haproxy.paths(haproxy.proxies[0]))

    assert asked(100) == 100 * 60
    assert asked(12_000) < 250_000


def test_a_question_is_answered_once() -> None:
    estate = take_estate(MemoryTree({"haproxy.cfg": "defaults\n  mode http\nfrontend f\n  bind :80\n"}))
    (haproxy,) = (fact for fact in estate.facts if isinstance(fact, Haproxy))
    (first,) = haproxy.answers(haproxy.proxies[0], Request())
    (second,) = haproxy.answers(haproxy.proxies[0], Request())
    assert first is second
