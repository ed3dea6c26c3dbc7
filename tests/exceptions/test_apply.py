"""Exceptions in a whole scan: what is set aside, what stays open, and what is listed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
import pytest

from auditor.exceptions.apply import apply
from auditor.model.evidence import ReportedException
from auditor.model.report import Finding, Report
from auditor.packs import load_packs
from auditor.redaction import MASK
from auditor.scan import Options, audit
from auditor.sources.tree import MemoryTree
from tests.exceptions.files import NAME, TODAY, entry, hipaa, read, written

REDIS = {"redis/redis.conf": "bind 0.0.0.0\nprotected-mode no\n"}
SECRET = "kT9vX2mQ7pLw4ZrB8nYc"


def scan(files: Mapping[str, str], *entries: Mapping[str, Any], honour: bool = True, today: date = TODAY) -> Report:
    options = Options(
        pack=lambda folders: load_packs(folders=folders),
        profile=hipaa(),
        exceptions=read(written(*entries)) if entries else None,
        honour_exceptions=honour,
        today=today,
    )
    return audit(MemoryTree(files), options).report


def of(report: Report, check_id: str) -> Finding:
    (only,) = [finding for finding in report.findings if finding.check_id == check_id]
    return only


def listed(report: Report) -> ReportedException:
    (only,) = report.exceptions
    return only


def test_what_is_covered_is_set_aside_and_listed() -> None:
    report = scan(REDIS, entry(ticket="OPS-12", review="2027-05-01"))
    finding = of(report, "redis-no-tls")
    assert (finding.status, finding.exception) == ("waived", "EX-1")
    assert of(report, "redis-no-authentication").status == "open"
    row = listed(report)
    assert (row.id, row.status, row.note, row.findings) == ("EX-1", "active", "", (finding.fingerprint,))
    assert (row.path, row.line, row.scope) == (NAME, 2, "path redis/**")
    assert (row.owner, row.approver) == ("Sam Example, Platform engineer", "Kim Example, Security official")
    assert (row.created, row.expires, row.review, row.ticket) == ("2026-11-01", "2027-10-31", "2027-05-01", "OPS-12")
    assert report.summary.by_severity["high"] == 0


def test_the_digest_of_the_file_is_in_the_result() -> None:
    assert scan(REDIS, entry()).integrity.exceptions == read(written(entry())).sha256
    assert scan(REDIS).integrity.exceptions is None


def test_the_scopes_of_component_and_fingerprint() -> None:
    fingerprint = of(scan(REDIS), "redis-no-tls").fingerprint
    for scope in ({"component": "redis/redis.conf"}, {"fingerprint": fingerprint}):
        assert of(scan(REDIS, entry(scope=scope)), "redis-no-tls").status == "waived"
    for scope in ({"component": "redis"}, {"fingerprint": fingerprint[:-1]}, {"path": "other/**"}):
        assert of(scan(REDIS, entry(scope=scope)), "redis-no-tls").status == "open"


def test_an_exception_without_findings_is_unused_and_no_finding() -> None:
    report = scan(REDIS, entry(scope={"path": "other/**"}))
    assert (listed(report).status, listed(report).findings) == ("unused", ())
    assert "exception-expired" not in {finding.check_id for finding in report.findings}


def test_of_two_exceptions_for_one_finding_the_first_holds() -> None:
    report = scan(REDIS, entry(), entry(id="EX-2", scope={"component": "redis/redis.conf"}))
    assert of(report, "redis-no-tls").exception == "EX-1"
    assert [row.status for row in report.exceptions] == ["active", "unused"]
    assert report.exceptions[1].note == "Earlier exceptions hold for all that it covers."


class TestExpired:
    LATE = date(2027, 11, 1)

    def test_the_finding_is_open_again_and_a_further_one_names_the_exception(self) -> None:
        report = scan(REDIS, entry(), today=self.LATE)
        assert (of(report, "redis-no-tls").status, of(report, "redis-no-tls").exception) == ("open", None)
        extra = of(report, "exception-expired")
        assert (extra.path, extra.line, extra.severity, extra.status) == (NAME, 2, "low", "open")
        assert extra.message == (
            "The exception EX-1 for redis-no-tls is not in force: it expired on 2027-10-31. "
            "What it covered is open again."
        )
        assert extra.control == "configuration-hygiene"
        assert extra.citations
        assert extra.fingerprint.startswith("exception-expired-")
        assert [line.text for line in extra.frame if line.marked] == ['- id: "EX-1"']
        assert (listed(report).status, listed(report).note, listed(report).findings) == (
            "expired",
            "It expired on 2027-10-31.",
            (),
        )

    def test_the_result_documents_it_like_a_check(self) -> None:
        report = scan(REDIS, entry(), today=self.LATE)
        (about,) = [check for check in report.checks if check.id == "exception-expired"]
        assert about.title == "An exception has expired"
        assert about.why
        assert about.fix
        assert about.references
        assert [r.status for r in report.results if r.check_id == about.id] == ["fail"]

    def test_it_passes_while_every_exception_is_in_force(self) -> None:
        report = scan(REDIS, entry())
        assert [(r.component, r.status) for r in report.results if r.check_id == "exception-expired"] == [
            (NAME, "pass")
        ]
        assert "exception-expired" not in {check.id for check in scan(REDIS).checks}

    def test_it_keeps_its_fingerprint_when_lines_move(self) -> None:
        other = entry(id="EX-0", scope={"path": "other/**"}, created="2027-10-01", expires="2028-01-01")
        first = of(scan(REDIS, entry(), today=self.LATE), "exception-expired")
        second = of(scan(REDIS, other, entry(), today=self.LATE), "exception-expired")
        assert first.line != second.line
        assert first.fingerprint == second.fingerprint

    @pytest.mark.parametrize(
        ("dates", "note"),
        [
            ({"created": "2026-12-01"}, "It was created on 2026-12-01, a day to come, which counts as expired."),
            ({"expires": "31.12.2026"}, "Its expiry is no date (YYYY-MM-DD), which counts as expired."),
            ({"created": "?"}, "The day it was created is no date (YYYY-MM-DD), which counts as expired."),
        ],
    )
    def test_dates_that_count_as_expired(self, dates: dict[str, str], note: str) -> None:
        report = scan(REDIS, entry(**dates))
        row = listed(report)
        assert of(report, "redis-no-tls").status == "open"
        assert (row.status, row.note) == ("expired", note)
        assert {row.created, row.expires} <= {None, "2026-11-01", "2027-10-31", "2026-12-01"}
        assert of(report, "exception-expired").line == 2

    def test_no_selection_of_checks_hides_it(self) -> None:
        options = Options(
            pack=lambda folders: load_packs(folders=folders),
            profile=hipaa(),
            select=["redis-no-tls"],
            exceptions=read(written(entry())),
            today=self.LATE,
        )
        report = audit(MemoryTree(REDIS), options).report
        assert of(report, "exception-expired").status == "open"
        assert "exception-expired" not in report.scan.deselected

    def test_the_day_is_that_of_the_scan(self, monkeypatch: pytest.MonkeyPatch) -> None:
        options = Options(pack=load_packs(folders=["redis"]), profile=hipaa(), exceptions=read(written(entry())))
        for epoch, status in (("1795737600", "active"), ("1830000000", "expired")):  # 2026-11-27 and 2027-12-28
            monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
            assert listed(audit(MemoryTree(REDIS), options).report).status == status


def test_critical_findings_stay_open_where_owner_and_approver_are_one_person() -> None:
    # The check is high, so that the file is valid; one of its findings is more severe than that.
    high = of(scan(REDIS), "redis-no-tls")
    critical = msgspec.structs.replace(high, severity="critical", fingerprint="other")
    alone = read(written(entry(approver="Sam Example")))

    def applied(*findings: Finding) -> Report:
        report = msgspec.structs.replace(scan(REDIS), findings=findings)
        return apply(report, alone, (), today=TODAY, honour=True, known={}, clean=str)

    both = applied(critical, high)
    assert [finding.status for finding in both.findings] == ["open", "waived"]
    note = "Critical findings stay open: the owner and the approver are one person."
    assert (listed(both).status, listed(both).note, listed(both).findings) == ("active", note, (high.fingerprint,))
    one = applied(critical)
    assert one.findings[0].status == "open"
    assert (listed(one).status, listed(one).note) == ("incomplete", note)


class TestComments:
    COMMENT = "# auditor:ignore redis-no-tls the port is closed by the firewall\n"

    def test_a_comment_sets_its_line_aside_and_is_listed_as_incomplete(self) -> None:
        report = scan({"redis/redis.conf": self.COMMENT + REDIS["redis/redis.conf"]})
        finding = of(report, "redis-no-tls")
        row = listed(report)
        assert (finding.line, finding.status, finding.exception) == (2, "waived", row.id)
        assert (row.type, row.status, row.check_id) == ("inline", "incomplete", "redis-no-tls")
        assert (row.id, row.path, row.line) == ("inline:redis/redis.conf:1", "redis/redis.conf", 1)
        assert row.justification == "the port is closed by the firewall"
        assert row.note == "A comment in the file: nobody owns or approved it, and it has no end."
        assert (row.owner, row.expires, row.findings) == ("", None, (finding.fingerprint,))
        assert of(report, "redis-no-authentication").status == "open"

    @pytest.mark.parametrize(
        ("comment", "check_id", "note"),
        [
            ("# auditor:ignore redis-no-tls\n", "redis-no-tls", "Not honoured: it gives no reason."),
            (
                "# auditor:ignore redis-no-tsl closed\n",
                "redis-no-tsl",
                "Not honoured: no check of this id took part in the scan.",
            ),
            ("# auditor:ignore\n", "", "Not honoured: it names no check."),
        ],
    )
    def test_without_a_reason_or_a_check_it_is_listed_only(self, comment: str, check_id: str, note: str) -> None:
        report = scan({"redis/redis.conf": comment + REDIS["redis/redis.conf"]})
        row = listed(report)
        assert of(report, "redis-no-tls").status == "open"
        assert (row.status, row.check_id, row.note, row.findings) == ("incomplete", check_id, note, ())

    def test_no_comment_hides_that_an_exception_has_expired(self) -> None:
        files = {"redis/redis.conf": "# auditor:ignore exception-expired it is fine\n" + REDIS["redis/redis.conf"]}
        report = scan(files, entry(), today=date(2027, 11, 1))
        assert report.exceptions[1].note == "Not honoured: no check of this id took part in the scan."
        assert of(report, "exception-expired").status == "open"

    def test_elsewhere_it_is_unused(self) -> None:
        report = scan({"redis/redis.conf": REDIS["redis/redis.conf"] + "\n" + self.COMMENT})
        assert of(report, "redis-no-tls").status == "open"
        assert listed(report).status == "unused"
        assert listed(report).note.endswith("The check finds nothing there.")

    def test_the_file_goes_before_the_comment(self) -> None:
        report = scan({"redis/redis.conf": self.COMMENT + REDIS["redis/redis.conf"]}, entry())
        assert of(report, "redis-no-tls").exception == "EX-1"
        assert [row.status for row in report.exceptions] == ["active", "incomplete"]
        assert report.exceptions[1].findings == ()

    def test_no_secret_of_the_reason_is_shown(self) -> None:
        config = f"# auditor:ignore redis-no-tls as agreed {SECRET} redis://app:{SECRET}@queue\nrequirepass {SECRET}\n"
        report = scan({"redis/redis.conf": config + REDIS["redis/redis.conf"]})
        (row,) = [row for row in report.exceptions if row.type == "inline"]
        assert SECRET not in str(report)
        assert row.justification == f"as agreed {MASK} redis://app:{MASK}@queue"

    def test_a_long_reason_is_cut_after_it_is_redacted(self) -> None:
        comment = f"# auditor:ignore redis-no-tls {'x' * 290}{SECRET} more\nrequirepass {SECRET}\n"
        report = scan({"redis/redis.conf": comment + REDIS["redis/redis.conf"]})
        (row,) = [row for row in report.exceptions if row.type == "inline"]
        assert SECRET[:4] not in row.justification
        assert len(row.justification) == 300


def test_no_secret_of_the_scan_is_shown_from_an_entry() -> None:
    files = {"redis/redis.conf": f"bind 0.0.0.0\nrequirepass {SECRET}\n"}
    fields = ("justification", "ticket", "measure", "alternative_considered", "owner", "approver")
    texts = dict.fromkeys(fields, f"Sam Example, {SECRET}")
    for today in (TODAY, date(2028, 1, 1)):
        report = scan(files, entry(**texts, scope={"component": SECRET}), today=today)
        assert SECRET not in str(report)


def test_without_honour_everything_is_open_and_listed() -> None:
    files = {"redis/redis.conf": "# auditor:ignore redis-no-authentication lab\n" + REDIS["redis/redis.conf"]}
    report = scan(files, entry(), honour=False)
    assert {finding.status for finding in report.findings} == {"open"}
    assert [(row.id, row.status, row.findings) for row in report.exceptions] == [
        ("EX-1", "active", ()),
        ("inline:redis/redis.conf:1", "incomplete", ()),
    ]
    assert {row.note for row in report.exceptions} == {"Without effect: the scan was told to show everything."}
