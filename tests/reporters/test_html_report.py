"""The HTML report: complete, and safe whatever the scanned files hold."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.evidence import Cover, FindingChange
from auditor.model.report import ComponentSetting, RelatedPlace, Report, SecretGroup, SecretPair, SecretUse
from auditor.reporters import json_report
from auditor.reporters.html_findings import facets, groups, priorities
from auditor.reporters.html_report import render
from auditor.reporters.html_scope import SKIPPED_SHOWN
from auditor.reporters.html_text import anchor
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
    links = [a["href"][1:] for a in elements.all("a") if a["href"].startswith("#")]
    targets = {unquote(link) for link in links if not link.startswith("findings?")}
    assert targets <= ids
    assert "0b8e77d1#2" in targets
    labels = [attributes["aria-labelledby"] for _, attributes in elements.found if "aria-labelledby" in attributes]
    assert set(labels) <= ids


def test_links_to_filtered_findings_name_a_facet_and_a_value_it_has(page: str) -> None:
    links = [a["href"].removeprefix("#findings?") for a in Elements(page).all("a") if "?" in a["href"]]
    assert "status=open&severity=critical&category=authentication" in links
    assert "citation=164.312%28d%29" in links
    options = {facet.name: {option.value for option in facet.options} for facet in facets(clinic())}
    for name, value in (field.split("=") for link in links for field in link.split("&")):
        assert unquote(value) in options[name]


def test_the_numbers_of_a_finding_are_its_places_among_the_options() -> None:
    found = facets(clinic())
    entries = [entry for group in groups(clinic(), found) for entry in group.entries]
    assert len(entries) == len(FINDINGS)
    for entry in entries:
        fields = entry.facets.split(" ")
        values = {
            facet.name: [facet.options[int(number)].value for number in field.split(".")]
            for facet, field in zip(found, fields, strict=True)
        }
        assert values["severity"] == [entry.finding.severity]
        assert values["status"] == [entry.finding.status]
        assert values["category"] == [entry.finding.category]
        assert values["component"] == [entry.finding.component or entry.finding.path]
        assert values["citation"] == [citation.id for citation in entry.finding.citations]


def test_what_stands_in_most_places_comes_first_among_the_equally_severe() -> None:
    one = msgspec.structs.replace(FINDINGS[0], severity="critical", confidence="high", status="open", path="a")
    many = [
        msgspec.structs.replace(one, check_id="in-two-places", path=path, fingerprint=path * 16) for path in ("b", "c")
    ]
    mild = [
        msgspec.structs.replace(one, check_id="mild", severity="high", fingerprint=letter * 16) for letter in "defg"
    ]
    report = msgspec.structs.replace(clinic(), findings=(one, *many, *mild))
    assert [(item.finding.check_id, item.others) for item in priorities(report)] == [
        ("in-two-places", 1),
        (one.check_id, 0),
        ("mild", 3),
    ]


def test_an_anchor_is_the_fingerprint_unless_it_could_not_be_an_id() -> None:
    assert anchor("redis-no-auth-0123456789ab#2") == "redis-no-auth-0123456789ab#2"
    assert anchor("two words\n\x1b") == "two_words_\\x1b"


# Fields that are in the JSON result only, each with the reason.
LEFT_OUT = {
    ".coverage.files[].sha256",  # for a machine to compare; the digest over all of them is shown
    ".components[].kind",  # the technology says it to people
    ".findings[].former_fingerprints[]",  # to match a finding with those of earlier results
    ".checks[].title",  # shown as the findings' title
    ".checks[].control",  # shown with each finding
    ".matrix[].parent",  # shown by the order and the indent
    ".trend.points[].checks_digest",  # its first characters tell runs apart
}
# Texts that other texts refer to: with a mark they would refer to nothing.
JOINS = {
    "check_id",
    "component",
    "category",
    "also_categories[]",
    "exception",
    "fingerprint",
    "findings[]",
    "id",
    "remediation",  # shown unless the check's fix says it
}


GROUP = SecretGroup(
    name="S-1",
    uses=(
        SecretUse(path=".env", line=7, key="SESSION_SIGNING_KEY", use="session"),
        SecretUse(path="k8s/lab-import.yaml", line=40, key="CSRF_KEY", use="csrf"),
    ),
    pairs=(SecretPair(first=0, second=1, counted=True, why="one key serves csrf and session"),),
)


def full() -> Report:
    """Return the clinic's report with something in every field of text."""
    report = clinic()
    return msgspec.structs.replace(
        report,
        scan=msgspec.structs.replace(
            report.scan, environment="production", exclude=("vendor/**",), deselected=("image-not-pinned",)
        ),
        findings=(
            msgspec.structs.replace(FINDINGS[0], also=("network-exposure",), former_fingerprints=("old-0123",)),
            *FINDINGS[1:3],
            msgspec.structs.replace(FINDINGS[3], group=GROUP),
            *FINDINGS[4:],
        ),
        exceptions=(
            msgspec.structs.replace(report.exceptions[1], alternative_considered="stunnel"),
            *report.exceptions,
        ),
        checks=(msgspec.structs.replace(CHECKS[0], aliases=("redis-open",)), *CHECKS[1:]),
        cover=Cover(**dict.fromkeys(Cover.__struct_fields__, "written")),
    )


