"""The HTML report as a browser shows it: quiet console, no request, nothing clipped, with and without script."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pypdf
import pytest

from auditor.model.report import Report
from tests.browser.chromium import Page
from tests.reporters.reports import CHECKS, FINDINGS, clinic, empty, rewrite

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ATTACK = (
    "\"'><script>document.title = 'taken'; alert(1)</script><img src=x onerror=\"document.title = 'taken'\">"
    "</style></script><style>body { display: none }</style> [x](javascript:alert(1)) \x1b[31m\x9b\u202e\x00"
)
WORD = "unbroken" * 30
# Elements that reach over the right edge and stand in nothing that can be scrolled to them.
SIDEWAYS = """(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page'] : []).concat(
[...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect();
    if (!box.width || box.right <= document.documentElement.clientWidth + 1) return false;
    for (let p = e.parentElement; p; p = p.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX)) return false;
    return true;
}).map(e => `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`))"""
OPEN = "document.querySelectorAll('details').forEach(e => { e.open = true })"
HIDDEN_TEXT = """[...document.querySelectorAll('details > *, .finding, .guidance')]
    .filter(e => !e.checkVisibility() || e.getBoundingClientRect().height === 0).map(e => e.outerHTML.slice(0, 80))"""
CLIPPED = """[...document.querySelectorAll('.scroll, pre, table, td, th')]
    .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className + e.textContent.slice(0, 60))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280, 2200])
def test_no_complaint_no_request_no_sideways_scrolling(page: Page, file: Path, width: int, scheme: str) -> None:
    page.open(file, width=width, scheme=scheme)
    assert page.complaints() == []
    assert page.requests() == [file.as_uri()]
    assert page.evaluate(SIDEWAYS) == []
    page.evaluate(OPEN)
    assert page.evaluate(SIDEWAYS) == [], "with all details open"


