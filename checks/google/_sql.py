"""Cloud SQL: the engine of an instance and the flags that it runs with."""

from auditor.api import CloudResource, Location, UndecidedError, Unknown, known

_FLAGS = "settings.database_flags"


def engine_of(resource: CloudResource) -> str:
    """Return `POSTGRES`, `MYSQL` or `SQLSERVER`; "" for a copy of another instance, which takes over its flags."""
    if known(resource.has("clone")) or known(resource.has("master_instance_name")):
        return ""
    return known(resource.text("database_version")).partition("_")[0]


def flag(resource: CloudResource, name: str) -> tuple[str | None, Location]:
    """Return a flag's value in lower case and its place; None where the engine's default is in force.

    Raises:
        UndecidedError: the flag may be set by something that the files do not tell.
    """
    doubt = ""
    for block in resource.blocks(_FLAGS):
        written = block.text("name")
        if isinstance(written, Unknown):
            doubt = written.reason
        elif written.lower() == name:
            return known(block.text("value")).strip().lower(), block.where("value")
    if doubt:
        raise UndecidedError(doubt)
    return None, resource.where("settings")
