"""The documentation says what the program does: generated pages, links, commands and the walk-through."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from auditor.cli.app import build
from auditor.packs import load_packs
from auditor.testing import examples

CHECKOUT = Path(__file__).parents[1]
PAGES = [
    *sorted(CHECKOUT.glob("*.md")),
    *sorted(CHECKOUT.glob("docs/*.md")),
    *sorted(CHECKOUT.glob("samples/*/README.md")),
    *sorted(CHECKOUT.glob("docs/checks/README.md")),
]


@pytest.mark.parametrize("generator", ["generate_checks.py", "generate_examples.py", "generate_technologies.py"])
def test_generated_files_are_current(generator: str) -> None:
    done = subprocess.run(
        [sys.executable, f"docs/{generator}", "--check"],
        cwd=CHECKOUT,
        env={"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(CHECKOUT)) for page in PAGES])
def test_links_and_named_files_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
        assert (page.parent / target).exists(), target
    for named in re.findall(r"`((?:auditor|checks|docs|tests|profiles|reports|samples|benchmarks)/[\w./-]*)`", text):
        written_in_the_walk_through = f"~~~~python {named}\n" in text
        assert written_in_the_walk_through or (CHECKOUT / named).exists() or (page.parent / named).exists(), named


def test_make_targets_named_in_the_documentation_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (CHECKOUT / "Makefile").read_text(), re.M))
    for page in PAGES:
        assert set(re.findall(r"`make ([a-z]+)`", page.read_text("utf-8"))) <= targets, page


def test_options_named_in_the_readme_exist() -> None:
    group = get_command(build())
    assert isinstance(group, TyperGroup)
    known = {option for command in group.commands.values() for each in command.params for option in each.opts}
    lines = re.findall(r"^.*\bauditor (?:scan|explain|report|checks)\b.*$", (CHECKOUT / "README.md").read_text(), re.M)
    named = {option for line in lines for option in re.findall(r"(?<=\s)--[a-z][a-z-]+", line.partition("auditor ")[2])}
    assert named, "the README shows options"
    assert named <= known


def test_the_walk_through_makes_a_check_that_works(tmp_path: Path) -> None:
    text = (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
    blocks = re.findall(r"^~~~~python (\S+)\n(.*?)^~~~~$", text, re.M | re.S)
    assert len(blocks) == 1
    path, source = blocks[0]
    file = tmp_path / Path(path).relative_to("checks")
    file.parent.mkdir()
    file.write_text(source)
    built_in = {check.id for check in load_packs().checks}
    (check,) = [check for check in load_packs([tmp_path]).checks if check.file == file]
    assert check.id == file.stem.replace("_", "-")
    assert check.id not in built_in
    found = examples(check)
    assert {example.is_bad for example in found} == {True, False}
    for example in found:
        example.verify()
