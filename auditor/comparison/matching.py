"""Which finding of one report is which of another."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import PurePosixPath

from auditor.model.report import Finding, Report

Key = tuple[object, ...] | str


class Matching:
    """The findings of two runs of one system, brought together one to one.

    In this order: the same fingerprint; a fingerprint that the check gave the finding under a former id; the same
    place in a file that was renamed. A line number alone matches nothing.
    """

    def __init__(self, former: Report, present: Report) -> None:
        self.former = former
        self.present = present
        self._former_of: dict[int, int] = {}
        """Places of matched findings: present to former."""
        self._left = dict(enumerate(former.findings))
        self._match(lambda finding: [finding.fingerprint], lambda finding: [finding.fingerprint])
        self._match(lambda finding: [finding.fingerprint], lambda finding: finding.former_fingerprints)
        if self.renamed:
            # Two findings of a check may share a place; where their words still differ, these tell them apart.
            self._match(self._place_and_message_renamed, lambda finding: [(*_place(finding), finding.message)])
            self._match(self._place_renamed, lambda finding: [_place(finding)])

    def former_of(self, number: int) -> Finding | None:
        """Return what the finding at place `number` of the present report was."""
        former = self._former_of.get(number)
        return None if former is None else self.former.findings[former]

    @property
    def gone(self) -> Iterator[Finding]:
        """The former findings that the present report does not have."""
        return iter(self._left.values())

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Former to present path of files whose path is gone and whose bytes stand at a path that is new.

        Of several with the same bytes, those with the same name belong together. A file of which no digest is
        kept, because it is one secret, is never taken for a renamed one.
        """
        before = {file.path: file.sha256 for file in self.former.coverage.files}
        after = {file.path: file.sha256 for file in self.present.coverage.files}
        arrived: defaultdict[str, list[str]] = defaultdict(list)
        for path, digest in sorted(after.items()):
            if path not in before and digest is not None:
                arrived[digest].append(path)
        left = [(path, digest) for path, digest in sorted(before.items()) if path not in after and digest in arrived]
        renamed: dict[str, str] = {}
        for choose in (_same_name, _first):
            for path, digest in left:
                target = choose(path, arrived[digest or ""]) if path not in renamed else None
                if target is not None:
                    renamed[path] = target
                    arrived[digest or ""].remove(target)
        return renamed

    @cached_property
    def present_ids(self) -> dict[str, str]:
        """The present id of a check by each id it had."""
        return {alias: check.id for check in self.present.checks for alias in check.aliases}

    def _match(
        self, former_keys: Callable[[Finding], Iterable[Key]], present_keys: Callable[[Finding], Iterable[Key]]
    ) -> None:
        by_key: defaultdict[Key, list[int]] = defaultdict(list)
        for number, finding in reversed(self._left.items()):
            for key in former_keys(finding):
                by_key[key].append(number)
        for number, finding in enumerate(self.present.findings):
            if number in self._former_of:
                continue
            for key in present_keys(finding):
                if by_key.get(key):
                    self._former_of[number] = former = by_key[key].pop()
                    del self._left[former]
                    break

    def _place_renamed(self, finding: Finding) -> Iterator[Key]:
        """Yield where a former finding is now if its file, or the file its component is named after, was renamed."""
        if finding.path in self.renamed or finding.component in self.renamed:
            path = self.renamed.get(finding.path, finding.path)
            yield _place(finding, self.present_ids.get(finding.check_id, finding.check_id), path)

    def _place_and_message_renamed(self, finding: Finding) -> Iterator[Key]:
        for place in self._place_renamed(finding):
            yield (*place, finding.message)


def _place(finding: Finding, check_id: str = "", path: str = "") -> tuple[object, ...]:
    return (
        check_id or finding.check_id,
        path or finding.path,
        finding.line,
        finding.column,
        finding.end_line,
        finding.end_column,
    )


def _same_name(path: str, candidates: list[str]) -> str | None:
    name = PurePosixPath(path).name
    return next((candidate for candidate in candidates if PurePosixPath(candidate).name == name), None)


def _first(_: str, candidates: list[str]) -> str | None:
    return next(iter(candidates), None)
