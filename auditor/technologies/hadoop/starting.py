"""Which daemons of Hadoop and HBase a container starts, by its words or by its image."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final

from auditor.model.workload import Workload
from auditor.patterns import lazy
from auditor.records import dataclass

HDFS: Final = frozenset({"namenode", "secondarynamenode", "datanode", "journalnode"})
YARN: Final = frozenset({"resourcemanager", "nodemanager", "timelineserver"})
MAPRED: Final = frozenset({"historyserver"})
HBASE: Final = frozenset({"master", "regionserver"})
_DFS: Final = frozenset({"namenode", "secondarynamenode", "datanode"})
_YARN: Final = frozenset({"resourcemanager", "nodemanager"})
_COMMANDS: Final = {
    "hdfs": HDFS | {"httpfs"},
    "hadoop": HDFS | {"kms"},
    "yarn": YARN,
    "mapred": MAPRED,
    "hbase": HBASE,
    "hadoop-daemon.sh": HDFS,
    "yarn-daemon.sh": YARN,
    "mr-jobhistory-daemon.sh": MAPRED,
    "hbase-daemon.sh": HBASE,
}
_SCRIPTS: Final = {
    "start-dfs.sh": _DFS,
    "start-yarn.sh": _YARN,
    "start-all.sh": _DFS | _YARN,
    "start-hbase.sh": HBASE,
    "kms.sh": frozenset({"kms"}),
    "httpfs.sh": frozenset({"httpfs"}),
}
_ONE_TIME: Final = frozenset({"-format", "-bootstrapStandby", "-initializeSharedEdits", "-rollback", "-upgrade"})
_WORD = lazy(r"[^\s;&|()'\"]+")
_BDE_IMAGE = lazy(r"hadoop-(?:base|namenode|datanode|resourcemanager|nodemanager|historyserver)")


class Family(Enum):
    """Whose start script writes the site files from environment variables."""

    APACHE = "apache/hadoop"
    BDE = "bde2020/hadoop"


@dataclass(frozen=True)
class Start:
    """The daemons that run, and the configuration directory that the words name."""

    daemons: frozenset[str]
    folder: str | None = None
    definitions: tuple[str, ...] = ()
    """`name=value` of `-D` options behind the daemon's name."""


def family_of(workload: Workload) -> Family | None:
    """Return whose image it is; copies of the images of Big Data Europe are known by the variables they read."""
    repository, name = workload.image_repository or "", workload.image_name or ""
    if repository == "apache/hadoop":
        return Family.APACHE
    if _BDE_IMAGE.fullmatch(name):
        ours = repository.startswith("bde2020/")
        return (
            Family.BDE if ours or any(re.match("(CORE|HDFS|YARN)_CONF_", key) for key in workload.environment) else None
        )
    return None


def start_of(workload: Workload, family: Family | None) -> Start | None:
    """Return what the container starts, None if that is no daemon of Hadoop or HBase."""
    words = [word for argument in workload.arguments for word in _words(argument.value)]
    found = _from_words(words)
    if found is not None:
        return found
    runs_own = not words or [posixpath.basename(word) for word in words] in (["run.sh"], ["entrypoint.sh", "run.sh"])
    if family is Family.BDE and runs_own:
        daemon = (workload.image_name or "").removeprefix("hadoop-")
        # The image called historyserver starts the timeline server of YARN.
        daemon = {"historyserver": "timelineserver", "base": ""}.get(daemon, daemon)
        return Start(frozenset({daemon})) if daemon else None
    return None


def _words(value: object) -> Sequence[str]:
    return _WORD.findall(value) if isinstance(value, str) else ()


def _from_words(words: Sequence[str]) -> Start | None:
    daemons: set[str] = set()
    folder: str | None = None
    definitions: list[str] = []
    for place, word in enumerate(words):
        name = posixpath.basename(word)
        daemons |= _SCRIPTS.get(name, frozenset())
        if word == "--config" and place + 1 < len(words):
            folder = words[place + 1]
        if name in _COMMANDS:
            started = next(_started(words, place, _COMMANDS[name]), None)
            if started is not None:
                daemons.add(words[started])
                definitions += _definitions(words[started + 1 :])
    return Start(frozenset(daemons), folder, tuple(definitions)) if daemons else None


def _started(words: Sequence[str], place: int, daemons: frozenset[str]) -> Iterator[int]:
    """Yield where the daemon's name stands that the command at `place` starts and that keeps running."""
    for following in range(place + 1, min(place + 7, len(words))):
        word = words[following]
        if word in daemons:
            if following + 1 >= len(words) or words[following + 1] not in _ONE_TIME:
                yield following
            return
        before = words[following - 1]
        if not word.startswith("-") and word != "start" and before not in {"--config", "--daemon"}:
            return


def _definitions(words: Sequence[str]) -> Iterator[str]:
    for place, word in enumerate(words):
        if posixpath.basename(word) in _COMMANDS:
            return
        if word == "-D" and place + 1 < len(words):
            yield words[place + 1]
        elif word.startswith("-D") and "=" in word:
            yield word.removeprefix("-D")
