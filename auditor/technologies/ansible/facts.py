"""What checks of Ansible are about: settings and variables, and tasks."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property

from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.records import dataclass

from .tasks import Task
from .values import Value


@dataclass(frozen=True, kw_only=True)
class AnsibleValues(Fact):
    """The named values of one file: settings of ansible.cfg (`section.key`), or variables of hosts and plays.

    Each stands with who gets it: a host, a `[group]`, "" for a whole file. `vault_password` is where the settings name
    a file of the scanned tree that holds the vault's password as it is.
    """

    values: tuple[tuple[str, Value], ...] = field(repr=False)
    vault_password: Location | None = None

    def named(self, *names: str) -> Iterator[Value]:
        """Yield the values of the names, each once for everybody who gets it."""
        return (value for _, value in self.values if value.name in names)

    def beside(self, value: Value, *names: str) -> Value | None:
        """Return the first of several names that whoever gets `value` has as well."""
        found = self._by_scope.get(self._scopes.get(id(value), ""), {})
        return next((found[name] for name in names if name in found), None)

    @cached_property
    def _scopes(self) -> Mapping[int, str]:
        return {id(value): scope for scope, value in self.values}

    @cached_property
    def _by_scope(self) -> Mapping[str, Mapping[str, Value]]:
        scopes: dict[str, dict[str, Value]] = {}
        for scope, value in self.values:
            scopes.setdefault(scope, {})[value.name] = value
        return scopes


@dataclass(frozen=True, kw_only=True)
class AnsibleTasks(Fact):
    """The tasks of one file, in order."""

    tasks: tuple[Task, ...]
