"""The HTML report: complete, and safe whatever the scanned files hold."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.report import ComponentSetting, Report
from auditor.reporters.html_report import render
from auditor.reporters.html_view import SKIPPED_SHOWN, anchor
from tests.reporters.reports import CATEGORIES, CHECKS, FINDINGS, clinic, empty, rewrite

TEMPLATES = Path(__file__).parent.parent.parent / "reports" / "templates"

PAYLOAD = (
    "\"'><script>alert(1)</script><img src=http://evil.example/a onerror=alert(1)>"
    "</style></code></pre><a href=javascript:alert(1)>x</a>"
    " [a](javascript:alert(1)) ![b](http://evil.example/b.png) <http://evil.example/c> {{ 7 * 7 }}"
    "\x1b[31m\x00\x9b\u202e"
)


class Elements(HTMLParser):
    """Collects every element with its attributes, and the text of the style and script elements."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.raw: dict[str, str] = {}
        self.text: list[str] = []
        self._open = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open in {"style", "script"}:
            self.raw[self._open] = self.raw.get(self._open, "") + data
        else:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # the parser's signature
        self._open = ""

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def page() -> str:
    return render(clinic(), TEMPLATES)


@pytest.fixture(scope="module")
def hostile() -> str:
    return render(rewrite(clinic(), lambda _, text: text + PAYLOAD), TEMPLATES)


def test_hostile_text_adds_no_element_and_no_attribute(page: str, hostile: str) -> None:
    calm, nasty = Elements(page), Elements(hostile)
    # Markdown may make paragraphs and links of a text; nothing else may appear.
    may_grow = {"a", "p", "em", "strong", "code"}
    assert {tag for tag, _ in nasty.found} <= {tag for tag, _ in calm.found} | may_grow
    assert len(nasty.all("script")) == len(nasty.all("style")) == 1
    assert nasty.raw == calm.raw
    for _, attributes in nasty.found:
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src", "srcset"}]
        assert not attributes.get("href", "").lower().startswith("javascript:")


SMALL = msgspec.structs.replace(clinic(), findings=FINDINGS[:1], checks=CHECKS[:1], results=())
ORDINARY = {tag for tag, _ in Elements(render(clinic(), TEMPLATES)).found}


@settings(deadline=None, max_examples=25)
@given(st.one_of(st.text(), st.text("<>&\"'`[](){}!*_#-+=~|\\:/ \t\n%;xjavscript1.")))
def test_no_text_whatsoever_adds_an_element_or_a_handler(text: str) -> None:
    allowed = ORDINARY | {"a", "p", "em", "strong", "code", "pre", "blockquote", "ol", "ul", "li", "hr", "br"}
    allowed |= {f"h{level}" for level in range(1, 7)}
    found = Elements(render(rewrite(SMALL, lambda _, old: old + text), TEMPLATES)).found
    assert {tag for tag, _ in found} <= allowed
    for tag, attributes in found:
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "src"}]
        if href := attributes.get("href"):
            assert tag == "a"
            assert not re.match(r"\s*(javascript|vbscript|data|file):", href, re.I)
    assert sum(tag in {"script", "style"} for tag, _ in found) == 2


def test_hostile_text_is_still_shown(hostile: str) -> None:
    text = "".join(Elements(hostile).text)
    assert "<script>alert(1)</script>" in text
    assert "\\x1b[31m\\x00\\x9b\\u202e" in text
    assert "{{ 7 * 7 }}" in text


