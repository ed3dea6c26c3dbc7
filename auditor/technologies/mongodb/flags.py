"""Options on mongod's command line.

Source: MongoDB manual 8.0, "mongod": options beat the configuration file; `--setParameter` may be repeated.
"""

from collections.abc import Sequence

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.technologies.common.sectioned import Gap

from .document import Option
from .names import canonical, is_known_flag, switch, valued


def read_flags(words: Sequence[Located[str]]) -> tuple[list[Option], list[Gap]]:
    """Return the options that the words after `mongod` set, and what an unknown word leaves open.

    A word that is not known may be any option at all, so everything that no other word sets is then open.
    """
    options: list[Option] = []
    gaps: list[Gap] = []
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if isinstance(word.value, Unknown):
            gaps.append(Gap(prefix="", reason=word.value.reason))
            continue
        if not word.value.startswith("-") or word.value in {"-", "--"}:
            continue
        flag, equals, text = word.value.lstrip("-").partition("=")
        toggle = switch(flag)
        if toggle is not None:
            chosen = Unknown("mongod takes no value after this switch") if equals else toggle[1]
            options.append(Option(name=toggle[0], written=flag, value=chosen, at=word.at))
            continue
        value: str | Unknown = text
        if not equals:
            following = words[index] if index < len(words) else None
            if following is None or _is_flag(following):
                if not is_known_flag(flag):
                    options.append(Option(name=flag, written=flag, value="true", at=word.at))
                continue
            value = following.value
            index += 1
        options.append(_option(flag, value, word.at))
    return options, gaps


def _is_flag(word: Located[str]) -> bool:
    return isinstance(word.value, str) and word.value.startswith("--")


def _option(flag: str, value: str | Unknown, at: Location) -> Option:
    if flag != "setParameter":
        return Option(name=canonical(valued(flag)), written=flag, value=value, at=at)
    if isinstance(value, Unknown):
        return Option(name="setParameter", written=flag, value=value, at=at)
    parameter, _, text = value.partition("=")
    return Option(name=f"setParameter.{parameter}", written=flag, value=text, at=at)
