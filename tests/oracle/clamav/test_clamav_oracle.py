"""Our reading of generated clamd.conf files agrees with what clamconf says is in force."""

import os
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from auditor.model.source import Source
from auditor.model.unknown import known
from auditor.technologies.clamav import CLAMAV, SCANS, Clamd

PROGRAM = shutil.which("clamconf")
CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "40"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20261"))
SWITCHES = (*SCANS, "AlertExceedsMax", "AlertEncrypted", "AlertEncryptedArchive", "OnAccessPrevention")
TRAPS = ("twice", "quoted", "case of the word", "comment line", "comment behind", "Example", "no value", "indented")

pytestmark = [pytest.mark.server, pytest.mark.skipif(PROGRAM is None, reason="clamconf (clamav) is not installed")]


def make(random: Random) -> tuple[str, set[str]]:
    """Return a clamd.conf, and which traps are in it."""
    lines = ["LocalSocket /run/clamav/clamd.ctl"]
    traps: set[str] = set()
    for name in random.sample(SWITCHES, random.randint(1, 6)):
        word = random.choice(("yes", "no", "true", "false", "1", "0"))
        lines.append(f"{name} {word}")
        trap = random.choice((*TRAPS, "", "", "", "", "", "", ""))
        if trap == "twice":
            lines.append(f"{name} {'no' if word in {'yes', 'true', '1'} else 'yes'}")
        elif trap == "quoted":
            lines[-1] = f'{name} "{word}"'
        elif trap == "case of the word":
            lines[-1] = f"{name} {word.upper()}"
        elif trap == "comment line":
            lines.insert(-1, f"# {name} {'no' if word == 'yes' else 'yes'}")
        elif trap == "comment behind":
            lines[-1] += " # because"
        elif trap == "Example":
            lines.insert(random.randrange(len(lines)), "Example")
        elif trap == "no value":
            lines[-1] = name
        elif trap == "indented":
            lines[-1] = f"  {name}\t{word}  "
        if trap:
            traps.add(trap)
    return "\n".join(lines) + "\n", traps


def in_force(text: str, folder: Path) -> dict[str, bool] | None:
    """Return clamconf's switches, None where it refuses the file."""
    (folder / "clamd.conf").write_text(text, "utf-8")
    assert PROGRAM is not None
    done = subprocess.run([PROGRAM, "-c", str(folder)], capture_output=True, text=True, check=False, timeout=30)
    said = done.stdout + done.stderr
    if "ERROR" in said:
        return None
    found = dict.fromkeys(re.findall(r"^(\w+) disabled$", said, re.M), False)
    return found | {name: value == "yes" for name, value in re.findall(r'^(\w+) = "(\w+)"$', said, re.M)}


def test_switches_in_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    random = Random(SEED)
    met: Counter[str] = Counter()
    for _ in range(CASES):
        text, traps = make(random)
        met.update(traps)
        document = CLAMAV.parse(Source(path="clamd.conf", text=text))
        (ours,) = CLAMAV.from_files([document], {})
        assert isinstance(ours, Clamd)
        theirs = in_force(text, tmp_path)
        assert bool(ours.refused) is (theirs is None), text
        if theirs is not None:
            assert {name: known(ours.is_on(name)) for name in SWITCHES} == {name: theirs[name] for name in SWITCHES}, (
                text
            )
    with capsys.disabled():
        print(f"\nclamconf: {CASES} configurations, {dict(met)}")  # noqa: T201  # the counts are asked for
    assert CASES < 40 or set(TRAPS) == set(met)
