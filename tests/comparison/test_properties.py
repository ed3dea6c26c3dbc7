"""Over generated pairs of reports: nothing is counted twice and nothing is lost."""

from collections import Counter

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.comparison import Past, compare
from auditor.model.report import Finding, Report, Result
from auditor.reporters.json_report import read, render

from .made import concluded, finding, report, with_file

PATHS = ("a.conf", "b.conf", "dir/a.conf", "c.yaml")
NAMES = {"check-new": ("check-old", "check-older"), "check-b": (), "check-c": ("check-x",)}


@st.composite
def findings(draw: st.DrawFn) -> tuple[Finding, ...]:
    """Findings of checks under present or former names; repeats get a number, as in a scan."""
    names = draw(st.sampled_from([0, 1, 2]))
    made: list[Finding] = []
    repeats: Counter[str] = Counter()
    for _ in range(draw(st.integers(0, 7))):
        check = draw(st.sampled_from(sorted(NAMES)))
        formers = (*NAMES[check],)
        check_id = ((check, *formers) + (formers or (check,)) * 2)[names]
        aliases = formers if check_id == check else formers[formers.index(check_id) + 1 :]
        path = draw(st.sampled_from(PATHS))
        one = finding(
            check_id,
            path,
            draw(st.integers(1, 3)),
            component=draw(st.sampled_from([None, "queue"])),
            key=draw(st.sampled_from(["", "k"])),
            message=draw(st.sampled_from(["One.", "Two."])),
            aliases=aliases,
            status=draw(st.sampled_from(["open", "waived", "baseline"])),
        )
        repeats[one.fingerprint] += 1
        if repeats[one.fingerprint] > 1:
            end = f"-{repeats[one.fingerprint]}"
            one = msgspec.structs.replace(
                one,
                fingerprint=one.fingerprint + end,
                former_fingerprints=tuple(name + end for name in one.former_fingerprints),
            )
        made.append(one)
    return tuple(made)


@st.composite
def reports(draw: st.DrawFn, day: int) -> Report:
    found = draw(findings())
    files = {path: draw(st.sampled_from(["same", "edited", None])) for path in draw(st.sets(st.sampled_from(PATHS)))}
    made = report(
        *found,
        day=day,
        files=files,
        rules=draw(st.sampled_from(["rules", "later rules"])),
        aliases={f.check_id: NAMES.get(f.check_id, ()) for f in found},
        results=[
            Result(check_id=name, component=path, status="not_evaluated", reason="no value")
            for name, path in draw(
                st.sets(st.tuples(st.sampled_from(sorted(NAMES)), st.sampled_from(PATHS)), max_size=3)
            )
        ],
        deselected=draw(st.sampled_from([(), ("check-b",)])),
    )
    for path in draw(st.sets(st.sampled_from(PATHS), max_size=1)):
        made = with_file(made, path, status="unreadable")
    return made


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(reports(day=1), reports(day=2))
def test_every_finding_is_counted_exactly_once(former: Report, present: Report) -> None:
    compared = compare(present, past=Past(former=former, runs=1))
    assert compared.changes is not None
    assert [f.fingerprint for f in compared.findings] == [f.fingerprint for f in present.findings]
    assert all(f.change is not None and f.first_seen is not None for f in compared.findings)
    kept = sum(f.change in {"unchanged", "updated"} for f in compared.findings)
    assert kept + len(compared.changes.gone) == len(former.findings)
    gone = Counter(row.fingerprint for row in compared.changes.gone)
    assert gone <= Counter(f.fingerprint for f in former.findings)
    here = {f.fingerprint for f in present.findings}
    assert not here & set(gone)
    if former.tool == present.tool and not former.scan.deselected:
        assert "new by rule change" not in {f.change for f in compared.findings}
        assert "rule change" not in {row.gone for row in compared.changes.gone}


@settings(max_examples=100)
@given(reports(day=1))
def test_compared_with_itself_nothing_changed(made: Report) -> None:
    compared = compare(made, past=Past(former=made, runs=1))
    assert compared.changes is not None
    assert {f.change for f in compared.findings} <= {"unchanged"}
    assert compared.changes.gone == ()
    known = compare(made, baseline=made)
    assert [f.status for f in known.findings] == ["baseline" if f.status == "open" else f.status for f in made.findings]


@settings(max_examples=100)
@given(reports(day=1), reports(day=2))
def test_a_stored_report_compares_as_the_one_that_was_stored(former: Report, present: Report) -> None:
    stored = read(render(concluded(former)).encode())
    assert compare(present, past=Past(former=stored)) == compare(present, past=Past(former=former))
