"""What surrounds a secret: the values beside it, the container that gets it, and the name it goes by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from auditor.credentials.urls import UrlSecret
from auditor.model.credential import Login
from auditor.model.workload import Variable, Workload
from auditor.patterns import lazy
from auditor.technologies.document import Assignment

from .logins import Lookup, engine_of, login_of, squeezed

_VARIABLE = lazy(r"\$\{?(?P<name>[A-Za-z_]\w*)")


Holders = Mapping[tuple[str, int, str], Workload]
"""Containers by the file, the line and the name of a variable that they hold."""


def holders_of(workloads: Iterable[Workload]) -> Holders:
    """Return the containers by what their environments hold."""
    return {
        (variable.at.path, variable.at.line, variable.name): workload
        for workload in workloads
        for variable in workload.environment.values()
    }


def holder_of(assignment: Assignment, holders: Holders) -> Workload | None:
    """Return the container that holds the assigned value, if one does."""
    return holders.get((assignment.at.path, assignment.at.line, assignment.key))


def blocks_of(assignments: Iterable[Assignment]) -> dict[tuple[str, ...], dict[str, str]]:
    """Return the values that stand side by side, by the keys above them and then by name."""
    blocks: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for assignment in assignments:
        if isinstance(assignment.value, str):
            blocks[assignment.path][squeezed(assignment.key)] = assignment.value
    return blocks


def product_of(workload: Workload) -> str:
    """Return the engine that a container's image names, "" if it names none."""
    image = workload.image.value if workload.image is not None and isinstance(workload.image.value, str) else ""
    name = (image or workload.image_prefix or "").partition("@")[0].rpartition("/")[2].partition(":")[0]
    return engine_of(name)


def written_login(assignment: Assignment, block: Mapping[str, str], holder: Workload | None) -> Login | None:
    """Return whom a password logs in that is written in a document."""
    if holder is not None:
        return login_of(assignment.key, _variables(holder), product_of(holder), holder.name.lower())
    found = login_of(assignment.key, lambda name: block.get(name, ""))
    if assignment.principal is None:
        return found
    return Login(
        engine=found.engine if found is not None else "",
        server=found.server if found is not None else "",
        name=assignment.principal,
        is_server=assignment.server_secret,
    )


def received_login(variable: Variable, workload: Workload) -> Login | None:
    """Return whom a password logs in that a container gets from elsewhere."""
    return login_of(variable.name, _variables(workload), product_of(workload), workload.name.lower())


def _variables(workload: Workload) -> Lookup:
    """Look up a container's other variables; one whose value is not known is compared by what it comes from."""
    values: dict[str, str] = {}
    for variable in workload.environment.values():
        if isinstance(variable.value, str):
            values[squeezed(variable.name)] = variable.value
        elif variable.reference is not None:
            values[squeezed(variable.name)] = "${" + variable.reference.rpartition(" ")[2] + "}"
    return lambda name: values.get(name, "")


def login_in_url(found: UrlSecret) -> Login | None:
    """Return whom a password inside an address logs in."""
    if not (found.scheme or found.user):
        return None
    engine = engine_of(found.scheme) or found.scheme.lower()
    return Login(engine=engine, server=found.host.partition(".")[0].lower(), name=found.user)


def symbol_of(assignment: Assignment) -> str:
    """Return the name by which other places can take the value, as workloads write it in their references."""
    if assignment.container == "env-file":
        return f"variable {assignment.key}"
    if assignment.container == "kubernetes-secret" and assignment.path:
        return f"Secret {assignment.path[-1]}#{assignment.key}"
    if assignment.container == "configmap" and assignment.path:
        return f"ConfigMap {assignment.path[-1]}#{assignment.key}"
    return ""


def variable_in(value: str) -> str:
    """Return the symbol that a value which is only a reference names, "" if it names none."""
    match = _VARIABLE.match(value.strip())
    return f"variable {match['name']}" if match is not None else ""
