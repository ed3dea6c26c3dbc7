"""The settings an application reads from its environment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .fact import Fact
from .workload import Variable


@dataclass(frozen=True, kw_only=True)
class ApplicationSettings(Fact):
    """Settings of one application: a workload's environment, or an env file that no workload loads.

    `variables` by name as written. `is_template` is True for `*.example` and the like, whose values are for
    nobody's production. `environment` is "production", "development", "test" or "" as path and names tell.
    """

    variables: Mapping[str, Variable] = field(default_factory=dict[str, Variable])
    is_template: bool = False
    environment: str = ""

    def known(self) -> Iterator[tuple[str, str, Variable]]:
        """Yield (NAME in upper case, value without surrounding blanks, variable) of every known value."""
        for name, variable in self.variables.items():
            if isinstance(variable.value, str):
                yield name.upper().replace("-", "_").replace(".", "_"), variable.value.strip(), variable
