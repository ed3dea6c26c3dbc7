"""The built-in profile against the law's text, and the errors of profiles that are wrong."""

import re
from collections import Counter
from pathlib import Path

import pytest

from auditor.model.regulation import Regulation
from auditor.model.severity import Control
from auditor.profile import Profile, ProfileError, load_profile, load_regulation

PROFILES = Path(__file__).parent.parent / "profiles"
CHECKS = Path(__file__).parent.parent / "checks"


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(PROFILES / "hipaa.yaml")


@pytest.fixture(scope="module")
def law() -> Regulation:
    return load_regulation(PROFILES / "cfr-164c.json")


@pytest.mark.parametrize("control", list(Control))
def test_every_control_maps_to_a_category_and_a_duty(profile: Profile, control: Control) -> None:
    mapped = profile.map("any-check", control)
    categories = {category.id for category in profile.categories}
    assert mapped.category in categories
    assert set(mapped.also_categories) <= categories - {mapped.category}
    # §164.306 states general rules; the duties a finding can be relevant to stand in .308 to .314.
    assert any(re.match(r"164\.(308|310|312|314)\(", citation.id) for citation in mapped.citations)


def test_every_citation_carries_the_title_and_mark_of_the_law(profile: Profile, law: Regulation) -> None:
    cited = [c for row in [*profile.controls.values(), *profile.checks.values()] for c in row.citations or ()]
    assert len(cited) > 50
    for citation in cited:
        paragraph = law.by_id[citation.id]
        assert (citation.title, citation.designation) == (paragraph.title, paragraph.designation)
        assert paragraph.assessable != "none", f"{citation.id} is organisational and is not to be cited"


def test_the_nine_terms_with_their_definitions(profile: Profile) -> None:
    assert [category.id for category in profile.categories] == [
        "access",
        "authentication",
        "password",
        "confidentiality",
        "encryption",
        "integrity",
        "availability",
        "malicious-software",
        "security-incident",
    ]
    definitions = {category.id: category.definition for category in profile.categories}
    assert definitions["authentication"] == "the corroboration that a person is the one claimed."
    assert definitions["access"].endswith("as used in this subpart, not as used in subparts D or E of this part.)")
    assert "useable upon demand" in definitions["availability"]


@pytest.mark.parametrize(
    ("control", "category", "also", "citations"),
    [
        (Control.AUTHENTICATION, "authentication", ("access",), {"164.312(d)"}),
        (Control.PLAINTEXT_SECRET, "password", ("confidentiality",), {"164.308(a)(5)(ii)(D)"}),
        (Control.SHARED_SECRET, "password", ("authentication",), {"164.308(a)(5)(ii)(D)"}),
        (Control.PHI_EXPOSURE, "confidentiality", (), {"164.312(a)(1)"}),
        (
            Control.AUDIT_LOGGING,
            "integrity",
            ("security-incident",),
            {"164.312(b)", "164.308(a)(1)(ii)(D)"},
        ),
        (Control.ENCRYPTION_IN_TRANSIT, "encryption", ("confidentiality",), {"164.312(e)(2)(ii)"}),
        (Control.ENCRYPTION_AT_REST, "encryption", ("confidentiality",), {"164.312(a)(2)(iv)"}),
        (Control.NETWORK_EXPOSURE, "access", ("confidentiality",), {"164.312(a)(1)"}),
        (Control.BACKUP, "availability", ("integrity",), {"164.308(a)(7)(ii)(A)"}),
    ],
)
def test_tie_breaks(
    profile: Profile, control: Control, category: str, also: tuple[str, ...], citations: set[str]
) -> None:
    mapped = profile.map("any-check", control)
    assert (mapped.category, mapped.also_categories) == (category, also)
    assert citations <= {citation.id for citation in mapped.citations}


def test_further_controls_add_their_category_and_direct_citations(profile: Profile) -> None:
    mapped = profile.map("kafka-plaintext", Control.ENCRYPTION_IN_TRANSIT, [Control.AUTHENTICATION])
    assert mapped.category == "encryption"
    assert mapped.also_categories == ("authentication", "confidentiality")
    cited = [citation.id for citation in mapped.citations]
    assert cited[0] == "164.312(e)(1)"
    assert "164.312(d)" in cited, "direct for authentication"
    assert "164.312(a)(2)(i)" not in cited, "only supports authentication"


def test_a_paragraph_is_cited_once_and_as_direct_if_anything_makes_it_so(profile: Profile) -> None:
    mapped = profile.map("any-check", Control.PLAINTEXT_SECRET, [Control.AUTHENTICATION])
    strengths = [citation.strength for citation in mapped.citations if citation.id == "164.312(d)"]
    assert strengths == ["direct"]


