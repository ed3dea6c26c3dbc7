"""The registry of outputs, what all of them must keep to, and what none may claim."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor.model.report import Report
from auditor.reporters import REPORTERS, Options, json_report, render
from tests.reporters.reports import clinic, empty, rewrite

ROOT = Path(__file__).parent.parent.parent
OPTIONS = Options(templates=ROOT / "reports" / "templates")


@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize("report", [clinic(), empty()])
def test_every_output_ends_in_one_newline(name: str, report: Report) -> None:
    text = render(name, report, OPTIONS)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", REPORTERS)
@given(nasty=st.text(max_size=12))
@example(nasty=" \x1b[2J\x1b]0;title\x07\r\n\x9b\u202e\u2028\ufeff\udce9")
@settings(max_examples=25, deadline=None)
@example(nasty="]]><script>alert(1)</script><!--&quot;\"'")
def test_no_field_of_any_output_acts_on_a_terminal(name: str, nasty: str) -> None:
    hostile = rewrite(clinic(), lambda path, text: text if path == ".schema_version" else nasty + text + nasty)
    text = render(name, hostile, OPTIONS)
    text.encode("utf-8")
    allowed = "\r\n\t" if name in {"csv", "poam-csv"} else "\n\t"
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Zl", "Zp"} and c not in allowed]
    assert not {"\u200b", "\u202e", "\u2066", "\ufeff"} & set(text)


@pytest.mark.parametrize("name", REPORTERS)
def test_every_output_is_the_same_when_made_from_the_json(name: str) -> None:
    hostile = rewrite(clinic(), lambda path, text: text if path == ".schema_version" else text + "\x1b\udce9 é\u202e")
    loaded = json_report.read(render("json", hostile, OPTIONS).encode())
    assert render(name, loaded, OPTIONS) == render(name, hostile, OPTIONS)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(KeyError):
        render("paper", clinic(), OPTIONS)


def test_bytes_do_not_depend_on_the_run() -> None:
    script = (
        "import hashlib, sys; sys.path.insert(0, '.')\n"
        "from tests.reporters.test_reporters import OPTIONS, REPORTERS, clinic, render\n"
        "print([hashlib.sha256(render(n, clinic(), OPTIONS).encode()).hexdigest() for n in REPORTERS])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(outputs) == 1


def test_a_template_engine_is_not_loaded_until_it_is_needed() -> None:
    script = "import sys, auditor.reporters; print(sorted({'jinja2', 'markdown_it', 'rich'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True, text=True)
    assert result.stdout == "[]\n"
