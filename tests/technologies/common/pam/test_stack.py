"""Stacks of modules; generated ones are compared with libpam."""

import ctypes
import os
import pwd
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.technologies.common.pam.lines import Line
from auditor.technologies.common.pam.stack import answers
from auditor.technologies.pam import PamService
from auditor.technologies.pam.document import read_pam
from auditor.technologies.pam.technology import PAM

CASES = min(int(os.environ.get("AUDITOR_ORACLE_CASES", "200")), 3000)
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20250"))
CONTROLS = (
    "required", "requisite", "sufficient", "optional", "[success=1 default=ignore]", "[success=2 default=bad]",
    "[success=done default=die]", "[default=1]", "[success=ok ignore=ignore default=bad]", "[success=reset default=ok]",
    "[default=die]", "[success=ok]", "[auth_err=ignore success=done default=bad]", "[default=ignore]",
)  # fmt: skip
RESULTS = ("success", "auth_err", "ignore", "user_unknown", "perm_denied", "new_authtok_reqd")


def service(files: dict[str, str], name: str) -> PamService:
    documents = [read_pam(Source(path=f"etc/pam.d/{key}", text=text)) for key, text in files.items()]
    found = [fact for fact in PAM.facts(documents, NoFiles()) if isinstance(fact, PamService)]
    return next(fact for fact in found if fact.name == name)


class NoFiles:
    """No other files."""

    def source(self, path: str) -> Source | None:
        del path
        return None

    def paths(self, folder: str) -> tuple[str, ...]:
        del folder
        return ()


def result_of(line: Line) -> tuple[str]:
    """Return what pam_debug answers."""
    return (line.argument("auth") or "success",)


class Library:
    """libpam, asked with folders of our own."""

    class Conversation(ctypes.Structure):
        _fields_ = (("function", ctypes.c_void_p), ("data", ctypes.c_void_p))

    def __init__(self) -> None:
        self._calls = ctypes.CDLL("libpam.so.0")
        self._calls.pam_start_confdir.argtypes = [ctypes.c_char_p] * 2 + [
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.c_void_p,
        ]
        self._conversation = self.Conversation(None, None)

    def succeeds(self, folder: Path, name: str) -> bool:
        """Return whether the stack lets the user of this process in."""
        handle = ctypes.c_void_p()
        user = pwd.getpwuid(os.getuid()).pw_name.encode()
        code = self._calls.pam_start_confdir(
            name.encode(), user, ctypes.byref(self._conversation), str(folder).encode(), ctypes.byref(handle)
        )
        if code:
            return False
        code = self._calls.pam_authenticate(handle, 0)
        self._calls.pam_end(handle, code)
        return bool(code == 0)


def has_library() -> bool:
    try:
        return hasattr(ctypes.CDLL("libpam.so.0"), "pam_start_confdir") and any(
            Path("/usr/lib").glob("*/security/pam_debug.so")
        )
    except OSError:
        return False


def make(random: Random) -> tuple[dict[str, str], set[str]]:
    traps: set[str] = set()
    files: dict[str, str] = {}
    for name in ("inner", "test"):
        lines: list[str] = []
        for _ in range(random.randrange(1, 5)):
            if name == "test" and random.random() < 0.25:
                way = random.choice(["auth include inner", "auth substack inner", "@include inner"])
                traps.add(way.split(" inner", maxsplit=1)[0])
                lines.append(way)
                continue
            control = random.choice(CONTROLS)
            traps.add("jump" if control.startswith("[") and any(c.isdigit() for c in control) else "control")
            traps |= {word for word in ("reset", "die", "done") if word in control}
            lines.append(f"auth {control} pam_debug.so auth={random.choice(RESULTS)}")
        files[name] = "\n".join(lines) + "\n"
    return files, traps


@pytest.mark.server
@pytest.mark.skipif(not has_library(), reason="libpam 1.4 or its module pam_debug is not installed")
def test_our_answers_agree_with_libpam(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    library = Library()
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    opened = 0
    for number in range(CASES):
        files, met = make(Random(SEED * 100_003 + number))
        traps.update(met)
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, text in files.items():
            # libpam looks for names without a folder in /etc/pam.d, wherever the file itself is.
            (folder / name).write_text(text.replace(" inner", f" {folder}/inner"))
        real = library.succeeds(folder, "test")
        opened += real
        ours = answers(service(files, "test").stacks["auth"], result_of)
        if ours != {real}:
            wrong.append(f"case {number} (seed {SEED}): libpam {real}, we {ours}; {files}")
    summary = ", ".join(f"{trap} {count}" for trap, count in sorted(traps.items()))
    record_property("traps", f"PAM: {CASES} cases, {len(wrong)} disagreements, {opened} let in; {summary}")
    assert not wrong, "\n".join(wrong[:10])
    assert 0 < opened < CASES


@given(st.lists(st.sampled_from(CONTROLS), max_size=6))
def test_nobody_gets_in_where_every_module_is_ignored(controls: list[str]) -> None:
    text = "".join(f"auth {control} pam_debug.so auth=ignore\n" for control in controls)
    assert answers(service({"sshd": text}, "sshd").stacks["auth"], result_of) == {False}


@given(st.lists(st.tuples(st.sampled_from(CONTROLS), st.sampled_from(RESULTS)), max_size=5))
def test_a_requisite_failure_at_the_front_is_final(lines: list[tuple[str, str]]) -> None:
    text = "auth requisite pam_deny.so auth=auth_err\n"
    text += "".join(f"auth {control} pam_debug.so auth={result}\n" for control, result in lines)
    assert answers(service({"sshd": text}, "sshd").stacks["auth"], result_of) == {False}


@given(st.lists(st.tuples(st.sampled_from(CONTROLS), st.sampled_from(RESULTS)), max_size=5))
def test_what_is_not_known_covers_what_may_be(lines: list[tuple[str, str]]) -> None:
    text = "".join(f"auth {control} pam_debug.so auth={result}\n" for control, result in lines)
    steps = service({"sshd": text}, "sshd").stacks["auth"]
    assert answers(steps, result_of) <= answers(steps, lambda _: RESULTS)
