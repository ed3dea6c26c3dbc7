"""Tasks: the module that each runs, with its arguments and what the blocks and plays around it say.

Source: Ansible documentation 2.17, "Playbook Keywords" and "Introduction to modules": a module's arguments stand below
it, in `args`, or as `key=value` words behind its name; blocks hand keywords down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .values import Value, secret_in, truth, value_of

_KEYWORDS = frozenset(
    "action always any_errors_fatal args async become become_exe become_flags become_method become_user block "
    "changed_when check_mode collections connection debugger delay delegate_facts delegate_to diff environment "
    "failed_when ignore_errors ignore_unreachable listen local_action loop loop_control module_defaults name no_log "
    "notify poll port register remote_user rescue retries run_once tags throttle timeout until vars when".split()
)
_LISTS = ("pre_tasks", "roles", "tasks", "post_tasks", "handlers")
_WORD = lazy(r"(?P<name>[A-Za-z_]\w*)=(?P<value>'[^']*'|\"[^\"]*\"|(?:\{\{[^{}\n]*\}\}|\S)*)")
_ITEM = lazy(r"\{\{\s*item(?:\.(\w+))?\s*\}\}")
_LOGGED: Mapping[str, frozenset[str]] = {
    "command": frozenset({"cmd", "argv"}),
    "shell": frozenset({"cmd"}),
    "uri": frozenset({"body", "headers", "url"}),
    "get_url": frozenset({"headers", "url"}),
    "lineinfile": frozenset({"line"}),
    "blockinfile": frozenset({"block"}),
    "replace": frozenset({"replace"}),
    "cron": frozenset({"job"}),
    "ini_file": frozenset({"value"}),
}
"""Modules whose arguments can hold a secret without the module knowing (no `no_log` in its argument specification)."""
_MAX_DEPTH = 20


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task. `module` is its name without its collection; `free` what stands behind it as one text (a command).

    `hides_log` is `no_log` as the task, its blocks and its play leave it. `loops` tells whether items are printed.
    """

    name: str
    at: Location
    module: str
    arguments: Mapping[str, Value]
    nodes: Mapping[str, Node] = field(default_factory=dict[str, Node], repr=False)
    free: Scalar | None = None
    hides_log: bool | Unknown = False
    loops: bool = False
    items: Sequence | None = field(default=None, repr=False)

    def text(self, *names: str) -> str | Unknown | None:
        """Return the first argument that is given, of an argument's several names."""
        value = self.value(*names)
        return value.text if value is not None else None

    def value(self, *names: str) -> Value | None:
        return next((self.arguments[name] for name in names if name in self.arguments), None)

    def possible(self, name: str) -> Iterator[Value]:
        """Yield an argument's values: of `{{ item.line }}` what each item of a written list has."""
        value = self.arguments.get(name)
        if value is None:
            return
        match = _ITEM.fullmatch(value.written)
        if match is None:
            yield value
            return
        for item in self.items.mappings() if self.items is not None and match[1] else ():
            found = item.scalar(match[1])
            if found is not None:
                yield value_of(name, found)
        for found in self.items.scalars() if self.items is not None and not match[1] else ():
            yield value_of(name, found)

    def logged_secret(self) -> tuple[str, Location, str] | None:
        """Return a secret's variable that gets into a log, the place that puts it there, and which log."""
        if self.module == "debug":
            shown = self.value("msg", "var")
            written = shown.written if shown is not None else ""
            name = secret_in(written if shown is None or shown.name == "msg" else f"{{{{ {written} }}}}")
            return (name, self.where("msg", "var"), "to the output") if name is not None else None
        if self.module in _LOGGED:
            texts = [(self.free.text, self.free.at)] if self.free is not None else []
            texts += [
                (value.written, value.at) for value in self.arguments.values() if value.name in _LOGGED[self.module]
            ]
            for text, at in texts:
                name = secret_in(text)
                if name is not None:
                    return name, at, "to the syslog of the host, with its arguments"
        for value in self.arguments.values() if self.loops else ():
            name = secret_in(value.written)
            if name is not None and name.startswith(("item.", "item[")):
                return name, self.at, "to the output, with each item of its loop"
        return None

    def is_on(self, name: str) -> bool | Unknown | None:
        return truth(self.arguments.get(name))

    def where(self, *names: str) -> Location:
        """Return the place of an argument, else of the task."""
        value = self.value(*names)
        return value.at if value is not None else self.at


