"""Who may import whom, where import-linter cannot look: checks are files, not an installed package."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHECKS = sorted((ROOT / "checks").rglob("*.py"))


def imports(file: Path) -> list[tuple[int, str]]:
    """Return (level, module) of every import in a file; level 0 is absolute."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(0, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.level, node.module or ""))
    return found


@pytest.mark.parametrize("file", CHECKS, ids=lambda file: file.stem)
def test_a_check_imports_the_api_a_technology_the_standard_library_and_its_siblings_only(file: Path) -> None:
    for level, module in imports(file):
        top, *rest = module.split(".")
        is_ours = top == "auditor" and (rest == ["api"] or (rest[:1] == ["technologies"] and len(rest) == 2))
        assert level == 1 or is_ours or (level == 0 and top in sys.stdlib_module_names), module


def test_the_program_never_imports_checks() -> None:
    for file in (ROOT / "auditor").rglob("*.py"):
        for level, module in imports(file):
            assert level or module.partition(".")[0] != "checks", file


def test_a_scan_of_files_imports_no_cloud_or_cluster_client() -> None:
    code = "import auditor.cli.scan, sys; print(sorted({m.partition('.')[0] for m in sys.modules}))"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not {"boto3", "botocore", "kubernetes", "azure", "requests", "urllib3", "http"} & set(
        ast.literal_eval(output)
    )


def test_dataclasses_are_records() -> None:
    """Those of the standard library take a seventh of a small scan to be made (`auditor/records.py`)."""
    standard = re.compile(r"^(?:from dataclasses import .*\bdataclass\b|import dataclasses)", re.M)
    found = [file.name for file in (ROOT / "auditor").rglob("*.py") if standard.search(file.read_text("utf-8"))]
    assert found == ["records.py"]


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when the module is imported: everything outside of functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _at_import(child)


def test_patterns_are_compiled_when_they_are_used() -> None:
    """Compiling those of all modules that a small scan loads takes a thirtieth of it (`auditor/patterns.py`)."""
    early: list[str] = []
    for file in (*(ROOT / "auditor").rglob("*.py"), *(ROOT / "checks").rglob("*.py")):
        text = file.read_text("utf-8")
        for node in _at_import(ast.parse(text)) if "re.compile(" in text else ():
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
                is_bytes = any(isinstance(n, ast.Constant) and isinstance(n.value, bytes) for n in ast.walk(node))
                early += [] if is_bytes else [f"{file}:{node.lineno}"]
    assert not early
