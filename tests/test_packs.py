from pathlib import Path

import pytest

from auditor.packs import PackError, load_packs, resource_dir

CHECK = '''"""{title}.

## Why it matters
Because.
"""
from collections.abc import Iterator
from auditor.api import HIGH, Control, Diagnostic, Workload, check, fail
{extra}

@check("{id}", severity=HIGH, control=Control.PRIVILEGE)
def {name}(workload: Workload) -> Iterator[Diagnostic]:
    yield fail("x")
'''


def write(folder: Path, name: str, extra: str = "", check_id: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.py"
    file.write_text(
        CHECK.format(title=f"Title of {name}", id=check_id or name.replace("_", "-"), name=name, extra=extra)
    )
    return file


def test_a_folder_of_ones_own_is_loaded_with_relative_imports(tmp_path: Path) -> None:
    write(tmp_path / "team", "own_check", extra="from ._words import WORD")
    (tmp_path / "team" / "_words.py").write_text("WORD = 'x'\n")
    pack = load_packs([tmp_path], folders=())
    assert [check.id for check in pack.checks] == ["own-check"]
    assert pack["own-check"].title == "Title of own_check"


def test_a_duplicate_id_is_refused_and_both_files_are_named(tmp_path: Path) -> None:
    write(tmp_path, "first_check", check_id="same-id")
    write(tmp_path, "second_check", check_id="same-id")
    with pytest.raises(PackError, match=r"second_check\.py.*same-id.*first_check\.py"):
        load_packs([tmp_path], folders=())


def test_a_file_that_does_not_load_is_named(tmp_path: Path) -> None:
    write(tmp_path, "broken_check", extra="import a_module_that_is_not_there")
    with pytest.raises(PackError, match=r"broken_check\.py: ModuleNotFoundError"):
        load_packs([tmp_path], folders=())


def test_the_digest_follows_the_sources(tmp_path: Path) -> None:
    write(tmp_path, "own_check")
    before = load_packs([tmp_path], folders=()).digest
    (tmp_path / "_helper.py").write_text("X = 1\n")
    assert load_packs([tmp_path], folders=()).digest != before


def test_the_programs_own_folders_are_found() -> None:
    assert (resource_dir("checks") / "secrets").is_dir()
    with pytest.raises(FileNotFoundError):
        resource_dir("nowhere")