def test_never_more_than_two_further_categories(profile: Profile) -> None:
    for first in Control:
        for second in Control:
            mapped = profile.map("any-check", first, [second, Control.MONITORING])
            assert len(mapped.also_categories) <= 2
            assert mapped.category not in mapped.also_categories
            assert len({c.id for c in mapped.citations}) == len(mapped.citations)


def test_rows_of_checks(profile: Profile) -> None:
    mapped = profile.map("app-session-lifetime", Control.SESSION_MANAGEMENT)
    assert mapped.category == "access"
    logoff = next(c for c in mapped.citations if c.id == "164.312(a)(2)(iii)")
    assert (logoff.title, logoff.strength) == ("Automatic logoff", "direct")
    bucket = profile.map("aws-s3-public-acl", Control.AUTHENTICATION, [Control.NETWORK_EXPOSURE])
    assert (bucket.category, bucket.also_categories) == ("confidentiality", ("access", "authentication"))
    log_ins = profile.map("postgres-connection-logging", Control.AUDIT_LOGGING)
    assert (log_ins.category, log_ins.also_categories) == ("integrity", ("security-incident",))
    assert "164.308(a)(5)(ii)(C)" in {c.id for c in log_ins.citations}, "log-in monitoring"


def test_every_row_for_a_check_names_an_existing_check(profile: Profile) -> None:
    ids = {file.stem.replace("_", "-") for file in CHECKS.glob("*/*.py")}
    assert set(profile.checks) <= ids


def test_counts_of_the_law(law: Regulation) -> None:
    standards = Counter(p.id[:7] for p in law.paragraphs if p.kind == "standard")
    assert standards == {"164.308": 9, "164.310": 4, "164.312": 5, "164.314": 2, "164.316": 2}
    matrix = [p for p in law.paragraphs if p.kind == "spec" and p.id[:7] in {"164.308", "164.310", "164.312"}]
    assert all(p.titled for p in matrix)
    marks = Counter((p.id[:7], p.designation) for p in matrix)
    assert marks == {
        ("164.308", "required"): 10,
        ("164.308", "addressable"): 11,
        ("164.310", "required"): 2,
        ("164.310", "addressable"): 6,
        ("164.312", "required"): 2,
        ("164.312", "addressable"): 5,
    }
    # NIST's SP 800-66r2 data set lists 68 elements of .308 to .316.
    assert sum(p.kind != "general" for p in law.paragraphs) == 68
    assert {p.designation for p in law.paragraphs if p.id[:7] in {"164.314", "164.316"}} == {
        "standard",
        "required",
    }


@pytest.mark.parametrize(
    ("paragraph", "designation", "title"),
    [
        ("164.308(a)(1)(ii)(A)", "required", "Risk analysis"),
        ("164.308(a)(1)(ii)(D)", "required", "Information system activity review"),
        ("164.308(a)(2)", "standard", "Assigned security responsibility"),
        ("164.308(a)(4)(ii)(A)", "required", "Isolating health care clearinghouse functions"),
        ("164.308(a)(4)(ii)(B)", "addressable", "Access authorization"),
        ("164.308(a)(5)(ii)(B)", "addressable", "Protection from malicious software"),
        ("164.308(a)(5)(ii)(C)", "addressable", "Log-in monitoring"),
        ("164.308(a)(6)(ii)", "required", "Response and reporting"),
        ("164.308(a)(7)(ii)(C)", "required", "Emergency mode operation plan"),
        ("164.308(b)(3)", "required", "Written contract or other arrangement"),
        ("164.310(d)(1)", "standard", "Device and media controls"),
        ("164.310(d)(2)(iii)", "addressable", "Accountability"),
        ("164.312(a)(2)(i)", "required", "Unique user identification"),
        ("164.312(a)(2)(iii)", "addressable", "Automatic logoff"),
        ("164.312(b)", "standard", "Audit controls"),
        ("164.312(d)", "standard", "Person or entity authentication"),
        ("164.312(e)(2)(ii)", "addressable", "Encryption"),
        ("164.316(b)(2)(i)", "required", "Time limit"),
    ],
)
def test_known_paragraphs(law: Regulation, paragraph: str, designation: str, title: str) -> None:
    row = law.by_id[paragraph]
    assert (row.designation, row.title) == (designation, title)


def test_structure_of_the_table(law: Regulation) -> None:
    names = [name for p in law.paragraphs for name in (p.id, *p.aliases)]
    assert len(names) == len(set(names)), "an id or alias names two paragraphs"
    for p in law.paragraphs:
        assert (p.kind == "spec") == (p.designation in {"required", "addressable"})
        if p.kind == "spec":
            assert p.parent is not None
            assert law.by_id[p.parent].kind == "standard"
        if p.kind == "standard":
            assert p.parent is None
    assert law.by_id["164.308(b)(3)"].aliases == ("164.308(b)(4)",), "renumbered in 2013"


