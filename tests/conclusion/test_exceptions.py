"""Which exceptions settle which paragraph (45 CFR 164.306(d)), and that none settles more."""

from datetime import date

import pytest

from auditor.model.evidence import ControlStatus, ExceptionType
from auditor.model.report import Report
from auditor.packs import load_packs
from auditor.scan import Options, audit
from auditor.sources.tree import MemoryTree
from tests.conclusion.made import (
    AUDIT,
    ENCRYPTION,
    TRANSMISSION,
    UNIQUE,
    answer,
    check,
    concluded,
    exception,
    hipaa,
    rows,
    waived,
)
from tests.exceptions.files import TODAY, entry, read, written


@pytest.mark.parametrize(
    ("kind", "paragraph", "status"),
    [
        ("false-positive", UNIQUE, "exception"),
        ("false-positive", AUDIT, "exception"),
        ("false-positive", ENCRYPTION, "exception"),
        ("not-applicable", UNIQUE, "exception"),
        ("alternative-measure", ENCRYPTION, "exception"),
        ("alternative-measure", TRANSMISSION, "exception"),
        ("alternative-measure", UNIQUE, "not satisfied"),
        ("alternative-measure", AUDIT, "not satisfied"),
        ("not-reasonable-documented", ENCRYPTION, "exception"),
        ("not-reasonable-documented", UNIQUE, "not satisfied"),
        ("risk-accepted", ENCRYPTION, "exception"),
        ("risk-accepted", TRANSMISSION, "not satisfied"),
        ("risk-accepted", UNIQUE, "not satisfied"),
        ("risk-accepted", AUDIT, "not satisfied"),
        ("inline", ENCRYPTION, "not satisfied"),
        ("inline", UNIQUE, "not satisfied"),
        ("inline", AUDIT, "not satisfied"),
    ],
)
def test_what_an_exception_settles(kind: ExceptionType, paragraph: str, status: ControlStatus) -> None:
    about = check("a-check", paragraph)
    report = concluded([about], [answer(about, "fail")], [waived(about)], [exception(kind)])
    assert rows(report)[paragraph].status == status


def test_a_risk_can_be_accepted_on_the_addressable_and_not_on_the_required_paragraph_of_one_check() -> None:
    about = check("a-check", ENCRYPTION, UNIQUE)
    matrix = rows(concluded([about], [answer(about, "fail")], [waived(about)], [exception("risk-accepted")]))
    assert matrix[ENCRYPTION].status == "exception"
    assert matrix[UNIQUE].status == "not satisfied"


def test_an_exception_that_is_not_listed_settles_nothing() -> None:
    about = check("a-check", ENCRYPTION)
    report = concluded(
        [about], [answer(about, "fail")], [waived(about, exception="EX-9")], [exception("false-positive")]
    )
    assert rows(report)[ENCRYPTION].status == "not satisfied"


def scan(config: str, *, kind: str = "", today: date = TODAY, honour: bool = True) -> Report:
    exceptions = read(written(entry(type=kind, measure="WireGuard"))) if kind else None
    options = Options(
        pack=lambda folders: load_packs(folders=folders),
        profile=hipaa(),
        exceptions=exceptions,
        honour_exceptions=honour,
        today=today,
    )
    return audit(MemoryTree({"redis/redis.conf": config}), options).report


WITHOUT_TLS = "bind 0.0.0.0\nrequirepass kT9vX2mQ7pLw4ZrB8nYc3HdJ6sFg5aVe\n"


def test_a_whole_scan_with_an_alternative_measure_until_it_expires() -> None:
    assert rows(scan(WITHOUT_TLS))[ENCRYPTION].status == "not satisfied"
    settled = rows(scan(WITHOUT_TLS, kind="alternative-measure"))
    assert settled[ENCRYPTION].status == "exception"
    assert settled[TRANSMISSION].status == "exception"
    late = scan(WITHOUT_TLS, kind="alternative-measure", today=date(2027, 11, 1))
    assert rows(late)[ENCRYPTION].status == "not satisfied"
    assert rows(scan(WITHOUT_TLS, kind="alternative-measure", honour=False))[ENCRYPTION].status == "not satisfied"


def test_a_whole_scan_with_a_comment() -> None:
    report = scan("# auditor:ignore redis-no-tls closed network\n" + WITHOUT_TLS)
    assert "waived" in {finding.status for finding in report.findings if finding.check_id == "redis-no-tls"}
    assert rows(report)[ENCRYPTION].status == "not satisfied"
    assert rows(report)[ENCRYPTION].findings == 1
