"""The audit daemon and the kernel's audit rules, as the files of a host have them."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.model.fact import Fact
from auditor.model.numbers import whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.auditd import recognise

from .document import AuditConf, RulesFile, read_rules, read_settings
from .service import DEFAULTS, Auditd, AuditRules, effective

_WHOLE = lazy(r"audit\.rules(?:\.\w+)*")
"""The one file that is loaded without rules.d."""
_MANUAL = "auditd.conf(5), audit 3.0.9"


class AuditdTechnology:
    """The technology `auditd`."""

    id = "auditd"
    title = "Linux audit"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognise(name, path, head)

    def parse(self, source: Source) -> AuditConf | RulesFile:
        """Read a file; never raises."""
        name = source.file_name.lower()
        if ".rules" in name:
            return read_rules(source)
        kind = "au-remote" if name.startswith("au-remote") else "audisp-remote" if "-remote" in name else "auditd"
        return read_settings(source, kind)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield the daemon of each auditd.conf, and the rules of each host."""
        del files
        yield from _daemons([document for document in documents if isinstance(document, AuditConf)])
        yield from _rules([document for document in documents if isinstance(document, RulesFile)])


def _daemons(documents: Sequence[AuditConf]) -> Iterator[Auditd]:
    hosts: dict[str, list[AuditConf]] = defaultdict(list)
    for document in documents:
        hosts[re.sub(r"(?:^|/)plugins\.d$", "", posixpath.dirname(document.source.path))].append(document)
    for found in hosts.values():
        settings = Settings(Setting(name, value, Origin.DEFAULT, source=_MANUAL) for name, value in DEFAULTS.items())
        plugin: bool | Unknown | None = None
        for document in found:
            for one in document.settings:
                if document.kind == "au-remote":
                    if one.name == "active":
                        plugin = one.value if isinstance(one.value, Unknown) else one.value == "yes"
                else:
                    prefix = "" if document.kind == "auditd" else "remote/"
                    settings.set(Setting(prefix + one.name, one.value, Origin.FILE, one.at))
        mains = [document for document in found if document.kind == "auditd"]
        first = (mains or list(found))[0].source
        port = settings.get("tcp_listen_port")
        number = whole_number(port.value) if port and isinstance(port.value, str) else None
        ports = [number] if number is not None else []
        yield Auditd(
            component=first.path,
            technology="auditd",
            at=first.at(),
            settings=settings,
            exposure=exposure_of([""] if port else [], ports, None, port.at if port else None),
            consumed=frozenset(document.source.key for document in found),
            incomplete="" if mains else "auditd.conf is not in the scanned files",
            remote_plugin=plugin,
        )


def _rules(documents: Sequence[RulesFile]) -> Iterator[AuditRules]:
    """Yield the rules of each host: those of rules.d where there are any, else those of audit.rules."""
    folders: dict[str, list[RulesFile]] = defaultdict(list)
    for document in documents:
        folder = posixpath.dirname(document.source.path)
        is_part = posixpath.basename(folder) == "rules.d" and not document.source.is_embedded
        folders[folder if is_part else document.source.key].append(document)
    for key, found in folders.items():
        generated = posixpath.basename(key) == "rules.d"
        beside = posixpath.join(posixpath.dirname(key), "rules.d")
        if not generated and posixpath.basename(key) == "audit.rules" and beside in folders:
            continue
        found.sort(key=lambda document: _version_key(document.source.file_name))
        first = found[0].source
        gap = next((document.gap for document in found if document.gap), "")
        if not generated and _WHOLE.fullmatch(first.file_name) is None:
            gap = gap or "other files may hold further rules"
        yield AuditRules(
            component=key,
            technology="auditd",
            at=first.at(),
            consumed=frozenset(document.source.key for document in found),
            rules=effective([rule for document in found for rule in document.rules], generated=generated),
            gap=gap,
        )


def _version_key(name: str) -> list[tuple[int, str]]:
    """Order names as `ls -v` does: numbers in them by their value."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name) if part]


AUDITD = AuditdTechnology()
