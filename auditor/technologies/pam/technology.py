"""PAM: the services of each host, and the rules for passwords."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.pam import is_drop_in, recognise

from .document import Line, PamFile, SettingsFile, read_pam, read_settings
from .rules import folder_of, rules_of
from .service import PamService
from .stack import Step

_DEEPEST = 16
_KINDS = ("auth", "account", "password", "session")


class PamTechnology:
    """The technology `pam`."""

    id = "pam"
    title = "PAM"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognise(name, path, head)

    def parse(self, source: Source) -> PamFile | SettingsFile:
        """Read a file; never raises."""
        name = source.file_name.lower()
        kind = next((kind for kind in ("pwquality", "faillock", "login.defs") if name.startswith(kind)), None)
        if is_drop_in(source.path):
            kind = "pwquality"
        return read_pam(source) if kind is None or "pam.d/" in source.path else read_settings(source, kind)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield the services and the rules for passwords."""
        del files
        services = {document.source.path: document for document in documents if isinstance(document, PamFile)}
        rules = list(rules_of([document for document in documents if isinstance(document, SettingsFile)]))
        lockouts = {folder_of(rule): rule for rule in rules if rule.kind == "faillock"}
        qualities = {folder_of(rule) for rule in rules if rule.kind == "pwquality"}
        read: set[str] = set()
        for path, own in services.items():
            beside = posixpath.join(posixpath.dirname(posixpath.dirname(path)), "security")
            service = replace(
                _service(own, services), has_quality_file=beside in qualities, lockout_file=lockouts.get(beside)
            )
            if any(step.line.module == "pam_faillock" for step in service.stacks["auth"]):
                read.add(beside)
            yield service
        for rule in rules:
            yield replace(rule, is_read_by_services=rule.kind == "faillock" and folder_of(rule) in read)


def _plain(path: str) -> str:
    """Return a service's name without the endings of templates."""
    name = posixpath.basename(path)
    return name.removesuffix(".j2").removesuffix(".erb").removesuffix(".tmpl").removesuffix(".template")


class _Flattener:
    """Puts included lines in their places."""

    def __init__(self, folder: str, services: dict[str, PamFile]) -> None:
        self._beside = {
            _plain(path): document for path, document in services.items() if posixpath.dirname(path) == folder
        }
        self.gap = ""
        self.included: list[PamFile] = []

    def stack(self, document: PamFile, kind: str, depth: int = 0, nested: int = 0) -> list[Step]:
        """Return the lines of one kind."""
        self.gap = self.gap or document.gap
        found: list[Step] = []
        for line in document.lines:
            if line.control in {"include", "substack"} and line.kind in {"", kind}:
                found += self._included(line, kind, depth, nested)
            elif line.kind == kind:
                found.append(Step(line, depth))
        return found

    def _included(self, line: Line, kind: str, depth: int, nested: int) -> list[Step]:
        inner = self._beside.get(posixpath.basename(line.module))
        if inner is None or nested >= _DEEPEST:
            self.gap = self.gap or f"{posixpath.basename(line.module)} is not in the scanned files"
            return []
        self.included.append(inner)
        return self.stack(inner, kind, depth + (line.control == "substack"), nested + 1)


def _service(document: PamFile, services: dict[str, PamFile], nested: int = 0) -> PamService:
    path = document.source.path
    flattener = _Flattener(posixpath.dirname(path), services)
    stacks = {kind: tuple(flattener.stack(document, kind)) for kind in _KINDS}
    fragments = {inner.source.path: inner for inner in flattener.included if nested < 2}
    return PamService(
        component=path,
        technology="pam",
        at=document.source.at(),
        consumed=frozenset({document.source.key}),
        name=_plain(path),
        own=document.lines,
        stacks=stacks,
        fragments=tuple(_service(inner, services, nested + 1) for inner in fragments.values()),
        gap=flattener.gap,
    )


PAM = PamTechnology()
