"""Git's objects, loose and packed, read without git and without trust in what they hold.

Nothing of the repository's configuration is looked at. Alternates (`objects/info/alternates`) are not followed, since
they lead out of the repository, and what a partial clone left out is not fetched: such an object is not there. Names
are not verified against contents; whoever can write the objects can write any history.
"""

import os
import zlib
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Final, Literal, Protocol

from auditor.records import dataclass

from .git_objects_delta import apply_delta
from .git_objects_error import LimitError, ObjectError, TooLargeError
from .git_objects_pack import Pack, inflated
from .regular_file import read_regular

Kind = Literal["commit", "tree", "blob", "tag"]

MAX_OBJECT: Final = 5 * 1024 * 1024
"""Bytes of one object: as of a file that is scanned. Larger ones are no configuration."""
MAX_BYTES: Final = 2 * 1024 * 1024 * 1024
"""Bytes read of one repository in all, after decompression; ten thousand commits of a large project need a tenth."""
MAX_SECONDS: Final = 20.0
"""How long reading one repository may take."""
_MAX_DELTAS: Final = 4095
"""Deltas on one another: the most that `pack.depth` of git allows (git-config(1), 2.39)."""
_MAX_PACKS: Final = 200
"""Packs of one repository; git joins them beyond 50 (`gc.autoPackLimit`)."""
_KEPT_BYTES: Final = 32 * 1024 * 1024
"""Bytes of objects kept as bases for deltas."""
_KINDS: Final[dict[bytes, Kind]] = {b"commit": "commit", b"tree": "tree", b"blob": "blob", b"tag": "tag"}
_PACKED_KINDS: Final[dict[int, Kind]] = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}


class Objects(Protocol):
    """Objects by their binary id."""

    def read(self, name: bytes) -> tuple[Kind, bytes]:
        """Return an object's kind and content.

        Raises:
            ObjectError: it is not there, damaged or beyond a limit.
        """
        ...

    def close(self) -> None:
        """Let go of open files."""
        ...


@dataclass
class Allowance:
    """What reading a repository may still cost. `clock` counts seconds."""

    bytes: int = MAX_BYTES
    seconds: float = MAX_SECONDS
    clock: Callable[[], float] = monotonic

    def __post_init__(self) -> None:
        self._end = self.clock() + self.seconds

    def spend(self, count: int) -> None:
        """Account for `count` bytes.

        Raises:
            LimitError: there is nothing left.
        """
        self.bytes -= count
        if self.bytes < 0:
            raise LimitError("the history is larger than what is read of one")
        if self.clock() > self._end:
            raise LimitError(f"reading the history takes longer than {self.seconds:g} seconds")


class RepositoryObjects:
    """The objects in the folder `objects` of a repository. `id_length` is 20 bytes for SHA-1, 32 for SHA-256."""

    def __init__(self, folder: Path, id_length: int, allowance: Allowance) -> None:
        self._folder = Path(os.path.realpath(folder))
        self._id_length = id_length
        self._allowance = allowance
        self._packs: list[Pack] | None = None
        self._kept: OrderedDict[tuple[int, int], tuple[Kind, bytes]] = OrderedDict()
        self._kept_bytes = 0

    def close(self) -> None:
        for pack in self._packs or ():
            pack.close()

    def read(self, name: bytes) -> tuple[Kind, bytes]:
        packs = self._open_packs()
        for index, pack in enumerate(packs):
            offset = pack.find(name)
            if offset is not None:
                if index:  # neighbours in history lie in one pack
                    packs.insert(0, packs.pop(index))
                return self._packed(pack, offset)
        return self._loose(name)

    def _loose(self, name: bytes) -> tuple[Kind, bytes]:
        text = name.hex()
        folder = self._folder / text[:2]
        if os.path.realpath(folder) != str(folder):
            raise ObjectError("a folder of git's objects is a symbolic link")
        data = read_regular(folder / text[2:], MAX_OBJECT)
        if not data:
            if os.path.lexists(folder / text[2:]):
                raise TooLargeError("an object is too large or no regular file")
            raise ObjectError(self._why_missing())
        self._allowance.spend(len(data))
        stream = zlib.decompressobj()
        try:
            content = stream.decompress(data, MAX_OBJECT + 64)
        except zlib.error:
            raise ObjectError("an object is damaged") from None
        header, end, body = content.partition(b"\0")
        kind, _, size = header.partition(b" ")
        if stream.unconsumed_tail or len(body) > MAX_OBJECT:
            raise TooLargeError(f"an object is larger than {MAX_OBJECT // 1024 // 1024} MiB")
        if not end or kind not in _KINDS or size != b"%d" % len(body) or not stream.eof:
            raise ObjectError("an object is damaged")
        self._allowance.spend(len(body))
        return _KINDS[kind], body

    def _why_missing(self) -> str:
        if os.path.lexists(self._folder / "info" / "alternates"):
            return "a part of its objects is kept in another repository"
        return "an object of the history is not in this copy of the repository"

    def _open_packs(self) -> list[Pack]:
        if self._packs is None:
            folder = self._folder / "pack"
            if os.path.realpath(folder) != str(folder):
                raise ObjectError("the folder of git's packs is a symbolic link")
            try:
                indexes = sorted(path for path in folder.iterdir() if path.suffix == ".idx")
            except OSError:
                indexes = []
            if len(indexes) > _MAX_PACKS:
                raise LimitError(f"the repository has more than {_MAX_PACKS} packs")
            self._packs = [Pack(path, self._id_length) for path in indexes]
        return self._packs

    def _packed(self, pack: Pack, offset: int) -> tuple[Kind, bytes]:
        """Return the object at `offset`, a whole one with the deltas on it applied."""
        deltas: list[tuple[int, bytes]] = []
        while (kept := self._kept.get((pack.number, offset))) is None:
            entry = pack.entry(offset, MAX_OBJECT)
            self._allowance.spend(entry.size)
            data = inflated(entry, pack)
            if entry.base is None:
                if entry.kind not in _PACKED_KINDS:
                    raise ObjectError("a pack is damaged")
                kept = (_PACKED_KINDS[entry.kind], data)
                self._keep(pack.number, offset, kept)
                break
            deltas.append((offset, data))
            if len(deltas) > _MAX_DELTAS:
                raise LimitError(f"more than {_MAX_DELTAS} deltas stand on one another")
            offset = entry.base
        else:
            self._kept.move_to_end((pack.number, offset))
        kind, content = kept
        for place, delta in reversed(deltas):
            content = apply_delta(content, delta, MAX_OBJECT)
            self._allowance.spend(len(content))
            self._keep(pack.number, place, (kind, content))
        return kind, content

    def _keep(self, pack: int, offset: int, found: tuple[Kind, bytes]) -> None:
        self._kept[pack, offset] = found
        self._kept_bytes += len(found[1])
        while self._kept_bytes > _KEPT_BYTES:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._kept_bytes -= len(dropped)
