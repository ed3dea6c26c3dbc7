"""A renamed check: its former id stays valid wherever an id is given, and findings name their former fingerprint."""

import subprocess
import sys
from pathlib import Path

import pytest

from auditor.model.report import Finding, Report
from auditor.packs import PackError, load_packs
from auditor.profile import load_profile
from auditor.scan import Options, audit
from auditor.sources.tree import MemoryTree

ROOT = Path(__file__).parents[2]
CHECK = '''"""Redis listens on a port.

## Why it matters
Example.
## Fix
Example.
"""
from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.redis import Redis


@check("{name}", severity=HIGH, control=Control.NETWORK_EXPOSURE, aliases={aliases})
def {function}(redis: Redis) -> Iterator[Diagnostic]:
    yield fail("The first.")
    yield fail("The second.")
'''


def pack(folder: Path, name: str, *aliases: str) -> Path:
    folder.mkdir()
    text = CHECK.format(name=name, function=name.replace("-", "_"), aliases=aliases)
    (folder / f"{name.replace('-', '_')}.py").write_text(text)
    return folder


def findings(folder: Path, *, select: str) -> tuple[Finding, ...]:
    return scan(folder, select=select).findings


def scan(folder: Path, *, select: str = "", ignore: str = "") -> Report:
    options = Options(
        pack=load_packs([folder], folders=()),
        profile=load_profile(ROOT / "profiles" / "hipaa.yaml"),
        select={select} - {""},
        ignore={ignore} - {""},
    )
    return audit(MemoryTree({"redis.conf": "port 6379\n"}), options).report


def test_findings_name_what_their_fingerprint_was(tmp_path: Path) -> None:
    before = findings(pack(tmp_path / "a", "example-port"), select="example-port")
    after = findings(pack(tmp_path / "b", "example-listener", "example-port"), select="example-listener")
    assert len({f.fingerprint for f in before}) == 2
    assert [f.former_fingerprints for f in after] == [(f.fingerprint,) for f in before]


def test_select_and_ignore_take_a_former_id(tmp_path: Path) -> None:
    folder = pack(tmp_path / "b", "example-listener", "example-port")
    assert {f.check_id for f in findings(folder, select="example-port")} == {"example-listener"}
    ignored = scan(folder, ignore="example-port")
    assert ignored.scan.deselected == ("example-listener", "example-port")
    assert "example-listener" not in {f.check_id for f in ignored.findings}


def test_an_alias_is_taken_once(tmp_path: Path) -> None:
    one, two = pack(tmp_path / "a", "example-a", "example-old"), pack(tmp_path / "b", "example-b", "example-old")
    with pytest.raises(PackError, match="example-old is taken by"):
        load_packs([one, two])
    with pytest.raises(PackError, match="redis-no-tls is taken by"):
        load_packs([pack(tmp_path / "c", "example-c", "redis-no-tls")])


def test_the_command_line_takes_a_former_id(tmp_path: Path) -> None:
    folder = pack(tmp_path / "b", "example-listener", "example-port")
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "redis.conf").write_text("port 6379\n")
    for command in (["explain", "example-port"], ["scan", str(tree), "--select", "example-port"]):
        words = [sys.executable, "-m", "auditor", *command, "--checks-dir", str(folder)]
        done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
        assert "example-listener" in done.stdout, done.stderr
