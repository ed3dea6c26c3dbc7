"""The variables of a project and of its services.

Sources: Compose Specification, "environment", "env_file" and "Interpolation"; Docker manual, "Environment variables
precedence in Docker Compose": `environment` over `env_file`, a later file over an earlier one; for interpolation the
shell over `.env`. The shell is not known, so a variable that no file sets is not known.
"""

from collections.abc import Iterable
from dataclasses import field, replace

from auditor.formats.tree import Mapping, Node, Scalar
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Variable
from auditor.records import dataclass
from auditor.technologies.document import RepositoryFiles
from auditor.technologies.dotenv import Entry, evaluate, parse

from .text import Text, items
from .volumes import Storage


@dataclass
class Environment:
    """What Compose knows when it replaces variables: the project's env files. `used` collects the names asked for."""

    values: dict[str, str] = field(repr=False)
    paths: tuple[str, ...] = ()
    used: set[str] = field(default_factory=set[str])

    @classmethod
    def load(cls, files: RepositoryFiles, paths: Iterable[str], outer: "Environment | None" = None) -> "Environment":
        """Read the env files at `paths` (later ones win); what `outer` sets goes before them."""
        values: dict[str, str] = {}
        found: list[str] = []
        outer_values = outer.values if outer is not None else {}
        for path in paths:
            source = files.source(path)
            if source is None:
                continue
            found.append(path)
            for name, variable in evaluate(parse(source).entries, outer_values.get).items():
                if not (isinstance(variable.value, Unknown) and variable.reference == f"variable {name}"):
                    values[name] = HOLE if isinstance(variable.value, Unknown) else variable.value
        return cls({**values, **outer_values}, tuple(found))

    def lookup(self, name: str) -> str | None:
        """Return the value of a variable, None if no file sets it."""
        self.used.add(name)
        return self.values.get(name)

    def is_used_up(self, names: Iterable[str]) -> bool:
        """Tell whether all of `names` are asked for by compose files, so that the file serves nothing else."""
        return all(name in self.used or name.startswith(("COMPOSE_", "DOCKER_")) for name in names)

    def variables(self, tree: Mapping | None) -> dict[str, Variable]:
        """Return `environment` or `args` in map form as variables; a name alone is passed on from outside."""
        found: dict[str, Variable] = {}
        for key, node in tree or ():
            if isinstance(node, Scalar):
                found[key.text] = self._variable(key.text, node)
        return found

    def _variable(self, name: str, node: Scalar) -> Variable:
        if node.is_null:
            value = self.lookup(name)
            passed = Unknown(f"{name} is passed on from the shell") if value is None or HOLE in value else value
            return Variable(name=name, value=passed, at=node.at, reference=f"variable {name}")
        reference = None
        if isinstance(node, Text) and node.result.names:
            first = node.result.names[0]
            if node.result.missing or first in self.values:
                reference = f"variable {first}"
        return Variable(name=name, value=node.value, at=node.at, reference=reference)

    def of_service(self, service: Mapping, storage: Storage) -> tuple[dict[str, Variable], str | None, list[str]]:
        """Return a service's variables, what else feeds them that is not known, and the env files it loads."""
        found: dict[str, Variable] = {}
        open_: str | None = None
        loaded: list[str] = []
        for item in items(service.get("env_file")):
            path = _path(item)
            if path is None:
                continue
            place = storage.in_repository(path.text, path.at) if HOLE not in path.text else None
            source = storage.files.source(place) if place is not None else None
            if source is None:
                shown = "an env file" if HOLE in path.text else f"the env file {path.text}"
                open_ = open_ or f"{shown} is not in the scanned files"
                continue
            document = parse(source)
            if document.problems:
                open_ = open_ or f"{path.text} has lines that could not be read"
            loaded.append(source.key)
            raw = isinstance(item, Mapping) and item.text("format") == "raw"
            entries = tuple(_as_written(entry) for entry in document.entries) if raw else document.entries
            found.update(evaluate(entries, self.values.get))
        environment = service.mapping("environment")
        if environment is not None and environment.open:
            open_ = open_ or "template expressions add to the environment"
        found.update(self.variables(environment))
        return found, open_, loaded


def _as_written(entry: Entry) -> Entry:
    """Return the entry as `format: raw` takes it: quotes belong to the value and `$` is a dollar sign."""
    if entry.text is None:
        return entry
    return replace(entry, text=f"{entry.quote}{entry.text}{entry.quote}", quote="'")


def _path(item: Node) -> Scalar | None:
    if isinstance(item, Mapping):
        return item.scalar("path")
    return item if isinstance(item, Scalar) else None
