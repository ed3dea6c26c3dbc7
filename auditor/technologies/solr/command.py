"""How a container or unit starts Solr: the options of `bin/solr start` (Solr 8.11 to 10.0)."""

import re
from collections.abc import Sequence
from dataclasses import field
from typing import Final

from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Located, Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.program import Program, base, start_of

from .images import SCRIPTS
from .properties import SystemProperty, is_open, read_options, whole

_STARTS: Final = frozenset({"start", "restart"})
_CLOUD: Final = frozenset({"-c", "--cloud", "-cloud"})
_ZOOKEEPER: Final = frozenset({"-z", "--zk-host", "-zkHost", "--zkHost", "-zkhost"})
_VALUES: Final = {
    "-p": "SOLR_PORT", "--port": "SOLR_PORT", "-port": "SOLR_PORT",
    "-s": "SOLR_HOME", "--solr-home": "SOLR_HOME", "-solr.home": "SOLR_HOME",
    **dict.fromkeys(_ZOOKEEPER, "ZK_HOST"),
}  # fmt: skip
_ADDITIONAL: Final = frozenset({"-a", "--additional-options", "-addlopts", "--jvm-opts"})
_SKIPPED: Final = frozenset(
    "-d --dir -dir --server-dir -t --data-home -data.home -m --memory -memory -h --host -host -k --key -key "
    "-j --jettyconfig -jettyconfig --jetty-config -e --example -example".split()
)
"""Options with a value that says nothing about who gets in."""
_IN_SCRIPT = lazy(
    r"(?:^|[\s;&|/])(solr(?:-foreground|-fg|-precreate|-create|-demo)|solr(?=\s+(?:start\b|-f\b)))(?P<rest>[^;&|\n]*)"
)


@dataclass
class Invocation:
    """What the command line sets. `open_reason` is why it may set more, "" if it does not."""

    script: str = "solr"
    variables: dict[str, Located[str]] = field(default_factory=dict[str, Located[str]])
    properties: list[SystemProperty] = field(default_factory=list[SystemProperty])
    cloud: bool | None = None
    open_reason: str = ""


def invocation_of(workload: Workload, image: Program | None) -> Invocation | None:
    """Return how the workload starts Solr, None if it runs another program or another command of Solr."""
    for script in ("solr", *sorted(SCRIPTS)):
        start = start_of(workload, {script}, image)
        if start is None:
            continue
        if script != "solr":
            return _read(_options(start.words), script)
        if start.by_image and not any(base(word) == "solr" for word in workload.arguments):
            return _read(start.words, "solr-foreground")
        first = _text(start.words[0]) if start.words else ""
        if first in _STARTS or first.startswith("-") or not start.words:
            return _read(start.words[first in _STARTS :], script)
    return _in_script(workload)


def runs_own_script(workload: Workload) -> bool:
    """Tell whether a container starts with a script that is not one of the image's, nor of Solr."""
    words = workload.arguments
    return bool(words) and _text(words[0]).endswith(".sh") and base(words[0]) != "docker-entrypoint.sh"


def _options(words: Sequence[Located[str]]) -> Sequence[Located[str]]:
    """Leave out the names of the core and its configuration that the scripts take."""
    place = next((place for place, word in enumerate(words) if _text(word).startswith("-")), len(words))
    return words[place:]


def _in_script(workload: Workload) -> Invocation | None:
    """Look for the server behind other commands of a shell's script."""
    for word in workload.arguments:
        found = list(_IN_SCRIPT.finditer(_text(word)))
        if found:
            last = found[-1]
            pieces = last["rest"].replace("'", " ").replace('"', " ").split()
            words = [Located(value=_settle(piece), at=word.at) for piece in pieces if piece != "start"]
            return _read(_options(words), last[1])
    return None


def _settle(piece: str) -> str | Unknown:
    return Unknown("a shell variable supplies it") if re.search(r"[$`]", piece) else piece


def _read(words: Sequence[Located[str]], script: str) -> Invocation:
    found = Invocation(script)
    place = 0
    while place < len(words):
        word, following = words[place], words[place + 1] if place + 1 < len(words) else None
        text = _text(word)
        place += 1
        if isinstance(word.value, Unknown):
            found.open_reason = word.value.reason
        elif text in _CLOUD:
            found.cloud = True
        elif text == "--user-managed":
            found.cloud = False
        elif text in _VALUES and following is not None:
            found.variables[_VALUES[text]] = following
            found.cloud = True if text in _ZOOKEEPER else found.cloud
            place += 1
        elif text in _ADDITIONAL and following is not None:
            _add_options(found, following)
            place += 1
        elif text in _SKIPPED:
            place += 1
        elif text.startswith("-D"):
            _add_options(found, word)
    return found


def _add_options(found: Invocation, word: Located[str]) -> None:
    text = word.value if isinstance(word.value, str) else HOLE
    found.properties.extend(read_options(text, whole(word.at)))
    if is_open(text):
        found.open_reason = "an option of the command line is not known"


def _text(word: Located[str]) -> str:
    return word.value if isinstance(word.value, str) else ""
