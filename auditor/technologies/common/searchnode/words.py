"""Settings given as environment variables and as `-E` options.

Sources: Elasticsearch reference 8.x, "Configure Elasticsearch with Docker" (`ES_SETTING_` names, dotted names) and
"Configuring system settings" (`-E`); `bin/elasticsearch-env` of 7.15 and 8.x; opensearch-build
`opensearch-docker-entrypoint.sh` (2.x: dotted names only); PropertyPlaceholder.java of both (`${NAME}`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Variable
from auditor.patterns import lazy
from auditor.technologies.common.sectioned import Gap, Option

_DOTTED: Final = lazy(r"[-a-z0-9_]+(?:\.[-a-z0-9_]+)+")
_UPPER: Final = lazy(r"ES_SETTING(?:_{1,2}[A-Z]+)+")
_PLACEHOLDER: Final = lazy(r"\$\{([^${}:]+)(?::([^${}]*))?\}")
_TAKES_VALUE: Final = frozenset({"-p", "--pidfile", "--enrollment-token"})


def variables(environment: Mapping[str, Variable], canonical: Callable[[str], str], *, upper: bool) -> Iterator[Option]:
    """Yield the settings that an image's start script makes of the environment; empty variables are left out.

    `upper` tells whether it reads names such as `ES_SETTING_DISCOVERY_TYPE` as well.
    """
    for name, variable in environment.items():
        if variable.value == "":
            continue
        if _DOTTED.fullmatch(name):
            setting = name
        elif upper and _UPPER.fullmatch(name):
            setting = name.removeprefix("ES_SETTING_").replace("_", ".").replace("..", "_").lower()
        else:
            continue
        yield Option(name=canonical(setting), written=setting, value=variable.value, at=variable.at)


def flags(words: Sequence[Located[str]], canonical: Callable[[str], str]) -> tuple[list[Option], list[Gap]]:
    """Return the settings of `-Ename=value` and `-E name=value`, and what an unknown word leaves open."""
    options: list[Option] = []
    gaps: list[Gap] = []
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if isinstance(word.value, Unknown):
            gaps.append(Gap(prefix="", reason=word.value.reason))
            continue
        text: str | Unknown = word.value
        if word.value in _TAKES_VALUE:
            index += 1
            continue
        if word.value == "-E" and index < len(words):
            text, index = words[index].value, index + 1
        elif word.value.startswith("-E"):
            text = word.value[2:]
        else:
            continue
        if isinstance(text, Unknown):
            gaps.append(Gap(prefix="", reason=text.reason))
            continue
        name, equals, value = text.partition("=")
        if equals and name:
            options.append(Option(name=canonical(name), written=name, value=value, at=word.at))
    return options, gaps


def resolved(option: Option, environment: Mapping[str, Variable] | None) -> Option:
    """Return the option with `${NAME}` replaced from the environment; None: the environment is not known."""
    if isinstance(option.value, Unknown) or "${" not in option.value:
        return option
    value: str | Unknown = option.value
    for match in _PLACEHOLDER.finditer(option.value):
        found = environment.get(match[1]) if environment is not None else None
        if found is None or isinstance(found.value, Unknown):
            return replace(option, value=Unknown(f"the variable {match[1]} supplies it"))
        value = str(value).replace(match[0], found.value)
    if "${" in str(value):
        return replace(option, value=Unknown("variables supply it"))
    return replace(option, value=value)
