"""The HTML report as a browser shows it: quiet console, no request, nothing clipped, with and without script."""

from collections.abc import Generator
from pathlib import Path

import pytest

from auditor.reporters.html_report import render
from tests.browser.chromium import EXECUTABLE, Page, chromium
from tests.reporters.reports import clinic, empty, rewrite

TEMPLATES = Path(__file__).parent.parent.parent / "reports" / "templates"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(EXECUTABLE is None, reason="Chromium is not installed"),
]

ATTACK = (
    "\"'><script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"
    "<style>body { display: none }</style>"
)
WORD = "unbroken" * 30
# Elements that reach over the right edge and stand in nothing that can be scrolled to them.
SIDEWAYS = """[...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect();
    if (!box.width || box.right <= document.documentElement.clientWidth + 1) return false;
    for (let p = e.parentElement; p; p = p.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX)) return false;
    return true;
}).map(e => `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`)"""
SHOWN = "[...document.querySelectorAll('.finding')].filter(e => e.checkVisibility()).map(e => e.id)"
HIDDEN_TEXT = """[...document.querySelectorAll('details > *, .finding, .guidance')]
    .filter(e => !e.checkVisibility() || e.getBoundingClientRect().height === 0).map(e => e.outerHTML.slice(0, 80))"""
CLIPPED = """[...document.querySelectorAll('.scroll, pre, table')]
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className + e.textContent.slice(0, 60))"""


@pytest.fixture(scope="module")
def page() -> Generator[Page]:
    with chromium() as page:
        yield page


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(render(clinic(), TEMPLATES), "utf-8")
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280, 2200])
def test_no_complaint_no_request_no_sideways_scrolling(page: Page, file: Path, width: int, scheme: str) -> None:
    page.open(file, width=width, scheme=scheme)
    assert page.complaints() == []
    assert page.requests() == [file.as_uri()]
    assert page.evaluate(SIDEWAYS) == []
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
    assert page.evaluate(SIDEWAYS) == [], "with all details open"


def test_the_probe_for_complaints_sees_a_violation(page: Page, file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text(file.read_text("utf-8").replace("<h1>", '<h1 style="color: red">'), "utf-8")
    page.open(broken)
    assert any("Content Security Policy" in text for text in page.complaints())


def test_hostile_text_does_nothing(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(render(rewrite(clinic(), lambda _, text: text + ATTACK + WORD), TEMPLATES), "utf-8")
    page.open(file, width=360)
    assert page.complaints() == []
    assert page.requests() == [file.as_uri()]
    assert page.evaluate("document.title").startswith("Configuration audit of")
    assert len(page.evaluate(SHOWN)) == 9
    assert page.evaluate(SIDEWAYS) == []


def test_an_empty_report(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    file.write_text(render(empty(), TEMPLATES), "utf-8")
    page.open(file, width=360)
    assert page.complaints() == []
    assert page.evaluate(SIDEWAYS) == []


def type_filter(page: Page, text: str) -> list[str]:
    page.evaluate(
        f"(() => {{ const e = document.getElementById('filter-text'); e.value = {text!r};"
        "e.dispatchEvent(new Event('input', {bubbles: true})) })()"
    )
    shown: list[str] = page.evaluate(SHOWN)
    return shown


def test_filter_by_text_severity_and_category(page: Page, file: Path) -> None:
    page.open(file)
    assert len(page.evaluate(SHOWN)) == 9
    assert type_filter(page, "TRUST reporting") == ["0b8e77d1#2"]
    assert page.evaluate("document.getElementById('filter-count').value") == "1 of 9"
    assert page.evaluate("document.querySelectorAll('.category:not([hidden])').length") == 1
    assert type_filter(page, "no such words") == []
    assert page.evaluate("document.getElementById('filter-nothing').hidden") is False
    assert len(type_filter(page, "")) == 9
    page.evaluate("document.querySelector('input[value=critical]').click()")
    assert len(page.evaluate(SHOWN)) == 7
    page.evaluate(
        "(() => { const e = document.getElementById('filter-category'); e.value = 'authentication';"
        "e.dispatchEvent(new Event('input', {bubbles: true})) })()"
    )
    assert page.evaluate(SHOWN) == ["0b8e77d1#2"]
    page.evaluate("document.querySelector('#filter button').click()")
    assert page.evaluate("new Promise(done => setTimeout(() => done(true), 50))")
    assert len(page.evaluate(SHOWN)) == 9


def test_a_link_to_a_filtered_finding_brings_it_back(page: Page, file: Path) -> None:
    page.open(file)
    assert "f1a90c62" not in type_filter(page, "privileged")
    page.evaluate("location.hash = '#f1a90c62'")
    page.evaluate("new Promise(done => setTimeout(() => done(true), 50))")
    assert "f1a90c62" in page.evaluate(SHOWN)


def test_links_reach_fingerprints_with_unusual_signs(page: Page, file: Path) -> None:
    page.open(file)
    page.evaluate("document.getElementById('0b8e77d1#2').querySelector('.permalink').click()")
    assert page.evaluate("document.querySelector(':target').id") == "0b8e77d1#2"


def test_everything_is_there_without_script(page: Page, file: Path) -> None:
    page.open(file, script=False)
    assert len(page.evaluate(SHOWN)) == 9
    assert page.evaluate("document.getElementById('filter').hidden") is True
    assert page.evaluate("document.querySelectorAll('.copy').length") == 0


def test_print_shows_closed_details_and_clips_nothing(page: Page, file: Path) -> None:
    # A4 less the margins is 180 mm, 680 CSS pixels. Without script, so that only the style can open details.
    page.open(file, width=680, script=False)
    assert page.evaluate(HIDDEN_TEXT) != [], "closed on the screen"
    page.call("Emulation.setEmulatedMedia", media="print")
    try:
        assert page.evaluate(HIDDEN_TEXT) == []
        assert page.evaluate(CLIPPED) == []
        assert page.evaluate(SIDEWAYS) == []
        assert page.evaluate("getComputedStyle(document.querySelector('.contents')).display") == "none"
        assert page.pdf().startswith(b"%PDF-")
    finally:
        page.call("Emulation.setEmulatedMedia", media="")


def test_wide_code_and_tables_can_be_reached_by_keyboard(page: Page, file: Path) -> None:
    page.open(file, width=360)
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
    unreachable = """[...document.querySelectorAll('.scroll, pre')]
        .filter(e => e.scrollWidth > e.clientWidth && e.tabIndex < 0).length"""
    assert page.evaluate(unreachable) == 0
    assert page.evaluate("[...document.querySelectorAll('pre')].some(e => e.scrollWidth > e.clientWidth)")