TABLE = """{"title": "T", "citation": "C", "edition": "E", "paragraphs": [
  {"id": "1(a)", "parent": null, "title": "One", "kind": "standard", "designation": "standard",
   "assessable": "direct", "aliases": []},
  {"id": "1(b)", "parent": "1(a)", "title": "Two", "kind": "spec", "designation": "required",
   "assessable": "direct", "aliases": []}]}"""


def small_profile(folder: Path, checks: str = "", **rows: str) -> Path:
    """Write a profile with one category in which every control has the same row, or the one given."""
    (folder / "law.json").write_text(TABLE)
    row = "{category: one, citations: [{id: 1(a), strength: direct}]}"
    lines = ["name: small", "title: Small", "regulation: law.json"]
    lines += ["categories: {one: {title: One, definition: d}, two: {title: Two, definition: d}}", "controls:"]
    given = {name.replace("_", "-"): text for name, text in rows.items()}
    lines += [f"  {control}: {given.pop(control, row)}" for control in Control if given.get(control, row) != "-"]
    lines += [f"  {name}: {text}" for name, text in given.items() if text != "-"]
    path = folder / "small.yaml"
    path.write_text("\n".join(lines) + "\n" + checks)
    return path


def test_a_checks_row_overrides_key_by_key(tmp_path: Path) -> None:
    checks = (
        "checks:\n"
        "  only-category: {category: two}\n"
        "  only-citations: {citations: [{id: 1(b), strength: supports}]}\n"
        "  nothing-further: {also: []}\n"
    )
    row = "{category: one, also: [two], citations: [{id: 1(a), strength: direct}]}"
    profile = load_profile(small_profile(tmp_path, checks, authentication=row))
    only_category = profile.map("only-category", Control.AUTHENTICATION)
    assert (only_category.category, only_category.also_categories) == ("two", ())
    assert [c.id for c in only_category.citations] == ["1(a)"]
    only_citations = profile.map("only-citations", Control.AUTHENTICATION, [Control.BACKUP])
    assert only_citations.also_categories == ("two",)
    assert [(c.id, c.strength) for c in only_citations.citations] == [("1(b)", "supports")]
    assert profile.map("nothing-further", Control.AUTHENTICATION).also_categories == ()


GOOD = "citations: [{id: 1(a), strength: direct}]"


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        ({"authentication": f"{{category: three, {GOOD}}}"}, 6, "unknown category three"),
        (
            {"authentication": "{category: one, citations: [{id: 1(c), strength: direct}]}"},
            6,
            "unknown citation 1(c)",
        ),
        ({"authentication": "{category: one, citations: [{id: 1(a), strength: full}]}"}, 6, "not full"),
        ({"authentication": "{category: one, citations: []}"}, 6, "one citation or more"),
        ({"authentication": f"{{{GOOD}}}"}, 6, "category is missing"),
        ({"authentication": f"{{category: one, also: [one], {GOOD}}}"}, 6, "each named once"),
        ({"authentication": f"{{category: one, {GOOD}, note: x}}"}, 6, "unknown key note"),
        ({"authentication": "[]"}, 6, "a mapping is expected"),
        ({"default_credential": f"{{category: one, also: two, {GOOD}}}"}, 7, "a list is expected"),
        ({"backup": "-"}, 6, "no row for the control backup"),
        ({"teleportation": f"{{category: one, {GOOD}}}"}, 6 + len(Control), "unknown control teleportation"),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, rows: dict[str, str], line: int, message: str) -> None:
    path = small_profile(tmp_path, **rows)
    with pytest.raises(ProfileError, match=re.escape(message)) as caught:
        load_profile(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "empty"),
        ("name: a\nname: b\n", 2, "given twice"),
        ("name: [\n", 2, "not YAML"),
        ("- 1\n", 1, "a mapping is expected"),
        ("name: {}\n", 1, "title is missing"),
        (
            "name: a\ntitle: t\nregulation: law.json\ncontrols: {}\ncategories:\n  Two words: {title: T, definition: d}\n",
            6,
            "joined by hyphens",
        ),
    ],
)
def test_files_that_are_no_profile(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text)
    (tmp_path / "law.json").write_text(TABLE)
    with pytest.raises(ProfileError, match=message) as caught:
        load_profile(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"none\.yaml:1: cannot be read"):
        load_profile(tmp_path / "none.yaml")
    path = small_profile(tmp_path)
    (tmp_path / "law.json").unlink()
    with pytest.raises(ProfileError, match=r"law\.json:1: cannot be read"):
        load_profile(path)


def test_a_table_with_an_id_twice_is_refused(tmp_path: Path) -> None:
    path = small_profile(tmp_path)
    (tmp_path / "law.json").write_text(TABLE.replace("1(b)", "1(a)"))
    with pytest.raises(ProfileError, match="listed twice"):
        load_profile(path)