@pytest.mark.parametrize("name", ["clinic-insecure", "clinic-hardened"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_reports_of_the_samples(page: Page, samples: dict[str, Path], name: str, width: int) -> None:
    page.open(samples[name], width=width)
    assert page.complaints() == []
    assert page.requests() == [samples[name].as_uri()]
    page.evaluate(OPEN)
    assert page.evaluate(SIDEWAYS) == []
    ids = "[...document.querySelectorAll('[id]')].map(e => e.id)"
    assert page.evaluate(f"{ids}.length") == page.evaluate(f"new Set({ids}).size")


def test_the_probe_for_complaints_sees_a_violation(page: Page, file: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text(file.read_text("utf-8").replace("<h1>", '<h1 style="color: red">'), "utf-8")
    page.open(broken)
    assert any("Content Security Policy" in text for text in page.complaints())


def test_hostile_text_does_nothing(page: Page, write: Callable[[Report], Path]) -> None:
    file = write(rewrite(clinic(), lambda _, text: text + ATTACK + WORD))
    page.open(file, width=360)
    assert page.complaints() == []
    assert page.requests() == [file.as_uri()]
    assert not [method for method, _ in page.events if method == "Page.javascriptDialogOpening"]
    assert page.evaluate("document.title").startswith("Configuration evidence report")
    assert page.evaluate("document.querySelectorAll('script').length") == 1
    assert page.evaluate("document.querySelectorAll('.finding').length") == len(FINDINGS)
    page.evaluate("document.getElementById('filter-panel').click()")
    page.evaluate(OPEN)
    assert page.evaluate(SIDEWAYS) == []
    page.evaluate("[...document.querySelectorAll('#facets input')].forEach(e => e.click())")
    page.evaluate("[...document.querySelectorAll('.heat a')].forEach(e => e.click())")
    page.settle()
    assert page.complaints() == []
    assert page.evaluate("document.title").startswith("Configuration evidence report")


def test_an_empty_report(page: Page, write: Callable[[Report], Path]) -> None:
    page.open(write(empty()), width=360)
    assert page.complaints() == []
    assert page.evaluate(SIDEWAYS) == []


def test_everything_is_there_without_script(page: Page, file: Path) -> None:
    page.open(file, script=False)
    assert page.evaluate("document.querySelectorAll('.check:not([hidden]) .finding:not([hidden])').length") == len(
        FINDINGS
    )
    for control in ("filter", "theme"):
        assert page.evaluate(f"document.getElementById('{control}').hidden") is True, "a control that does nothing"
    assert page.evaluate("document.querySelectorAll('.copy').length") == 0
    # A link to a finding opens what it stands in.
    page.open(file, fragment="#f1a90c62", script=False)
    assert page.evaluate("document.getElementById('f1a90c62').closest('details').open") is True


def look_at_print(page: Page) -> None:
    """Assert that with the medium print nothing is hidden or clipped."""
    page.call("Emulation.setEmulatedMedia", media="print")
    try:
        assert page.evaluate(HIDDEN_TEXT) == []
        assert page.evaluate(CLIPPED) == []
        assert page.evaluate(SIDEWAYS) == []
        for control in (".filter", ".theme", ".permalink"):
            shown = f"[...document.querySelectorAll('{control}')].filter(e => e.checkVisibility()).length"
            assert page.evaluate(shown) == 0, control
    finally:
        page.call("Emulation.setEmulatedMedia", media="")


# A4 less the margins is 180 mm, 680 CSS pixels.
A4 = 680


def test_print_shows_closed_details_and_clips_nothing(page: Page, file: Path) -> None:
    # Without script only the style can open details.
    page.open(file, width=A4, script=False)
    assert page.evaluate(HIDDEN_TEXT) != [], "closed on the screen"
    look_at_print(page)


def test_print_of_a_sample_clips_nothing(page: Page, samples: dict[str, Path]) -> None:
    page.open(samples["clinic-insecure"], width=A4)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    look_at_print(page)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelectorAll('.check[open]').length") == 0, "as it was before"


def test_print_of_long_unbroken_words_clips_nothing(page: Page, write: Callable[[Report], Path]) -> None:
    page.open(write(rewrite(clinic(), lambda _, text: text + WORD)), width=A4)
    look_at_print(page)


def test_print_writes_out_the_address_of_a_link_that_does_not_show_it(
    page: Page, write: Callable[[Report], Path]
) -> None:
    why = "See [the manual](https://redis.io/docs/acl) and <https://redis.io/docs/>."
    check = msgspec.structs.replace(CHECKS[0], why=why, references=())
    page.open(write(msgspec.structs.replace(clinic(), checks=(check, *CHECKS[1:]))))
    after = "[...document.querySelectorAll('#check-redis-no-authentication .prose a')].map(e => getComputedStyle(e, '::after').content)"
    assert page.evaluate(after) == ["none", "none"]
    page.call("Emulation.setEmulatedMedia", media="print")
    try:
        written = page.evaluate(after)
        assert "https://redis.io/docs/acl" in written[0]
        assert written[1] == "none"
    finally:
        page.call("Emulation.setEmulatedMedia", media="")


def pdf_text(data: bytes) -> list[str]:
    """Return the text of each page, blanks and line ends as one blank."""
    return [" ".join(sheet.extract_text().split()) for sheet in pypdf.PdfReader(io.BytesIO(data)).pages]


def test_the_printed_report_has_every_text(page: Page, file: Path) -> None:
    page.open(file, scheme="dark")
    sheets = pdf_text(page.pdf())
    first, whole = sheets[0], "".join(" ".join(sheets).split())
    assert "Lakeside Clinic (example)" in first
    assert "not a HIPAA risk analysis" in first, "the limits stand on the first page"
    assert f"1 of {len(sheets)}" in first
    for finding in FINDINGS:
        for text in (finding.message, finding.path, *(line.text for line in finding.frame)):
            assert "".join(text.split()) in whole, text
    for row in clinic().matrix:
        assert "".join(f"§{row.id}{row.title}".split()) in whole
    assert "https://redis.io/docs/latest/operate/oss_and_stack/management/security/" in whole
    assert "Technicalreviewer" in whole
    assert "Afilterisinforce" not in whole


def test_a_filtered_report_says_so_in_print(page: Page, file: Path) -> None:
    page.open(file, fragment="#findings?severity=critical")
    text = " ".join(pdf_text(page.pdf()))
    assert re.search(r"A filter is in force: Severity: Critical\. Only 2 of 10 findings are printed", text)
    assert "privileged: true" not in text


def test_wide_tables_can_be_reached_by_keyboard(page: Page, file: Path) -> None:
    page.open(file, width=360)
    page.evaluate(OPEN)
    wide = "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{wide}.length") > 0
    assert page.evaluate(f"{wide}.every(e => e.tabIndex === 0 && e.getAttribute('aria-label'))")
    assert page.evaluate("[...document.querySelectorAll('pre')].every(e => e.scrollWidth <= e.clientWidth)")
