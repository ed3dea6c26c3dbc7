"""Which of several objects in a repository is meant: the one that stands closest."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar


class Placed(Protocol):
    """What has a namespace and stands in a file."""

    @property
    def namespace(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def folder(self) -> str: ...
    @property
    def path(self) -> str: ...


P = TypeVar("P", bound=Placed)


class Nearby(Generic[P]):
    """Objects by the folders they are below, so that the closest one is found without looking at all."""

    def __init__(self) -> None:
        self._below: dict[str, list[P]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._below.get("", ()))

    def add(self, item: P) -> None:
        for folder in _upwards(item.folder):
            self._below[folder].append(item)

    def closest(self, folder: str, accept: Callable[[P], bool]) -> list[P]:
        """Return the accepted objects below the innermost folder around `folder` that has any; the outermost ones."""
        for around in _upwards(folder):
            found = [item for item in self._below.get(around, ()) if accept(item)]
            if found:
                least = min(item.folder.count("/") for item in found)
                return [item for item in found if item.folder.count("/") == least]
        return []

    def meant_by(self, near: Placed) -> P | None:
        """Return the object that one at `near` names: in its namespace, its file, then the closest folder.

        A repository holds many installations; an object whose namespace is not written may be put into any. None
        if there is none or two are equally close.
        """
        found = self.closest(near.folder, lambda item: item.scope == near.scope) or self.closest(
            near.folder, lambda item: not item.namespace or not near.namespace
        )
        best = [item for item in found if item.path == near.path] or found
        return best[0] if len(best) == 1 else None


def _upwards(folder: str) -> Iterator[str]:
    """Yield the folder and every one around it, the root ("") last."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""