def test_no_control_characters(hostile: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", hostile)


@pytest.mark.parametrize("report", [clinic(), empty()])
def test_nothing_is_loaded_from_anywhere(report: Report) -> None:
    elements = Elements(render(report, TEMPLATES))
    assert not {tag for tag, _ in elements.found} & {
        "img",
        "link",
        "iframe",
        "object",
        "embed",
        "base",
        "audio",
        "video",
    }
    for tag, attributes in elements.found:
        assert not {"src", "srcset", "data", "poster", "background", "action", "xlink:href"} & set(attributes), tag
        if "href" in attributes:
            assert tag == "a"
            assert attributes["href"].startswith(("#", "https://")), "only places in the page and references"
    assert not re.search(r"url\(|@import|@font-face", elements.raw["style"])
    assert not re.search(r"fetch|XMLHttpRequest|import\(|WebSocket|sendBeacon|innerHTML|eval", elements.raw["script"])


def test_references_tell_the_other_site_nothing(page: str) -> None:
    links = [a for a in Elements(page).all("a") if a["href"].startswith("http")]
    assert links
    assert all(a["rel"] == "noopener noreferrer" for a in links)


def test_policy_allows_exactly_the_inline_style_and_script(page: str) -> None:
    elements = Elements(page)
    (policy,) = [m["content"] for m in elements.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for name in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(elements.raw[name].encode()).digest()).decode()
        assert directives.pop(f"{name}-src") == f"'sha256-{digest}'"
    assert directives == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}
    head = page.index("Content-Security-Policy")
    assert head < page.index("<style") < page.index("<script"), "the policy must come before what it rules"


def test_every_finding_is_an_element_with_its_fingerprint(page: str) -> None:
    ids = [attributes["id"] for _, attributes in Elements(page).found if "id" in attributes]
    assert len(ids) == len(set(ids)), "an id is used twice"
    assert {finding.fingerprint for finding in FINDINGS} <= set(ids)


def test_every_link_within_the_page_leads_somewhere(page: str) -> None:
    elements = Elements(page)
    ids = {attributes.get("id") for _, attributes in elements.found}
    targets = [unquote(a["href"][1:]) for a in elements.all("a") if a["href"].startswith("#")]
    assert set(targets) <= ids
    assert "0b8e77d1#2" in targets
    labels = [attributes["aria-labelledby"] for _, attributes in elements.found if "aria-labelledby" in attributes]
    assert set(labels) <= ids


def test_an_anchor_is_the_fingerprint_unless_it_could_not_be_an_id() -> None:
    assert anchor("redis-no-auth-0123456789ab#2") == "redis-no-auth-0123456789ab#2"
    assert anchor("two words\n\x1b") == "two_words_\\x1b"


# Fields that are in the JSON result only, each with the reason.
LEFT_OUT = {
    ".coverage.files[].sha256",  # for a machine to compare
    ".components[].kind",  # the technology says it to people
    ".findings[].technology",  # shown with its component
    ".findings[].control",  # technical name of what the title says
    ".findings[].remediation",  # the first sentence of the check's fix, which is shown in full
    ".results[].component",  # counted; named where not evaluated
    ".checks[].title",  # shown as the findings' title
    ".checks[].control",
    ".checks[].category",
    ".checks[].citations[].id",  # shown with each finding
    ".checks[].citations[].title",
}


# What the JSON result holds and the page has no section for so far.
NOT_YET = (
    ".cover.",
    ".matrix",
    ".exceptions",
    ".changes",
    ".trend",
    ".integrity",
    ".regulation",
    ".report_id",
    ".findings[].exception",
)


def test_every_text_of_the_report_is_shown() -> None:
    markers: dict[str, str] = {}

    def mark(path: str, text: str) -> str:
        # One marker for each kind of field and text; names that join parts of a report stay joined.
        field = re.sub(r"\[\d+\]", "[]", path)
        joins = ("fingerprint", "id", "check_id", "component", "category", "also_categories[]", "by_category")
        if (
            field.endswith(joins)
            or re.search(r"(started|finished|commit|checks_digest|fix|remediation)$", field)
            or not text
        ):
            return text
        return text + " " + markers.setdefault(field, f"marker{len(markers)}end")

    html = render(rewrite(clinic(), mark), TEMPLATES)
    missing = {field for field, marker in markers.items() if marker not in html and not field.startswith(NOT_YET)}
    assert missing == {field for field in LEFT_OUT if field in markers}


def test_categories_stand_in_the_profiles_order_with_their_definitions(page: str) -> None:
    places = [page.index(f'id="category-{category.id}"') for category in CATEGORIES]
    assert places == sorted(places)
    assert "means the corroboration that a person is the one claimed." in page


