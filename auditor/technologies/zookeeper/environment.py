"""Environment variables of a container, as a start script of its image reads them."""

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload


class Environment:
    """Looks variables up; one that something not scanned may set is Unknown."""

    def __init__(self, workload: Workload) -> None:
        self.at = workload.image.at if workload.image else workload.at
        self._variables = workload.environment
        self._open = workload.environment_open

    @property
    def doubt(self) -> str:
        """Why a variable that is not here may be set, "" if it cannot be."""
        return f"{self._open} may set variables" if self._open is not None else ""

    def names(self, prefix: str) -> list[str]:
        """Return the names of the variables that begin with `prefix`."""
        return [name for name in self._variables if name.startswith(prefix)]

    def get(self, name: str) -> tuple[str | Unknown, Location] | None:
        """Return a variable that is set, with its place."""
        variable = self._variables.get(name)
        if variable is not None:
            return variable.value, variable.at
        if self._open is not None:
            return Unknown(f"{name} may be set by {self._open}"), self.at
        return None

    def text(self, name: str, default: str) -> tuple[str | Unknown, Location | None]:
        """Return a variable, or the default without a place where it is not set or empty."""
        found = self.get(name)
        return (default, None) if found is None or found[0] == "" else found
