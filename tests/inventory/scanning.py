"""Scan files that a test writes, with the built-in pack and profile."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from auditor.packs import Pack, load_packs
from auditor.profile import Profile, load_profile
from auditor.scan import Options, Result, audit
from auditor.sources.tree import MemoryTree

ROOT = Path(__file__).parents[2]


@cache
def _pack() -> Pack:
    return load_packs()


@cache
def _profile() -> Profile:
    return load_profile(ROOT / "profiles/hipaa.yaml")


def scan(files: Mapping[str, str] | Mapping[str, bytes]) -> Result:
    """Return the result of auditing `files` (text or bytes by path)."""
    return audit(MemoryTree(dict(files)), Options(pack=_pack(), profile=_profile()))
