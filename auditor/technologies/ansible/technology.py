"""Ansible as a kind of file, and the facts of its files.

Defaults: Ansible documentation 2.17, "Ansible Configuration Settings" (host_key_checking) and the modules' pages.
"""

import posixpath
from collections.abc import Iterator, Sequence

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.ansible import recognise

from .document import AnsibleFile, parse
from .facts import AnsibleTasks, AnsibleValues

_VAULT_FILE = "defaults.vault_password_file"


class Ansible:
    """The technology `ansible`."""

    id = "ansible"
    title = "Ansible"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> AnsibleFile:
        """Read the file.

        Raises:
            FormatError: a file of variables or tasks is not YAML.
        """
        return parse(source)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield the facts of every file."""
        for document in documents:
            if isinstance(document, AnsibleFile):
                yield from _facts(document, files)


def _facts(document: AnsibleFile, files: RepositoryFiles) -> Iterator[Fact]:
    component, at = document.source.key, document.source.at()
    if document.values:
        named = next((value for _, value in reversed(document.values) if value.name == _VAULT_FILE), None)
        folder = posixpath.dirname(document.source.path)
        holds = named.at if named is not None and _holds_password(named.text, folder, files) else None
        yield AnsibleValues(
            component=component, technology="ansible", at=at, values=document.values, vault_password=holds
        )
    if document.tasks:
        yield AnsibleTasks(component=component, technology="ansible", at=at, tasks=document.tasks)


def _holds_password(path: str | Unknown, folder: str, files: RepositoryFiles) -> bool:
    """Tell whether the file is there and is the password; one that can be run prints it."""
    if not isinstance(path, str) or path.startswith(("/", "~")):
        return False
    source = files.source(posixpath.normpath(posixpath.join(folder, path)))
    return source is not None and bool(source.text.strip()) and not source.text.startswith("#!")


ANSIBLE = Ansible()