def text_fields(hint: Any, path: str = "") -> Iterator[str]:
    """Return the places of free text in a type, for example `.findings[].message`."""
    if hint is str:
        yield path
    elif isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        for name, inner in get_type_hints(hint).items():
            yield from text_fields(inner, f"{path}.{name}")
    elif get_origin(hint) is tuple:
        yield from text_fields(get_args(hint)[0], path + "[]")
    elif get_origin(hint) is UnionType:
        for inner in get_args(hint):
            yield from text_fields(inner, path)


def test_every_text_of_the_report_is_shown() -> None:
    markers: dict[str, str] = {}
    seen: set[str] = set()

    def mark(path: str, text: str) -> str:
        # One marker for each kind of field and text.
        field = re.sub(r"\[\d+\]", "[]", path)
        if not text:
            return text
        seen.add(field)
        if field.rpartition(".")[2] in JOINS:
            return text
        return text + " " + markers.setdefault(field, f"marker{len(markers)}end")

    html = render(rewrite(full(), mark), TEMPLATES)
    assert seen == set(text_fields(Report)), "a new field needs a text in this test"
    assert {field for field, marker in markers.items() if marker not in html} == LEFT_OUT
    for joined in (FINDINGS[0].fingerprint, FINDINGS[0].check_id, "EX-1", full().report_id, "records-db"):
        assert joined in html


SECTIONS = """cover limits summary scope method heat-map matrix findings exceptions plan trend not-assessed
integrity sign-off""".split()


@pytest.mark.parametrize("report", [clinic(), empty()])
def test_sections_stand_in_their_order_and_are_numbered(report: Report) -> None:
    html = render(report, TEMPLATES)
    places = [html.index(f'id="{section}"') for section in SECTIONS]
    assert places == sorted(places)
    for number, section in enumerate(SECTIONS[1:], 2):
        assert re.search(rf'<h2 id="{section}-title"[^>]*><span class="ordinal">{number}</span>', html), section
        assert f'<a href="#{section}"><span class="ordinal">{number}</span>' in html


def rows_of(html: str, label: str) -> list[str]:
    """Return the text of each row of the table in the region with this label, without tags."""
    region = html[html.index(f'aria-label="{label}"') :]
    table = region[region.index("<tbody>") : region.index("</table>")]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<tr.*?</tr>", table, re.S)]


def test_the_matrix_has_every_paragraph_with_mark_status_and_numbers(page: str) -> None:
    rows = [row for row in rows_of(page, "Control matrix") if re.match(r"§[\d.]+\(", row)]
    assert len(rows) == len(clinic().matrix)
    by_id = {row.split()[0]: row for row in rows}
    assert "Standard Not satisfied 3 failed, 0 passed, 1 not evaluated Findings relevant" in by_id["§164.312(d)"]
    assert "Addressable Not satisfied 1 failed, 0 passed, 1 not evaluated" in by_id["§164.312(e)(2)(ii)"]
    assert "Required Not applicable No clearinghouse." in by_id["§164.308(a)(4)(ii)(A)"]
    assert "Required Not assessed : organisational" in by_id["§164.310(d)(2)(i)"]
    assert "and 1 excepted" in by_id["§164.306(a)(1)"]


def test_a_status_is_a_word_and_a_shape_of_its_own(page: str) -> None:
    drawn = re.findall(r'<svg class="shape ([\w-]+)".*?>(<.*?)</svg>', page)
    shapes: dict[str, str] = dict(drawn)
    statuses = {"not-satisfied", "exception", "no-deviation-detected", "not-assessed", "not-applicable"}
    assert statuses <= set(shapes)
    assert len({shapes[status] for status in statuses}) == len(statuses)


