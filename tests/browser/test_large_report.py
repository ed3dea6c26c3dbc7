"""A report with 10,000 findings opens and answers a keystroke like a plain table of the same rows."""

from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from auditor.reporters.html_report import render
from tests.browser.chromium import Page
from tests.browser.conftest import TEMPLATES
from tests.browser.large import large, plain_table

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-large")]

COUNT = 10_000
MOST = 3
TRIES = 3
OPENED = "new Promise(d => requestAnimationFrame(() => setTimeout(() => d(performance.now()), 0)))"
# The time from a keystroke until the page is drawn again, for each of a few words as they are typed.
KEYSTROKES = """(async () => {
    const input = document.getElementById('filter-text'), times = [];
    for (const words of ['p', 'po', 'por', 'port', 'port 99', 'port 990', 'port 9', '']) {
        const start = performance.now();
        input.value = words;
        input.dispatchEvent(new Event('input', {bubbles: true}));
        await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
        times.push(performance.now() - start);
    }
    return times;
})()"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("large")
    report = large(COUNT)
    ours, plain = folder / "report.html", folder / "plain.html"
    ours.write_text(render(report, TEMPLATES), "utf-8")
    plain.write_text(plain_table(report.findings), "utf-8")
    return ours, plain


def measure(page: Page, file: Path) -> tuple[float, float]:
    """Return the time to open and the median time of a keystroke, in milliseconds."""
    page.open(file)
    opened: float = page.evaluate(OPENED)
    page.settle(500)
    times: list[float] = page.evaluate(KEYSTROKES)
    return opened, median(times)


def test_it_is_not_slower_than_a_plain_table(
    page: Page, pages: tuple[Path, Path], record_property: Callable[[str, object], None]
) -> None:
    # What another process takes of the machine makes a page slower, never faster.
    tries = [[measure(page, file) for file in pages] for _ in range(TRIES)]
    open_ours, open_plain = (min(each[number][0] for each in tries) for number in (0, 1))
    key_ours, key_plain = (min(each[number][1] for each in tries) for number in (0, 1))
    text = (
        f"{COUNT:,} findings open in {open_ours:.0f} ms ({open_ours / open_plain:.2f} of a plain table), "
        f"a keystroke takes {key_ours:.0f} ms ({key_ours / key_plain:.2f})"
    )
    record_property("measured", text)
    assert open_ours <= MOST * open_plain, text
    assert key_ours <= MOST * key_plain, text


def test_filter_and_links(page: Page, pages: tuple[Path, Path]) -> None:
    page.open(pages[0], fragment="#findings?severity=critical&q=12345")
    assert page.complaints() == []
    count = "document.getElementById('filter-count').value"
    assert page.evaluate(count) == f"0 of {COUNT:,}"
    component = "department-3/service-43"
    page.evaluate(f"location.hash = '#findings?component={component}'")
    page.settle()
    assert page.evaluate(count) == f"{sum(f.component == component for f in large(COUNT).findings)} of 10,000"
    page.evaluate("location.hash = '#generated-0270f'")
    page.settle(200)
    assert page.evaluate(count) == "10,000 of 10,000"
    assert 0 <= page.evaluate("document.getElementById('generated-0270f').getBoundingClientRect().top") < 900
