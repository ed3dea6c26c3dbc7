"""Our reading of generated krb5.conf files agrees with MIT's library."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from auditor.model.unknown import Unknown, known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.kerberos import Kerberos
from auditor.technologies.kerberos.profile import seconds
from tests.oracle.kerberos.cases import NAMES, REALM, Case, make
from tests.oracle.kerberos.library import Library, RefusedError, load

LIBRARY = load()
CASES = min(int(os.environ.get("AUDITOR_ORACLE_CASES", "100")), 2000)
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20248"))
TRAPS = (
    "first wins", "exact names", "no comments behind values", "final", "quoted", "subsection", "open subsection",
    "before a section", "included folder", "refused",
)  # fmt: skip
_WEAK = {23: "rc4", 16: "des3", 24: "exp"}

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(LIBRARY is None, reason="libkrb5 is not installed"),
]


def our_reading(case: Case) -> Kerberos:
    text = "\n".join(case.lines).replace("FOLDER", "/etc/krb5.conf.d") + "\n"
    files = {"etc/krb5.conf": text, **{f"etc/krb5.conf.d/{name}": inner for name, inner in case.included.items()}}
    estate = take_estate(MemoryTree(files))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Kerberos) and fact.component == "etc/krb5.conf")
    return found


def compare(library: Library, case: Case, folder: Path) -> Iterator[str]:
    inner = folder / "krb5.conf.d"
    inner.mkdir(parents=True)
    for name, text in case.included.items():
        (inner / name).write_bytes(text.encode())
    path = folder / "krb5.conf"
    path.write_bytes(("\n".join(case.lines).replace("FOLDER", str(inner)) + "\n").encode())
    ours = our_reading(case)
    try:
        permitted = library.permitted(path)
    except RefusedError:
        if not ours.refused and not ours.profile.gap:
            yield "the library refuses the file, we do not"
        return
    if ours.refused or ours.profile.gap:
        yield f"the library takes the file, we say {ours.refused or ours.profile.gap}"
        return
    for names in [("libdefaults", name) for name in NAMES] + [("libdefaults", REALM, name) for name in NAMES]:
        mine = [known(relation.value) for relation in ours.profile.all(*names)]
        if mine != (real := library.values(path, names)):
            yield f"{names}: library {real}, we {mine}"
    if (
        ours.profile.first("libdefaults", "permitted_enctypes") is not None
        and "default" not in known(ours.text("permitted_enctypes")).lower()
    ):
        real_weak = {_WEAK[number] for number in permitted or () if number in _WEAK}
        weak = {_kind(name) for name in known(ours.weak_types("permitted_enctypes"))}
        if weak != real_weak:
            yield f"weak types: library {real_weak}, we {weak}"
    if library.seconds(known(ours.text("ticket_lifetime"))) != known(ours.seconds("ticket_lifetime")):
        yield "the ticket's lifetime"


def _kind(name: str) -> str:
    return "exp" if name.endswith("-exp") else "des3" if name.startswith("des3") else "rc4"


def test_our_reading_agrees_with_the_library(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    assert LIBRARY is not None
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(CASES):
        case = make(Random(SEED * 100_003 + number))
        traps.update(case.traps)
        found = compare(LIBRARY, case, tmp_path / str(number))
        wrong += [f"case {number} (seed {SEED}): {text}; {case.lines} {case.included}" for text in found]
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in TRAPS)
    record_property("traps", f"Kerberos: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:20])
    assert all(traps[trap] for trap in TRAPS), summary


@pytest.mark.parametrize("text", ["10h", "1d", "7d 0h 0m 0s", "24:00", "1-2:3:4", "86400", "12h30m", " 7d "])
def test_durations(text: str) -> None:
    assert LIBRARY is not None
    assert LIBRARY.seconds(text) == known(seconds(text))


@pytest.mark.parametrize("text", ["5m3", "10 h", "abc", "2d 3"])
def test_texts_that_are_no_duration(text: str) -> None:
    assert LIBRARY is not None
    assert LIBRARY.seconds(text) is None
    assert isinstance(seconds(text), Unknown)