def test_the_score_stands_beside_its_coverage_with_its_formula(page: str) -> None:
    summary = clinic().summary
    text = " ".join("".join(Elements(page).text).split())
    assert f"{summary.score} of 100 over {summary.assessed} of {summary.assessable} assessable paragraphs" in text
    assert f"= 100 × {summary.earned} ÷ {summary.possible}, rounded down" in text  # noqa: RUF001  # the sign of multiplication
    assert "critical 10, high 6, medium 3, low 1, info 0" in text


def test_exceptions_say_their_state_in_words_and_those_incomplete_are_named() -> None:
    report = clinic()
    inline = msgspec.structs.replace(
        report.exceptions[0], id="IN-1", type="inline", status="incomplete", owner="", approver="", expires=None
    )
    soon = msgspec.structs.replace(report.exceptions[0], id="EX-9", expires="2026-12-01")
    html = render(msgspec.structs.replace(report, exceptions=(*report.exceptions, inline, soon)), TEMPLATES)
    rows = {row.split()[0]: row for row in rows_of(html, "Exceptions register")}
    assert list(rows) == ["EX-2", "IN-1", "EX-9", "EX-1"], "what needs attention comes first"
    assert "Expired" in rows["EX-2"]
    assert "Measure instead: IPsec between the two hosts" in rows["EX-2"]
    assert "Incomplete" in rows["IN-1"]
    assert "Owner: none" in rows["IN-1"]
    assert "No end." in rows["IN-1"]
    assert "Active, ends in 10 days Ends soon" in rows["EX-9"]
    assert "Active, ends in 40 days Created" in rows["EX-1"]
    assert "<strong>Expired:</strong> EX-2. <strong>Incomplete:</strong> IN-1." in html


def test_the_plan_has_a_row_for_each_check_and_leaves_owner_and_dates_blank(page: str) -> None:
    rows = rows_of(page, "Remediation plan")
    open_checks = {finding.check_id for finding in FINDINGS if finding.status == "open"}
    assert len(rows) == len(open_checks)
    redis = next(row for row in rows if "redis-no-authentication" in row)
    assert redis.endswith("§164.312(d) §164.312(a)(2)(i) message-queue 1 place Critical 2026-10-02")
    plan = page[page.index('id="plan"') : page.index('id="trend"')]
    assert plan.count("<td></td><td></td><td></td>") == len(rows)


def test_the_trend_is_told_in_words_and_marks_a_change_of_the_checks() -> None:
    report = clinic()
    assert report.trend is not None
    changed = msgspec.structs.replace(report.trend.points[1], checks_digest="0" * 64)
    trend = msgspec.structs.replace(report.trend, points=(report.trend.points[0], changed, report.trend.points[2]))
    html = render(msgspec.structs.replace(report, trend=trend), TEMPLATES)
    assert "Open findings from 2026-11-07 to 2026-11-21: critical from 3 to 2, high from 4 to 4" in html
    assert html.count('class="rules"') == 2
    assert [("changed:" in row) for row in rows_of(html, "Runs")] == [False, True, True]
    assert "12.5 days" in html
    assert 'class="rules"' not in render(report, TEMPLATES)


def test_changes_of_the_rules_are_counted_apart() -> None:
    report = clinic()
    assert report.changes is not None
    kinds: tuple[FindingChange, ...] = ("new", "new", "reopened", "new by rule change", "unchanged", "updated")
    findings = tuple(
        msgspec.structs.replace(finding, change=kind) for finding, kind in zip(FINDINGS, kinds, strict=False)
    )
    gone = msgspec.structs.replace(report.changes.gone[0], fingerprint="gone-2", gone="rule change")
    changes = msgspec.structs.replace(report.changes, checks_changed=True, gone=(*report.changes.gone, gone))
    html = render(msgspec.structs.replace(report, findings=findings, changes=changes), TEMPLATES)
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "New 2 new findings Reopened 1 reopened findings Fixed 1 Unchanged 2" in text
    assert "By a change of the checks: 1 new, 1 gone." in text
    assert "The checks or the program changed between the two" in text


def test_the_digest_is_that_of_the_json_result(page: str) -> None:
    digest = hashlib.sha256(json_report.render(clinic()).encode()).hexdigest()
    assert f'<meta name="auditor-result-sha256" content="{digest}">' in page
    assert f"<dt>JSON result</dt><dd><code>{digest}</code></dd>" in page


