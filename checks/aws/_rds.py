"""Amazon RDS and Aurora: the parameters that an instance or cluster runs with."""

import re

from auditor.api import CloudResource, Location, UndecidedError, Unknown, known

INSTANCES = ("aws_db_instance", "aws_rds_cluster")
_GROUPS = ("aws_db_parameter_group", "aws_rds_cluster_parameter_group")
_OFF = frozenset({"0", "off", "false", "no", ""})


def engine_of(resource: CloudResource) -> str:
    """Return the engine: `postgres`, `mysql`, `mariadb`, `aurora-postgresql` …; "" for a copy of another instance."""
    return known(resource.text("engine"))


def is_postgres(resource: CloudResource) -> bool:
    """Tell whether it runs PostgreSQL."""
    return engine_of(resource) in {"postgres", "aurora-postgresql"}


def parameter(resource: CloudResource, name: str) -> tuple[str | None, Location]:
    """Return a parameter's value and place; None where the engine's default is in force.

    Raises:
        UndecidedError: the parameter group is not in the files, or what it holds is not known.
    """
    argument = "db_cluster_parameter_group_name" if resource.type == "aws_rds_cluster" else "parameter_group_name"
    group = _group(resource, argument)
    if group is None:
        return None, resource.where(argument)
    doubt = ""
    for block in group.blocks("parameter"):
        written = block.text("name")
        if isinstance(written, Unknown):
            doubt = written.reason
        elif written.lower() == name:
            return known(block.text("value")), block.where("value")
    if doubt:
        raise UndecidedError(doubt)
    return None, group.at


def _group(resource: CloudResource, argument: str) -> CloudResource | None:
    """Return the parameter group, None for the engine's default one."""
    found = next((group for group in resource.referenced(argument) if group.type in _GROUPS), None)
    if found is not None:
        return found
    name = known(resource.text(argument))
    if not name or name.startswith("default."):
        return None
    for group in resource.module.of_type(*_GROUPS):
        if group.value("name") == name:
            return group
    raise UndecidedError("the parameter group is not in the files")


def release_of(resource: CloudResource) -> tuple[int, ...]:
    """Return the numbers of the engine's version, from the instance or else from its parameter group's family.

    Raises:
        UndecidedError: neither tells it.
    """
    argument = "db_cluster_parameter_group_name" if resource.type == "aws_rds_cluster" else "parameter_group_name"
    texts = [resource.text("engine_version")]
    texts += [group.text("family") for group in resource.referenced(argument)]
    for text in texts:
        match = re.search(r"(\d{1,9})(?:\.(\d{1,9}))?", text) if isinstance(text, str) else None
        if match is not None:
            return (int(match[1]), int(match[2] or 0))
    raise UndecidedError("the default depends on the engine's version, which the files do not tell")


def is_off(value: str) -> bool:
    """Tell whether a parameter's value switches it off."""
    return value.strip().lower() in _OFF
