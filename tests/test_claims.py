"""The program lists evidence; nothing it ships claims more."""

import re
from pathlib import Path

import pytest

from auditor.packs import resource_dir
from auditor.reporters import REPORTERS, Options, render
from tests.reporters.reports import clinic, empty

ROOT = Path(__file__).parents[1]
SHIPPED = sorted(
    file
    for pattern in (
        "*.md",
        "docs/**/*.md",
        "reports/**/*",
        "profiles/*",
        "checks/**/*.py",
        "auditor/**/*.py",
        "deploy/**/*",
        "samples/**/*.md",
    )
    for file in ROOT.glob(pattern)
    if file.is_file() and file.suffix not in {".png", ".pyc"}
)
CLAIMS = re.compile(
    r"HIPAA[- ](?:compliant|certified|approved)|(?:is|are|be|fully) compliant with|guarantees? (?:compliance|security)"
    r"|(?:violates?|violation of|in breach of) (?:45 CFR |§ ?)?164\.\d+|passes? HIPAA",
    re.IGNORECASE,
)


def test_there_is_something_to_read() -> None:
    assert len(SHIPPED) > 300


@pytest.mark.parametrize(
    "words", [("HIPAA", "compliant"), ("HIPAA", "certified"), ("violates", "§164.304"), ("guarantees", "compliance")]
)
def test_the_pattern_knows_a_claim(words: tuple[str, str]) -> None:
    assert CLAIMS.search(f"This product {' '.join(words)} today.")


def test_no_text_claims_compliance() -> None:
    texts = {str(file.relative_to(ROOT)): " ".join(file.read_text("utf-8").split()) for file in SHIPPED}
    assert [(name, found[0]) for name, text in texts.items() for found in CLAIMS.finditer(text)] == []


def test_no_output_claims_compliance() -> None:

    options = Options(templates=resource_dir("reports") / "templates")
    for name in REPORTERS:
        for report in (clinic(), empty()):
            assert not CLAIMS.search(" ".join(render(name, report, options).split())), name