def test_guidance_is_given_once_for_each_check(page: str) -> None:
    assert page.count("Appointment queues and session tokens") == 1
    assert "<em>nothing records who it was</em>" in page
    assert "requirepass &lt;at least 32 random characters&gt;" in page
    assert '<p class="file">redis.conf</p>' in page
    assert page.count("Set a password for the default user") == 1, "the one-line fix is part of the full one"


def test_a_remedy_that_the_check_does_not_name_is_shown() -> None:
    report = clinic()
    changed = msgspec.structs.replace(FINDINGS[0], remediation="Remove the `ports` entry of this one.")
    html = render(msgspec.structs.replace(report, findings=(changed, *FINDINGS[1:])), TEMPLATES)
    assert "Remove the <code>ports</code> entry of this one." in html


def test_findings_of_a_check_or_category_that_is_not_described_are_shown() -> None:
    report = msgspec.structs.replace(clinic(), checks=CHECKS[:1], categories=CATEGORIES[:1])
    html = render(report, TEMPLATES)
    for finding in FINDINGS:
        assert f'id="{finding.fingerprint}"' in html
    assert "Move the value to the secret manager" in html


def test_files_left_out_are_counted_beyond_what_is_named() -> None:
    report = clinic()
    example = report.coverage.files[-1]
    files = tuple(msgspec.structs.replace(example, path=f"web/{n:03}.svg") for n in range(SKIPPED_SHOWN + 7))
    html = render(
        msgspec.structs.replace(report, coverage=msgspec.structs.replace(report.coverage, files=files)), TEMPLATES
    )
    assert "web/019.svg" in html
    assert "web/020.svg" not in html
    assert "and 7 more, named in the JSON result" in html


def test_settings_in_force_come_before_defaults() -> None:
    report = clinic()
    queue = report.components[1]
    first = ComponentSetting(name="aclfile", value="", origin="built-in default", path=None, line=None)
    changed = msgspec.structs.replace(queue, settings=(first, *queue.settings))
    html = render(msgspec.structs.replace(report, components=(changed,)), TEMPLATES)
    places = [html.index(f"<code>{name}</code></td>") for name in ("bind", "maxmemory", "aclfile", "requirepass")]
    assert places == sorted(places)
    assert '<code>aclfile</code></td><td><span class="empty">empty</span>' in html


def test_charts_have_words(page: str) -> None:
    charts = [svg for svg in Elements(page).all("svg") if svg.get("role") == "img"]
    assert {
        "Critical: 2 critical",
        "Authentication: 2 critical, 1 high",
        "Files: 6 parsed, 1 partial, 1 unreadable, 2 skipped",
    } <= {svg["aria-label"] for svg in charts}
    assert all(svg.get("aria-hidden") == "true" for svg in Elements(page).all("svg") if svg not in charts)


def test_limits_come_before_everything_else(page: str) -> None:
    assert page.index("not a HIPAA risk analysis") < page.index('id="summary"')


def test_an_empty_report_says_so() -> None:
    text = " ".join("".join(Elements(render(empty(), TEMPLATES)).text).split())
    assert "No open findings" in text
    assert "No server, workload or resource was recognised." in text
    assert "This says nothing about what was not examined." in text


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_text_has_the_contrast_of_wcag_aa(scheme: str) -> None:
    style = (TEMPLATES / "report.css").read_text()
    roots = re.findall(r":root \{(.*?)\}", style, re.S)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", roots[["light", "dark", "print"].index(scheme)]))
    pairs = [("ink", b) for b in ("page", "surface", "sunken", "mark", "accent-wash")]
    pairs += [("muted", b) for b in ("page", "surface", "sunken", "mark")]
    pairs += [("accent", b) for b in ("page", "surface")]
    pairs += [(f"on-{name}", name) for name in ("critical", "high", "medium", "low")]
    for front, back in pairs:
        light, dark = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{front} on {back}"
