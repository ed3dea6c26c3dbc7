"""Units with their drop-ins, as the service manager puts them together.

Source: systemd.unit(5) of 252. Drop-ins come from `x.service.d`, from `x-.service.d` for `x-y.service`, from a
template's folder for its instances and from `service.d`, ordered by file name over all folders; a name in a more
important folder hides it in the others. /etc comes before /run and both before /usr/lib.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from auditor.patterns import lazy
from auditor.records import dataclass

from .directives import Directives, refuses
from .document import UnitFile
from .syntax import Entry

_LOAD_PATH = lazy(
    r"(?P<root>(?:.*?/)??)(?P<place>etc|run|usr/local/lib|usr/lib|lib)/systemd/(?P<manager>system|user)/?"
)
_USERS_FOLDER = lazy(r"(?:.*/)?systemd/user")
"""Below the home of a user, `.config/systemd/user` and `.local/share/systemd/user`, or a repository's copy of it."""
_ORDER = ("etc", "run", "usr/local/lib", "usr/lib", "lib")


@dataclass(frozen=True)
class _Folder:
    """Where units lie: `root` is the tree's folder that stands for `/`, or the folder itself where it is no load path.

    A lower `rank` is the more important folder; `manager` is `system` or `user`.
    """

    root: str
    rank: int
    manager: str


@dataclass(frozen=True)
class Unit:
    """A service. `main` is None where only drop-ins of it are in the scanned tree."""

    name: str
    main: UnitFile | None
    drop_ins: tuple[UnitFile, ...]
    is_user_unit: bool
    is_timed: bool
    """Whether a timer of the same name starts it."""
    is_socket_activated: bool

    @property
    def files(self) -> tuple[UnitFile, ...]:
        return ((self.main,) if self.main is not None else ()) + self.drop_ins

    @property
    def directives(self) -> Directives:
        entries = [entry for file in self.files for entry in _read(file)]
        reason = "" if self.main is not None else f"{self.name} itself is not in the scanned files"
        if any(file.partial for file in self.files) and not reason and self._adds_lines():
            reason = "template expressions may set it"
        return Directives(entries, reason)

    def _adds_lines(self) -> bool:
        """Tell whether a template puts out lines of its own, or leaves some out."""
        return any(
            re.search(r"^[ \t]*(?:\{%|\{\{)", line) for file in self.files for line in file.source.text.split("\n")
        )


def _read(file: UnitFile) -> Iterator[Entry]:
    """Yield what systemd reads of a file: of a drop-in nothing behind a line that would make it refuse a unit."""
    for entry in file.entries:
        yield entry
        if file.is_drop_in and refuses(entry):
            return


def units_of(files: Sequence[UnitFile]) -> Iterator[Unit]:
    """Yield every service once, in the order of the files."""
    services: dict[tuple[str, str, str], list[tuple[int, UnitFile]]] = defaultdict(list)
    drop_ins: dict[tuple[str, str], list[tuple[int, UnitFile]]] = defaultdict(list)
    others: set[tuple[str, str, str]] = set()
    for file in files:
        folder = _folder_of(file)
        if file.is_drop_in:
            drop_ins[folder.root, folder.manager].append((folder.rank, file))
        elif file.name.endswith(".service"):
            services[folder.root, folder.manager, file.name].append((folder.rank, file))
        else:
            others.add((folder.root, folder.manager, file.name))
    used: set[str] = set()
    for (root, manager, name), found in services.items():
        main = min(found, key=lambda item: item[0])[1]
        own = tuple(_drop_ins(name, drop_ins[root, manager]))
        used |= {file.source.key for _, file in drop_ins[root, manager] if file.name in _names(name)}
        yield _unit(name, main, own, (root, manager), others)
    for (root, manager), found in drop_ins.items():
        left = [item for item in found if item[1].source.key not in used and item[1].name != "service"]
        for name in dict.fromkeys(file.name for _, file in left):
            yield _unit(name, None, _drop_ins(name, left), (root, manager), others)


def _unit(
    name: str,
    main: UnitFile | None,
    drop_ins: Iterable[UnitFile],
    place: tuple[str, str],
    others: set[tuple[str, str, str]],
) -> Unit:
    stem = name.removesuffix(".service")
    root, manager = place
    return Unit(
        name=name,
        main=main,
        drop_ins=tuple(drop_ins),
        is_user_unit=manager == "user",
        is_timed=(root, manager, f"{stem}.timer") in others,
        is_socket_activated=(root, manager, f"{stem.removesuffix('@')}.socket") in others,
    )


def _folder_of(file: UnitFile) -> _Folder:
    folder = file.source.path.rpartition("/")[0]
    if file.is_drop_in:
        folder = folder.rpartition("/")[0]
    match = _LOAD_PATH.fullmatch(folder)
    if match is None:
        manager = "user" if _USERS_FOLDER.fullmatch(folder) else "system"
        return _Folder(root=f"{folder}/ alone", rank=0, manager=manager)
    return _Folder(root=match["root"], rank=_ORDER.index(match["place"]), manager=match["manager"])


def _drop_ins(name: str, candidates: Sequence[tuple[int, UnitFile]]) -> Iterator[UnitFile]:
    """Yield the drop-ins that apply to the unit `name`, in the order in which they do."""
    folders = _names(name)
    chosen: dict[str, tuple[int, int, UnitFile]] = {}
    for rank, file in candidates:
        if file.name not in folders:
            continue
        # The manager looks through all load paths for one folder's name before the next, less special name.
        key = (folders.index(file.name), rank)
        before = chosen.get(file.source.file_name)
        if before is None or key < before[:2]:
            chosen[file.source.file_name] = (*key, file)
    yield from (chosen[file_name][2] for file_name in sorted(chosen))


def _names(name: str) -> list[str]:
    """Return the names of units whose drop-in folders apply to `name`, the most special first."""
    stem = name.removesuffix(".service")
    template, at, instance = stem.partition("@")
    found = [name]
    if at and instance:
        found.append(f"{template}@.service")
    parts = template.split("-")
    prefixes = ["-".join(parts[:count]) + "-" for count in range(len(parts) - 1, 0, -1)]
    found += [f"{prefix}{at}.service" if at else f"{prefix}.service" for prefix in prefixes]
    return [*found, "service"]