def test_the_same_report_gives_the_same_bytes(page: str) -> None:
    assert render(json_report.read(json_report.render(clinic()).encode()), TEMPLATES) == page


def test_categories_stand_in_the_profiles_order_with_their_definitions(page: str) -> None:
    places = [page.index(f"<dt>{category.title}</dt>") for category in CATEGORIES]
    assert places == sorted(places)
    assert "means the corroboration that a person is the one claimed." in page


def test_an_exception_is_named_where_it_sets_a_finding_aside(page: str) -> None:
    article = page[page.index('id="0dd0dd0d"') :]
    article = article[: article.index("</article>")]
    assert '<b class="badge">Exception</b>' in article
    assert '<a href="#exception-EX-1">exception EX-1</a>, false positive, until 2026-12-31' in article
    assert '<a class="each" href="#0dd0dd0d">' in page


def test_the_uses_of_a_shared_secret_are_numbered_and_not_named_twice() -> None:
    places = (
        RelatedPlace(path="k8s/lab-import.yaml", line=40, message="the same value"),
        RelatedPlace(path="compose.yaml", line=3, message="loads the file"),
    )
    finding = msgspec.structs.replace(FINDINGS[3], group=GROUP, related=places)
    html = render(msgspec.structs.replace(clinic(), findings=(finding,)), TEMPLATES)
    text = " ".join(re.sub(r"<[^>]+>", " ", html[html.index(f'id="{finding.fingerprint}"') :]).split())
    assert "S-1 One secret in 2 places:" in text
    assert "1 and 2: counts, one key serves csrf and session" in text
    assert "the same value" not in text
    assert "compose.yaml:3 loads the file" in text


def test_only_addresses_on_the_web_become_links() -> None:
    why = "[a](../secrets) [b](file:///etc/passwd) [c](//evil.example) [d](https://redis.io/docs/) <ftp://x.example>"
    check = msgspec.structs.replace(CHECKS[0], why=why, references=())
    html = render(msgspec.structs.replace(clinic(), checks=(check,)), TEMPLATES)
    links = [a["href"] for a in Elements(html).all("a") if not a["href"].startswith("#")]
    assert links == ["https://redis.io/docs/"]


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_of_wcag_aa(scheme: str) -> None:
    style = (TEMPLATES / "report.css").read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", style)
    colours = {name: light if scheme == "light" else dark for name, light, dark in found}
    pairs = [("ink", b) for b in ("page", "surface", "sunken", "mark", "accent-wash", "heat-1")]
    pairs += [("muted", b) for b in ("page", "surface", "sunken", "mark", "accent-wash")]
    pairs += [("accent", b) for b in ("page", "surface")]
    pairs += [(f"on-{name}", name) for name in ("critical", "high", "medium", "low", "heat-3", "heat-4")]
    pairs += [("on-medium", "heat-2")]
    for front, back in pairs:
        lighter, darker = sorted((_luminance(colours[front]), _luminance(colours[back])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, f"{front} on {back}"


def test_a_shared_secret_is_drawn_and_said_in_words() -> None:
    group = SecretGroup(
        name="S-1",
        uses=(
            SecretUse(path=".env", line=1, key="JWT_SECRET", use="jwt"),
            SecretUse(path=".env", line=2, key="CSRF_SECRET", use="csrf"),
            SecretUse(path="compose.yaml", line=5, key="JWT_SECRET", use="jwt"),
        ),
        pairs=(
            SecretPair(first=0, second=1, counted=True, why="one key serves csrf and jwt"),
            SecretPair(first=0, second=2, counted=False, why="the same setting, passed on"),
        ),
    )
    report = clinic()
    first = msgspec.structs.replace(report.findings[0], group=group)
    html = render(msgspec.structs.replace(report, findings=(first, *report.findings[1:])), TEMPLATES)
    drawing = re.search(r'<svg class="graph".*?</svg>', html, re.S)
    assert drawing is not None
    assert 'role="img" aria-label="S-1, 3 places; may not share it: places 1 and 2"' in drawing[0]
    assert drawing[0].count('class="arc counted"') == 1
    assert drawing[0].count('class="arc"') == 1
    assert [label in drawing[0] for label in ("JWT_SECRET: jwt", "CSRF_SECRET: csrf")] == [True, True]
    assert "1 and 3: does not count, the same setting, passed on" in html
