"""The filter of the findings: words, facets, counts, the address that keeps it, links that reach through it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.model.report import Finding
from tests.browser.chromium import Page
from tests.reporters.reports import FINDINGS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ALL = len(FINDINGS)
SHOWN = """[...document.querySelectorAll('.finding')]
    .filter(e => !e.hidden && !e.closest('.check').hidden).map(e => e.id)"""


def shown(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SHOWN)
    return found


def count(page: Page) -> str:
    text: str = page.evaluate("document.getElementById('filter-count').value")
    return text


def type_words(page: Page, text: str) -> list[str]:
    page.evaluate(
        f"(() => {{ const e = document.getElementById('filter-text'); e.value = {text!r};"
        "e.dispatchEvent(new Event('input', {bubbles: true})) })()"
    )
    return shown(page)


def choose(page: Page, facet: str, value: str) -> list[str]:
    page.evaluate(
        f"""(() => {{ const e = document.querySelector('[data-facet="{facet}"]');
        if (e.tagName === 'SELECT') {{ e.value = {value!r}; e.dispatchEvent(new Event('input', {{bubbles: true}})); }}
        else e.querySelector('input[value="{value}"]').click(); }})()"""
    )
    return shown(page)


def options(page: Page, facet: str) -> dict[str, int]:
    """Return the numbers that the options of a facet show; the panel must be open."""
    found: dict[str, Any] = page.evaluate(
        f"""(() => {{ const e = document.querySelector('[data-facet="{facet}"]');
        return Object.fromEntries(e.tagName === 'SELECT'
            ? [...e.options].slice(1).map(o => [o.value, Number(/\\((\\d+)\\)$/.exec(o.textContent)[1])])
            : [...e.querySelectorAll('label')].map(l => [l.querySelector('input').value,
                Number(l.querySelector('.count').textContent)])); }})()"""
    )
    return found


def test_words(page: Page, file: Path) -> None:
    page.open(file)
    assert len(shown(page)) == ALL
    assert type_words(page, "TRUST reporting") == ["0b8e77d1#2"]
    assert count(page) == f"1 of {ALL}"
    assert page.evaluate("document.querySelectorAll('.check:not([hidden])').length") == 1
    assert page.evaluate("document.querySelector('.check:not([hidden]) .places').textContent") == "1 of 2 places"
    # Words of the check and words of a finding, in the same search.
    assert type_words(page, "postgres-hba-trust 10.0.0.0/8") == ["0b8e77d1#2"]
    assert type_words(page, "no such words") == []
    assert page.evaluate("document.getElementById('filter-nothing').hidden") is False
    assert len(type_words(page, "")) == ALL
    assert page.evaluate("document.getElementById('filter-nothing').hidden") is True


HOLDS: dict[tuple[str, str], Callable[[Finding], bool]] = {
    ("severity", "critical"): lambda f: f.severity == "critical",
    ("status", "waived"): lambda f: f.status == "waived",
    ("category", "authentication"): lambda f: f.category == "authentication",
    ("control", "resource-limits"): lambda f: f.control == "resource-limits",
    ("technology", "postgres"): lambda f: f.technology == "postgres",
    ("component", "records-db"): lambda f: f.component == "records-db",
    ("citation", "164.312(a)(2)(i)"): lambda f: "164.312(a)(2)(i)" in [c.id for c in f.citations],
}


@pytest.mark.parametrize(("facet", "value"), HOLDS)
def test_each_facet_shows_what_it_says_and_keeps_it_in_the_address(
    page: Page, file: Path, facet: str, value: str
) -> None:
    expected = {finding.fingerprint for finding in FINDINGS if HOLDS[facet, value](finding)}
    assert 0 < len(expected) < ALL
    page.open(file)
    page.evaluate("document.getElementById('filter-panel').click()")
    assert options(page, facet)[value] == len(expected)
    assert set(choose(page, facet, value)) == expected
    assert count(page) == f"{len(expected)} of {ALL}"
    address: str = page.evaluate("location.hash")
    page.open(file, fragment=address)
    assert set(shown(page)) == expected


def test_counts_tell_what_choosing_an_option_would_show(page: Page, file: Path) -> None:
    page.open(file)
    page.evaluate("document.getElementById('filter-panel').click()")
    choose(page, "severity", "high")
    by_category = options(page, "category")
    for category, number in by_category.items():
        disabled = f"document.querySelector('[data-facet=category] option[value={category}]').disabled"
        assert page.evaluate(disabled) is (number == 0)
        if number:
            assert len(choose(page, "category", category)) == number
            assert options(page, "severity")["high"] == number
    choose(page, "category", "")
    assert options(page, "severity")["critical"] == 2, "options of a facet do not count against each other"
    assert len(choose(page, "severity", "critical")) == 6, "two values of a facet are an or"
    assert "critical%2Chigh" not in page.evaluate("location.hash")
    assert page.evaluate("location.hash") == "#findings?severity=critical,high"


def test_back_and_forward(page: Page, file: Path) -> None:
    page.open(file)
    choose(page, "severity", "critical")
    choose(page, "category", "authentication")
    type_words(page, "default")
    page.settle(300)
    assert page.evaluate("location.hash") == "#findings?severity=critical&category=authentication&q=default"
    assert shown(page) == ["f1a90c62"]
    page.evaluate("history.back()")
    page.settle(100)
    assert len(shown(page)) == 2
    assert page.evaluate("document.getElementById('filter-text').value") == ""
    page.evaluate("history.back()")
    page.settle(100)
    assert len(shown(page)) == ALL
    page.evaluate("history.forward()")
    page.settle(100)
    assert len(shown(page)) == 2
    page.evaluate("document.getElementById('filter-clear').click()")
    assert len(shown(page)) == ALL
    assert page.evaluate("location.hash") == "#findings"
    assert page.evaluate("document.activeElement.id") == "filter-text"


def test_heat_map_and_matrix_lead_to_their_findings(page: Page, file: Path) -> None:
    page.open(file)
    page.evaluate('document.querySelector(\'.heat a[href*="critical"][href*="authentication"]\').click()')
    page.settle()
    assert set(shown(page)) == {"f1a90c62", "0b8e77d1"}
    assert page.evaluate("document.activeElement.id") == "findings-title"
    page.evaluate(
        "document.querySelector('.matrix a[href=\"#findings?citation=164.308%28a%29%285%29%28ii%29%28D%29\"]').click()"
    )
    page.settle()
    assert shown(page) == ["secret-plaintext:appointment:SESSION_SIGNING_KEY"]
    described = page.evaluate("document.getElementById('filter-active').textContent")
    assert described == "Paragraph: §164.308(a)(5)(ii)(D) Password management"


def test_a_link_to_a_filtered_finding_brings_it_back(page: Page, file: Path) -> None:
    page.open(file)
    assert "f1a90c62" not in type_words(page, "privileged")
    page.evaluate("location.hash = '#f1a90c62'")
    page.settle(100)
    assert "f1a90c62" in shown(page)
    assert page.evaluate("document.getElementById('f1a90c62').checkVisibility()")


@pytest.mark.parametrize("fingerprint", ["0b8e77d1#2", "1234abcd", "secret-plaintext:appointment:SESSION_SIGNING_KEY"])
def test_a_link_opens_the_finding_and_scrolls_to_it(page: Page, file: Path, fingerprint: str) -> None:
    page.open(file, fragment="#" + fingerprint.replace("#", "%23"))
    page.settle(100)
    box = f"document.getElementById('{fingerprint}').getBoundingClientRect()"
    assert page.evaluate(f"document.getElementById('{fingerprint}').checkVisibility()")
    assert 0 <= page.evaluate(f"{box}.top") < 900
    seen = f"document.elementFromPoint({box}.left + 9, {box}.top + 9).closest('.finding, .filter')"
    assert page.evaluate(f"{seen}.id") == fingerprint, "nothing lies over it"
    assert page.evaluate("document.activeElement.id") == fingerprint
    assert page.evaluate("document.querySelector(':target').id") == fingerprint


def test_a_value_that_no_finding_has_fits_nothing(page: Page, file: Path) -> None:
    # An address from another report must not seem to show what it asks for.
    page.open(file, fragment="#findings?component=left-last-year")
    assert count(page) == f"0 of {ALL}"
    assert page.evaluate("document.getElementById('filter-active').textContent") == "Component: left-last-year"
    assert len(choose(page, "severity", "critical")) == 0
    assert page.evaluate("location.hash") == "#findings?severity=critical&component=left-last-year"
    assert len(choose(page, "component", "")) == 2


def test_an_address_that_is_none_does_no_harm(page: Page, file: Path) -> None:
    page.open(file, fragment="#findings?nothing=here&severity&%E0%A4%A")
    assert page.complaints() == []
    assert count(page) == f"{ALL} of {ALL}"
    page.open(file, fragment="#findings?q=%E0%A4%A")
    assert page.complaints() == []
    assert count(page) == f"0 of {ALL}"
