"""The files of settings beside pam.d, each with its drop-ins.

libpwquality 1.4.5 reads `pwquality.conf.d/*.conf` in the order of their names and then `pwquality.conf`; of each
setting the last value counts, whichever file has it (tried). faillock.conf and login.defs have no drop-ins in
Linux-PAM 1.5 and shadow 4.13.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.model.setting import Origin, Setting, Settings
from auditor.technologies.common.pam.lines import Assigned

from .document import SettingsFile
from .service import PasswordRules


def rules_of(documents: Sequence[SettingsFile]) -> Iterator[PasswordRules]:
    """Yield the rules of every main file with its drop-ins, and of drop-ins whose main file is not scanned."""
    groups: dict[str, list[SettingsFile]] = defaultdict(list)
    for document in documents:
        folder, name = posixpath.split(document.source.path)
        groups[
            folder.removesuffix(".d") if folder.endswith("pwquality.conf.d") else posixpath.join(folder, name)
        ].append(document)
    for path, files in groups.items():
        yield _rules(path, sorted(files, key=lambda file: (file.source.path == path, file.source.path)))


def folder_of(rules: PasswordRules) -> str:
    """Return the folder that the main file is in."""
    return posixpath.dirname(rules.component)


def _rules(path: str, files: Sequence[SettingsFile]) -> PasswordRules:
    found: dict[str, Assigned] = {}
    for file in files:
        found.update(file.settings)
    main = files[-1]
    return PasswordRules(
        component=path,
        technology="pam",
        at=main.source.at(),
        settings=Settings(Setting(name, one.value, Origin.FILE, one.at) for name, one in found.items()),
        consumed=frozenset(file.source.key for file in files),
        kind=main.kind,
        is_partial=main.source.path != path,
    )
