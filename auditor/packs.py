"""Find and load check packs and the program's own data folders."""

import hashlib
import importlib.util
import os
import sys
from collections.abc import Collection, Iterable
from functools import cache, cached_property
from pathlib import Path
from types import ModuleType
from typing import Final

from auditor.model.check import Check
from auditor.plugins import PluginError, plugins
from auditor.records import dataclass

_PACKAGE: Final = Path(__file__).parent
ENTRY_POINT_GROUP: Final = "auditor.checks"


class PackError(Exception):
    """A pack cannot be used: a file does not load, an id is taken twice."""


@dataclass(frozen=True)
class Pack:
    """Checks in id order with the SHA-256 over their sources."""

    checks: tuple[Check, ...]
    digest: str

    def __getitem__(self, name: str) -> Check:
        """Return the check with this id or alias."""
        for check in self.checks:
            if name in check.names:
                return check
        raise KeyError(name)


def resource_dir(kind: str) -> Path:
    """Return the folder `checks`, `profiles` or `reports` of the installed program or of its checkout.

    Raises:
        FileNotFoundError: neither an installation nor a checkout has it.
    """
    bundled = _PACKAGE / "_bundled" / kind
    if bundled.is_dir():
        return bundled
    checkout = _PACKAGE.parent
    project = checkout / "pyproject.toml"
    if (checkout / kind).is_dir() and project.is_file() and 'name = "auditor"' in project.read_text("utf-8"):
        return checkout / kind
    raise FileNotFoundError(f"the folder {kind} of the program is missing; install it again")


def check_ids(extra: Iterable[Path] = ()) -> frozenset[str]:
    """Return the ids of all checks there are, with those they had before.

    Raises:
        PackError: as `load_packs`.
    """
    return frozenset(name for check in load_packs(extra).checks for name in check.names)


class CheckFinder:
    """Finds single checks by id or alias, and loads no more of the packs for it than needed."""

    def __init__(self, extra: Iterable[Path] = ()) -> None:
        self._extra = tuple(extra)
        self._root = resource_dir("checks")

    def __call__(self, name: str) -> Check | None:
        """Return the check, None if there is none.

        Raises:
            PackError: as `load_packs`.
        """
        file = self._files.get(name)
        if file is not None:  # a built-in check's file has its id as its name
            return next((check for check in _checks_of(_load(self._root, file)) if check.id == name), None)
        return self._others.get(name) or self._all.get(name)

    @cached_property
    def _files(self) -> dict[str, str]:
        names = ((name, name.rpartition("/")[2].removesuffix(".py")) for name in _python_files(self._root))
        return {stem.replace("_", "-"): name for name, stem in names if not stem.startswith("_")}

    @cached_property
    def _others(self) -> dict[str, Check]:
        """The checks that are not built in: their packs load whole in every scan."""
        return _by_name(load_packs(self._extra, folders=()))

    @cached_property
    def _all(self) -> dict[str, Check]:
        """All checks, for an alias or an id that there is not."""
        return _by_name(load_packs(self._extra))


def _by_name(pack: Pack) -> dict[str, Check]:
    return {name: check for check in pack.checks for name in check.names}


def load_packs(extra: Iterable[Path] = (), *, folders: Collection[str] | None = None) -> Pack:
    """Load the built-in pack, packs of installed entry points and the folders `extra`.

    `folders` limits the built-in pack to the named folders (the technologies found); other packs load whole.

    Raises:
        PackError: a file cannot be imported, or two checks have one id or alias.
    """
    checks: list[Check] = []
    digest = hashlib.sha256()
    roots: list[tuple[Path, Collection[str] | None]] = [(resource_dir("checks"), folders)]
    roots += [(folder, None) for folder in _installed_packs()]
    roots += [(path, None) for path in extra]
    for root, wanted in roots:
        if not root.is_dir():
            raise PackError(f"{root}: expected a folder with checks")
        for name in _python_files(root):
            with open(f"{root}/{name}", "rb", buffering=0) as stream:  # noqa: PTH123  # a Path takes as long again
                digest.update(name.encode() + b"\0" + stream.read())
            folder, _, file = name.rpartition("/")
            if file.startswith("_") or (wanted is not None and folder.partition("/")[0] not in wanted):
                continue
            checks.extend(_checks_of(_load(root, name)))
    _refuse_duplicates(checks)
    return Pack(tuple(sorted(checks, key=lambda check: check.id)), digest.hexdigest())


def _python_files(root: Path) -> list[str]:
    """Return the relative paths of all Python files below `root`, in the order of their parts."""
    found: list[str] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{root}/{below}") as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    found.append(below + entry.name)
                elif entry.name != "__pycache__" and entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{below}{entry.name}/")
    return sorted(found, key=lambda name: name.split("/"))


def _installed_packs() -> list[Path]:
    """Return the folders of packs that installed distributions offer as entry points."""
    folders: list[Path] = []
    try:
        for origin, loaded in plugins(ENTRY_POINT_GROUP):
            file = getattr(loaded, "__file__", None)
            if not isinstance(file, str):
                raise PackError(f"{origin}: expected a package with a folder")
            folders.append(Path(file).parent)
    except PluginError as error:
        raise PackError(str(error)) from error
    return folders


def _load(root: Path, relative: str) -> ModuleType:
    """Import one file of a pack under a package name of its own, so that relative imports work."""
    package = _package_of(root)
    folder = str(root)
    _ensure_package(package, folder)
    *folders, file = relative.split("/")
    for part in folders:
        folder = f"{folder}/{part}"
        package = f"{package}.{part}"
        _ensure_package(package, folder)
    name = f"{package}.{file.removesuffix('.py')}"
    if name in sys.modules:
        return sys.modules[name]
    path = f"{folder}/{file}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PackError(f"{path}: expected a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever a pack's own code raises; it is raised again with the file's name
        del sys.modules[name]
        raise PackError(f"{path}: {type(error).__name__}: {error}") from error
    return module


@cache
def _package_of(root: Path) -> str:
    return "auditor_pack_" + hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]


def _ensure_package(name: str, folder: str) -> None:
    if name not in sys.modules:
        module = ModuleType(name)
        module.__path__ = [folder]
        sys.modules[name] = module


def _checks_of(module: ModuleType) -> Iterable[Check]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, Check) and value.file == Path(str(module.__file__))
    ]


def _refuse_duplicates(checks: Iterable[Check]) -> None:
    first: dict[str, Check] = {}
    for check in checks:
        for name in sorted(check.names):
            other = first.setdefault(name, check)
            if other is not check:
                raise PackError(f"{check.file}: the id {name} is taken by {other.file}")
