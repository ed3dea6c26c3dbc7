"""Mark what exceptions cover, and list them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from auditor.model.evidence import ExceptionStatus, ReportedException
from auditor.model.report import Finding, Report

from .comments import Comment
from .record import RecordedException, read_date

if TYPE_CHECKING:
    from .reading import ExceptionsFile

_MAX_REASON = 300
_MAX_ID = 80
_NO_EFFECT = "Without effect: the scan was told to show everything."
_SELF_APPROVED = "Critical findings stay open: the owner and the approver are one person."
_INLINE = "A comment in the file: nobody owns or approved it, and it has no end."
_NO_FINDING = " The check finds nothing there."
_NOT_RUN = " The check looked at nothing in this scan."


def apply(
    report: Report,
    exceptions: "ExceptionsFile | None",
    comments: Sequence[Comment],
    *,
    today: date,
    honour: bool,
    known: Mapping[str, str],
    clean: Callable[[str], str],
) -> Report:
    """Return the report with its exceptions, and with what they cover set aside.

    `known` gives the id of a check by each id it has or had. Without `honour` all are listed and none has an
    effect. `clean` redacts. Of several exceptions for one finding the first holds, comments last.
    """
    book = _Book(report.findings, honour=honour, clean=clean)
    rows = [book.enter(record, today) for record in exceptions.records] if exceptions else []
    ran = {check.id for check in report.checks}
    rows += [book.note(comment, known, ran) for comment in comments]
    return msgspec.structs.replace(
        report,
        findings=tuple(book.findings()),
        exceptions=tuple(rows),
        integrity=msgspec.structs.replace(report.integrity, exceptions=exceptions.sha256 if exceptions else None),
    )


class _Book:
    """The findings, and which exception holds for which (by index)."""

    def __init__(self, findings: Sequence[Finding], *, honour: bool, clean: Callable[[str], str]) -> None:
        self._findings = findings
        self._honour = honour
        self._clean = clean
        self._held: dict[int, str] = {}
        self._of_check: dict[str, list[int]] = {}
        for index, finding in enumerate(findings):
            self._of_check.setdefault(finding.check_id, []).append(index)

    def findings(self) -> Iterable[Finding]:
        for index, finding in enumerate(self._findings):
            held = self._held.get(index)
            yield msgspec.structs.replace(finding, status="waived", exception=held) if held else finding

    def enter(self, record: RecordedException, today: date) -> ReportedException:
        """List an exception of the file, and hold what it covers if it is in force."""
        covered = self._covered(record.check.id, record.scope.covers)
        status, note, held = self._decide(record, covered, record.ended(today))
        clean = self._clean
        return ReportedException(
            id=record.id,
            check_id=record.check.id,
            type=record.type,
            status=status,
            path=record.at.path,
            line=record.at.line,
            scope=clean(str(record.scope)),
            justification=clean(record.justification),
            measure=clean(record.measure),
            alternative_considered=clean(record.alternative_considered),
            owner=clean(record.owner),
            approver=clean(record.approver),
            ticket=clean(record.ticket),
            created=_iso(record.created),
            expires=_iso(record.expires),
            review=_iso(record.review),
            note=note,
            findings=self._fingerprints(held),
        )

    def note(self, comment: Comment, known: Mapping[str, str], ran: Collection[str]) -> ReportedException:
        """List a comment, and hold what it covers if it names a check and gives a reason."""
        check_id = known.get(comment.check_id)
        status: ExceptionStatus = "incomplete"
        held: Sequence[int] = ()
        if not comment.check_id:
            note = "Not honoured: it names no check."
        elif check_id is None:
            note = "Not honoured: no check of this id took part in the scan."
        elif not comment.reason:
            note = "Not honoured: it gives no reason."
        else:
            note = _INLINE
            covered = self._covered(check_id, comment.covers)
            held = self._hold(comment.id, covered)
            if not covered:
                status = "unused"
                note += _NO_FINDING if check_id in ran else _NOT_RUN
            elif not self._honour:
                note = _NO_EFFECT
        reason = self._clean(comment.reason)
        return ReportedException(
            id=comment.id,
            check_id=check_id or self._clean(comment.check_id)[:_MAX_ID],
            type="inline",
            status=status,
            path=comment.path,
            line=comment.line,
            scope=f"line {max(comment.lines)} of {comment.path}",
            justification=reason if len(reason) <= _MAX_REASON else reason[: _MAX_REASON - 1] + "…",
            note=note,
            findings=self._fingerprints(held),
        )

    def _decide(
        self, record: RecordedException, covered: Sequence[int], ended: str
    ) -> tuple[ExceptionStatus, str, Sequence[int]]:
        """Return an exception's status, what is to be said of it, and the findings it holds for."""
        if ended:
            return "expired", f"{ended[0].upper()}{ended[1:]}.", ()
        if not covered:
            return "unused", "", ()
        if not self._honour:
            return "active", _NO_EFFECT, ()
        # The check's own severity was looked at when the file was read; a finding can be more severe than that.
        allowed = [index for index in covered if not (record.approves_itself and self._is_critical(index))]
        if not allowed:
            return "incomplete", _SELF_APPROVED, ()
        held = self._hold(record.id, allowed)
        if not held:
            return "unused", "Earlier exceptions hold for all that it covers.", ()
        return "active", _SELF_APPROVED if len(allowed) < len(covered) else "", held

    def _covered(self, check_id: str, covers: Callable[[Finding], bool]) -> list[int]:
        return [index for index in self._of_check.get(check_id, ()) if covers(self._findings[index])]

    def _hold(self, exception: str, covered: Iterable[int]) -> list[int]:
        free = [index for index in covered if index not in self._held] if self._honour else []
        self._held.update(dict.fromkeys(free, exception))
        return free

    def _is_critical(self, index: int) -> bool:
        return self._findings[index].severity == "critical"

    def _fingerprints(self, held: Iterable[int]) -> tuple[str, ...]:
        return tuple(self._findings[index].fingerprint for index in held)


def _iso(text: str) -> str | None:
    """Return a date as it is written, None if it is none."""
    return text if read_date(text) is not None else None
