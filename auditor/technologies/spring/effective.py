r"""Which properties are in force: files of a project, by profile, with the variables and arguments of a container.

Spring Boot 3.5 reference, Externalized Configuration. From weak to strong: the application's own documents, those of
the active profiles in order, then variables of the environment, Java system properties, arguments. `.properties` win
over `.yml` of the same place, `config/` over the root of the class path, files outside of the jar over those in it.
A variable's name is the property's in capitals, dots as `_`, dashes left out (or as `_`, as before 2.0).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable, Workload
from auditor.patterns import lazy

from .document import Section, SpringFile, Written, key_of
from .profiles import is_active, names_in

_PLACEHOLDER = lazy(r"\$\{([^${}:]{1,200})(?::([^${}]{0,500}))?\}")
_ARGUMENT = lazy(r"(?:--|-D)([a-z][\w.\[\]-]{0,200})=(.*)", re.S)
_OPTIONS = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")
"""Variables that the JVM itself reads."""
_MAX_PLACEHOLDERS = 20
Properties = dict[str, Written]


def of_files(files: Sequence[SpringFile], active: tuple[str, ...]) -> Properties:
    """Return the properties of one place's files, the weakest first, for the active profiles."""
    found: Properties = {}
    for profile in ("", *(active or ("default",))):
        for file in files:
            if file.profile == profile:
                for section in file.sections:
                    _take(section, active, found)
    return found


def _take(section: Section, active: tuple[str, ...], found: Properties) -> None:
    decided = is_active(section.profiles, active) if section.profiles is not None else None
    if decided is False:
        return
    for written in section.written:
        undecided = Unknown("the profile or platform it is for is not known")
        found[key_of(written.name)] = written if decided is not None else Written(written.name, undecided, written.at)


def of_workload(workload: Workload, names: Iterable[str]) -> Properties:
    """Return the properties that a container's arguments and variables set.

    `names` are those that variables are looked up for: a variable's name does not tell dots from dashes.
    """
    wanted = {variable: name for name in names for variable in _variables_for(name)}
    found: Properties = {}
    for name, variable in workload.environment.items():
        if name in wanted:
            found[key_of(wanted[name])] = Written(name, variable.value, variable.at)
    for at, text in _options(workload):
        match = _ARGUMENT.fullmatch(text)
        if match is not None:
            found[key_of(match[1])] = Written(match[1], match[2].strip(), at)
    return found


def _variables_for(name: str) -> tuple[str, str]:
    plain = re.sub(r"\[(\d+)\]", r"_\1", name).replace(".", "_").upper()
    return plain.replace("-", ""), plain.replace("-", "_")


def _options(workload: Workload) -> Iterable[tuple[Location, str]]:
    for name in _OPTIONS:
        variable = workload.environment.get(name)
        if variable is not None and isinstance(variable.value, str):
            yield from ((variable.at, word) for word in variable.value.split())
    yield from ((word.at, word.value) for word in workload.arguments if isinstance(word.value, str))


def active_profiles(properties: Mapping[str, Written]) -> tuple[str, ...] | Unknown:
    """Return the profiles that properties activate and include."""
    names: list[str] = []
    for key in ("spring.profiles.active", "spring.profiles.include"):
        written = properties.get(key)
        if written is not None:
            if isinstance(written.value, Unknown):
                return written.value
            if "${" in written.value:
                return Unknown(f"{written.name} depends on variables")
            names += names_in(written.value)
    return tuple(dict.fromkeys(names))


def filled_in(properties: Properties, environment: Mapping[str, Variable]) -> Properties:
    """Replace the placeholders in the values; one that nothing sets has its default, or is not known."""
    return {
        key: written
        if isinstance(written.value, Unknown) or "${" not in written.value
        else Written(written.name, _fill(written.value, properties, environment), written.at)
        for key, written in properties.items()
    }


def _fill(text: str, properties: Properties, environment: Mapping[str, Variable]) -> str | Unknown:
    for _ in range(_MAX_PLACEHOLDERS):
        match = _PLACEHOLDER.search(text)
        if match is None:
            break
        value = _looked_up(match[1].strip(), properties, environment)
        if value is None:
            value = match[2]
        if value is None:
            return Unknown(f"{match[1].strip()} is set where the application is deployed")
        if isinstance(value, Unknown):
            return value
        text = text[: match.start()] + value + text[match.end() :]
    return Unknown("its placeholders nest") if "${" in text else text.strip()


def _looked_up(name: str, properties: Properties, environment: Mapping[str, Variable]) -> str | Unknown | None:
    for variable in (name, *_variables_for(name)):
        if variable in environment:
            return environment[variable].value
    written = properties.get(key_of(name))
    return None if written is None else written.value
