"""A file of Ansible's: what kind it is, its values, its tasks, and the files that its tasks write."""

import re
from collections.abc import Iterator
from dataclasses import field, replace

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.sections import read_sections
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values
from auditor.technologies.document import Assignment, Document

from .inventory import read_inventory
from .tasks import Task, tasks_in
from .values import Value, value_of

_CONTAINER = "settings"
_NO_SECRETS = frozenset({"update_password", "password_update", "generate_password"})
"""Arguments that say what to do about a password: `update_password: on_create` of the module `user`."""
_LOCKED = frozenset({"*", "!", "!!"})
"""No password fits these (crypt(5), shadow(5))."""
_LOGINS = frozenset(
    "ansible_password ansible_ssh_pass ansible_become_pass ansible_become_password ansible_sudo_pass "
    "ansible_su_pass ansible_winrm_password vault_password".split()
)
_HASH = lazy(r"[ \t]#.*$")
_CONFIGURATION = lazy(r"(?:.*/)?ansible\.cfg(?:\.\w+)?", re.IGNORECASE)
_FOLDERS_THAT_TELL = ("sshd_config.d",)
_HOST_TREES = lazy(r"hosts|children|vars")


@dataclass(frozen=True, kw_only=True)
class AnsibleFile(Document):
    """A file of Ansible's. `values` are its named values with who gets them, those of ansible.cfg by `section.key`."""

    values: tuple[tuple[str, Value], ...] = ()
    tasks: tuple[Task, ...] = ()
    nodes: tuple[Node, ...] = field(default=(), repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield every named value: variables, arguments of modules, settings."""
        return (found for found in self._named() if found.key not in _NO_SECRETS and found.value not in _LOCKED)

    def _named(self) -> Iterator[Assignment]:
        if not self.nodes:
            yield from (_assignment(value) for _, value in self.values)
        for node in self.nodes:
            for found in named_values(node, _CONTAINER):
                yield replace(found, server_secret=found.key in _LOGINS)
        for task in self.tasks:
            if task.free is not None:
                yield from (_assignment(value) for value in task.arguments.values())

    def embedded(self) -> Iterator[Source]:
        """Yield the files whose whole text a task writes (`copy` with `content`)."""
        for task in self.tasks:
            content, dest = task.nodes.get("content"), task.arguments.get("dest")
            if task.module != "copy" or not isinstance(content, Scalar) or dest is None:
                continue
            folder, _, name = dest.written.rpartition("/")
            if not name or "{" in name or "}" in name or content.text.strip().startswith("{{"):
                continue
            inner = folder.rpartition("/")[2]
            yield yaml.embedded(content, f"{inner}/{name}" if inner in _FOLDERS_THAT_TELL else name)


def _assignment(value: Value) -> Assignment:
    name = value.name.rpartition(".")[2]
    return Assignment(key=name, value=value.text, at=value.at, container=_CONTAINER, server_secret=name in _LOGINS)


def parse(source: Source) -> AnsibleFile:
    """Read a file.

    Raises:
        FormatError: a file of variables or tasks is not YAML.
    """
    text = source.text.lstrip("\ufeff")
    if text.startswith("$ANSIBLE_VAULT"):
        return AnsibleFile(source=source)
    if _CONFIGURATION.fullmatch(source.file_name):
        return AnsibleFile(source=source, values=tuple(_settings(source)))
    if re.search(r"^\[[\w.:-]+\]", text, re.M) and not source.path.lower().endswith((".yml", ".yaml")):
        return AnsibleFile(source=source, values=tuple(read_inventory(source)))
    nodes = _nodes(source)
    return AnsibleFile(
        source=source,
        nodes=nodes,
        values=tuple(pair for node in nodes for pair in _variables(node)),
        tasks=tuple(task for node in nodes for task in tasks_in(node)),
    )


def _settings(source: Source) -> Iterator[tuple[str, Value]]:
    """Yield the settings of ansible.cfg, of sections as they are written.

    What stands behind ` #` is a part of the value: only ` ;` begins a comment there (tried with ansible-core 2.19).
    """
    found: dict[str, Value] = {}
    lines = source.text.split("\n")
    for entry in read_sections(source):
        name = ".".join((*entry.path, entry.key.lower()))
        rest = lines[entry.at.line - source.line][entry.at.column - 1 :] if source.exact else ""
        behind = _HASH.search(rest.partition(" ;")[0])
        written = entry.value if behind is None else f"{entry.value}{behind[0]}"
        text: str | Unknown = Unknown("a template expression") if is_templated(written) else written
        found[name] = Value(name=name, text=text, written=written, at=entry.at)
    yield from (("", value) for value in found.values())


def _nodes(source: Source) -> tuple[Node, ...]:
    try:
        # Jinja stands within YAML's values here, not around them.
        return tuple(yaml.parse(source, templated=False))
    except FormatError:
        if not is_templated(source.text):
            raise
        return tuple(yaml.parse(source))


def _variables(root: Node) -> Iterator[tuple[str, Value]]:
    """Yield variables of a file of them, of an inventory's groups and hosts, or of plays."""
    if isinstance(root, Sequence):
        for play in root.mappings():
            if "hosts" in play:
                yield from _scalars(play.mapping("vars"), f"hosts {play.text('hosts') or ''}".strip())
    elif isinstance(root, Mapping):
        if _is_inventory(root):
            for key, group in root:
                if isinstance(group, Mapping):
                    yield from _group(key.text, group, 10)
        else:
            yield from _scalars(root, "")


def _is_inventory(root: Mapping) -> bool:
    groups = [value for _, value in root if isinstance(value, Mapping)]
    return bool(groups) and all(_HOST_TREES.fullmatch(key.text) for group in groups for key, _ in group)


def _group(name: str, group: Mapping, depth: int) -> Iterator[tuple[str, Value]]:
    yield from _scalars(group.mapping("vars"), f"[{name}]")
    for key, host in group.mapping("hosts") or ():
        yield from _scalars(host, key.text)
    for key, child in group.mapping("children") or ():
        if isinstance(child, Mapping) and depth:
            yield from _group(key.text, child, depth - 1)


def _scalars(node: Node | None, scope: str) -> Iterator[tuple[str, Value]]:
    for key, value in node if isinstance(node, Mapping) else ():
        if isinstance(value, Scalar) and not value.is_null:
            yield scope, value_of(key.text, value)
