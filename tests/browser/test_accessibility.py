"""Keyboard, screen reader and theme; axe-core finds nothing serious."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
OPEN = "document.querySelectorAll('details').forEach(e => { e.open = true })"
PANEL = "document.getElementById('filter-panel')?.click()"
ACTIVE = "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"


# axe-core takes text that the browser need not lay out for text on another background.
LAID_OUT = "document.styleSheets[0].insertRule('.finding { content-visibility: visible !important }', 0)"


def violations(page: Page, rules: str = "{}") -> list[str]:
    """Return what axe-core calls serious or critical; `rules` are its options for rules."""
    page.evaluate(LAID_OUT)
    page.evaluate(AXE + "; true")
    found: list[Any] = page.evaluate(
        f"axe.run(document, {{resultTypes: ['violations'], rules: {rules}}}).then(r => r.violations"
        ".filter(v => ['serious', 'critical'].includes(v.impact))"
        ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))"
    )
    return found


# Most of axe-core's time goes into contrast; colours are the same at any width and in any report.
NO_CONTRAST = "{'color-contrast': {enabled: false}}"


def test_the_probe_sees_a_violation(page: Page, file: Path) -> None:
    page.open(file)
    page.evaluate("document.querySelector('.search').replaceWith(document.createElement('input'))")
    assert any(text.startswith("label:") for text in violations(page, NO_CONTRAST))


@pytest.mark.parametrize(
    ("scheme", "width", "rules"), [("light", 1280, "{}"), ("dark", 1280, "{}"), ("light", 360, NO_CONTRAST)]
)
def test_axe_finds_nothing_serious(page: Page, file: Path, scheme: str, width: int, rules: str) -> None:
    page.open(file, scheme=scheme, width=width)
    page.evaluate(OPEN)
    page.evaluate(PANEL)
    assert violations(page, rules) == []


@pytest.mark.parametrize("name", ["clinic-insecure", "clinic-hardened"])
def test_axe_finds_nothing_serious_in_the_samples(page: Page, samples: dict[str, Path], name: str) -> None:
    page.open(samples[name])
    page.evaluate(PANEL)
    page.evaluate("[...document.querySelectorAll('.check')].slice(0, 5).forEach(e => { e.open = true })")
    assert violations(page, NO_CONTRAST) == []


def test_the_way_by_keyboard(page: Page, file: Path) -> None:
    page.open(file)
    page.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.press("Enter")
    assert page.evaluate(ACTIVE) == "main"
    page.evaluate("document.getElementById('filter-text').focus()")
    for letter in "privileged":
        page.press(letter)
    assert page.evaluate("document.getElementById('filter-count').value") == "1 of 10"
    page.press("Tab")
    assert page.evaluate(ACTIVE) == "filter-panel"
    page.press("Enter")
    assert page.evaluate("document.getElementById('facets').checkVisibility()")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.press("Tab")
    assert page.evaluate(ACTIVE) == "open-all"
    page.press("Tab")
    assert page.evaluate(ACTIVE) == "filter-clear"
    page.press("Tab")
    page.press("Space")
    assert "severity=critical" in page.evaluate("location.hash")
    page.press("Space")
    for _ in range(40):
        if page.evaluate("document.activeElement.matches('.check > summary')"):
            break
        page.press("Tab")
    page.press("Enter")
    assert page.evaluate("document.getElementById('77777777').checkVisibility()")


def test_every_focus_can_be_seen(page: Page, file: Path) -> None:
    page.open(file)
    unseen: list[str] = []
    for _ in range(45):
        page.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        if outline == "none":
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    assert unseen == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_system_until_it_is_chosen(page: Page, file: Path, scheme: str) -> None:
    page.open(file, scheme=scheme)
    colour = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(colour)
    assert (before == "rgb(18, 24, 26)") is (scheme == "dark")
    assert (
        page.evaluate("document.getElementById('theme').getAttribute('aria-pressed')") == str(scheme == "dark").lower()
    )
    page.evaluate("document.getElementById('theme').click()")
    assert page.evaluate(colour) != before
    page.evaluate("document.getElementById('theme').click()")
    assert page.evaluate(colour) == before


def test_copy_says_what_it_did(page: Page, file: Path) -> None:
    page.open(file)
    page.evaluate("document.querySelector('.check').open = true")
    page.evaluate("document.querySelector('.copy').click()")
    page.settle()
    assert page.evaluate("document.querySelector('.copy').textContent") in {"Copied", "Selected"}