@dataclass(frozen=True)
class _Around:
    hides_log: bool | Unknown = False
    defaults: Mapping[str, Tree] = field(default_factory=dict[str, Tree])


def tasks_in(root: Node) -> Iterator[Task]:
    """Yield the tasks of a playbook or of a list of tasks, in order."""
    for item in root.mappings() if isinstance(root, Sequence) else ():
        if any(name in item for name in ("hosts", "import_playbook", "ansible.builtin.import_playbook")):
            around = _inner(item, _Around())
            for name in _LISTS:
                yield from _tasks(item.get(name), around, _MAX_DEPTH) if name != "roles" else ()
        else:
            yield from _task_or_block(item, _Around(), _MAX_DEPTH)


def _tasks(node: Node | None, around: _Around, depth: int) -> Iterator[Task]:
    for item in node.mappings() if isinstance(node, Sequence) else ():
        yield from _task_or_block(item, around, depth)


def _task_or_block(item: Tree, around: _Around, depth: int) -> Iterator[Task]:
    inner = _inner(item, around)
    if "block" in item and depth:
        for name in ("block", "rescue", "always"):
            yield from _tasks(item.get(name), inner, depth - 1)
        return
    task = _task(item, inner)
    if task is not None:
        yield task


def _inner(item: Tree, around: _Around) -> _Around:
    """Return what a play, block or task hands down."""
    no_log = item.scalar("no_log")
    hides = truth(value_of("no_log", no_log)) if no_log is not None else None
    defaults = {
        key.text.rpartition(".")[2]: value
        for key, value in item.mapping("module_defaults") or ()
        if isinstance(value, Tree)
    }
    return replace(
        around,
        hides_log=around.hides_log if hides is None else hides,
        defaults={**around.defaults, **defaults},
    )


def _task(item: Tree, around: _Around) -> Task | None:
    module, given = _module(item)
    if not module:
        return None
    short = module.rpartition(".")[2]
    arguments: dict[str, Value] = {}
    nodes: dict[str, Node] = {}
    free: Scalar | None = None
    for part in (around.defaults.get(short), item.get("args"), given):
        if isinstance(part, Tree):
            for key, value in part:
                nodes[key.text] = value
                if isinstance(value, Scalar) and not (value.is_null and value.plain):
                    arguments[key.text] = value_of(key.text, value)
        elif isinstance(part, Scalar) and not part.is_null:
            free = part
            arguments.update({value.name: value for value in _words(part)})
    loops = any(_is_loop(key.text) for key, _ in item) and item.get("loop_control", "label") is None
    return Task(
        name=(item.text("name") or module).strip().rstrip("."),
        at=item.at,
        module=short,
        arguments=arguments,
        nodes=nodes,
        free=free,
        hides_log=around.hides_log,
        loops=loops,
        items=next((value for key, value in item if isinstance(value, Sequence) and _is_loop(key.text)), None),
    )


def _is_loop(keyword: str) -> bool:
    return keyword == "loop" or keyword.startswith("with_")


def _module(item: Tree) -> tuple[str, Node | None]:
    """Return the module of a task with what stands below or behind it, ("", None) if it is no task."""
    for name in ("action", "local_action"):
        action = item.get(name)
        if isinstance(action, Scalar):
            module, _, rest = action.text.partition(" ")
            return module, Scalar(rest, action.at, plain=False)
        if isinstance(action, Tree):
            return action.text("module") or "", action
    for key, value in item:
        if key.text not in _KEYWORDS and not key.text.startswith("with_"):
            return key.text, value
    return "", None


def _words(scalar: Scalar) -> Iterator[Value]:
    """Yield `key=value` words; they all stand at the place of the whole text, unless it is one line without quotes."""
    for match in _WORD.finditer(scalar.text):
        text = match["value"]
        is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
        inner = text[1:-1] if is_quoted else text
        at = scalar.at
        if scalar.plain and at.line == at.end_line and inner:
            start = at.column + match.start("value") + is_quoted
            at = Location(at.path, at.line, start, at.line, start + len(inner) - 1)
        known: str | Unknown = Unknown("a Jinja expression") if is_templated(inner) else inner
        yield Value(name=match["name"], text=known, written=inner, at=at, plain=False)
