"""PAM: the services of each host, and the rules for passwords."""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.technologies.common.pam.flatten import Flattener
from auditor.technologies.common.pam.lines import PamLines
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.pam import is_drop_in, recognise

from .document import PamFile, SettingsFile, read_pam, read_settings
from .rules import folder_of, rules_of
from .service import PamService

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


def _service(document: PamFile, services: dict[str, PamFile], nested: int = 0) -> PamService:
    path = document.source.path
    beside = {
        _plain(other): file for other, file in services.items() if posixpath.dirname(other) == posixpath.dirname(path)
    }

    def find(name: str) -> PamLines | None:
        found = beside.get(posixpath.basename(name))
        return PamLines(found.lines, found.gap) if found is not None else None

    flattener = Flattener(find)
    own = PamLines(document.lines, document.gap)
    stacks = {kind: tuple(flattener.stack(own, kind)) for kind in _KINDS}
    included = dict.fromkeys(posixpath.basename(name) for name in flattener.included) if nested < 2 else {}
    return PamService(
        component=path,
        technology="pam",
        at=document.source.at(),
        consumed=frozenset({document.source.key}),
        name=_plain(path),
        own=document.lines,
        stacks=stacks,
        fragments=tuple(_service(beside[name], services, nested + 1) for name in included),
        gap=flattener.gap,
        missing=flattener.missing,
    )


PAM = PamTechnology()
