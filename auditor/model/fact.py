"""What a check is given: one typed, immutable thing with an identity and a place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Generic, TypeVar

from auditor.records import dataclass

from .exposure import Exposure, Reach
from .linking import Behind, Upstream
from .location import Location
from .setting import Setting, Settings


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something in a file that its server would refuse or that we could not read.

    `message` says what was expected, never what was found (it could be a secret).
    """

    at: Location
    message: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Base of everything a check can take.

    `component` is the id of the component it belongs to (a declared name or resource address; the path for a
    lone file). `at` is the line to show when something is absent. `technology` is the technology's id.
    """

    component: str
    technology: str
    at: Location

    def shown_settings(self) -> Iterable[Setting]:
        """Return what the component was judged on, as far as this fact knows it, for the report."""
        return ()


_NOT_TOLD = Exposure(reach=Reach.UNKNOWN, reason="the files do not tell")


@dataclass(frozen=True, kw_only=True)
class Service(Fact):
    """A server with its effective configuration.

    `version` is the product's version as far as the files tell ("7.2", "15"), None if they do not.
    `origin` says what declares it: compose, kubernetes, dockerfile or file. `consumed` are the keys of
    the sources that this service loads (`Source.key`): they are judged through it and not again alone. `refused`
    holds what would keep the server from starting: its security state is then not evaluated.
    """

    origin: str = "file"
    version: str | None = None
    settings: Settings = field(default_factory=Settings)
    exposure: Exposure = _NOT_TOLD
    consumed: frozenset[str] = frozenset()
    refused: tuple[Problem, ...] = ()
    assumed: Mapping[Location, str] = field(default_factory=dict[Location, str])
    """What was taken for granted although the files do not tell it, by its place: only lines that are written are then
    reported, with medium confidence, and nothing passes."""
    behind: Mapping[Location, tuple[Behind, ...]] = field(default_factory=dict[Location, tuple[Behind, ...]])
    """What answers where a proxy hands on to, by the place of the line that says so, as far as the files tell."""

    def hands_on(self) -> Iterable[Upstream]:
        """Return the servers that it hands on to, if it is a proxy, as far as the files tell; it never raises."""
        return ()

    def shown_settings(self) -> Iterable[Setting]:
        return self.settings.values()

    def where(self, name: str) -> Location:
        """Return the place of the setting `name`, or of the service where it is a default."""
        setting = self.settings.get(name)
        return setting.at if setting is not None and setting.at is not None else self.at


T_co = TypeVar("T_co", covariant=True)


class Facts(Sequence[T_co], Generic[T_co]):
    """All facts of one type in the estate, in a stable order; the scope of a check that compares them."""

    def __init__(self, items: Sequence[T_co]) -> None:
        self._items = tuple(items)

    def __getitem__(self, index: int) -> T_co:  # type: ignore[override]  # slices are not needed
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._items)
