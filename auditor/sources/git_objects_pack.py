"""One pack of git's objects with its index (gitformat-pack(5), index version 2)."""

import os
import stat
import struct
import zlib
from bisect import bisect_left
from itertools import count
from pathlib import Path
from typing import Final

from auditor.records import dataclass

from .git_objects_error import ObjectError, TooLargeError

_MAGIC: Final = b"\xfftOc\0\0\0\2"
_NAMES: Final = 8 + 256 * 4
"""Where an index lists the ids: behind its magic number and the 256 counts."""
_MAX_BUCKET: Final = 32 * 1024 * 1024
"""Bytes of the ids with one first byte. The Linux kernel, with nine million objects, has 0.7 MiB."""
_CHUNK: Final = 4096
_OFFSET_DELTA: Final = 6
_ID_DELTA: Final = 7
_numbers = count()


@dataclass(frozen=True)
class PackEntry:
    """An object in a pack: its kind as a number, `size` in bytes, and where its compressed data begin.

    `base` is the offset of the object that a delta belongs to. `head` are the first of the compressed data.
    """

    kind: int
    size: int
    base: int | None
    start: int
    head: bytes


class Pack:
    """A pack whose index is the file `index`. Files are opened when an object is looked for, and never as links."""

    def __init__(self, index: Path, id_length: int) -> None:
        self.number = next(_numbers)
        self._index_path = index
        self._id_length = id_length
        self._index: int | None = None
        self._pack: int | None = None
        self._counts: tuple[int, ...] = ()
        self._buckets: dict[int, bytes] = {}

    def close(self) -> None:
        for descriptor in (self._index, self._pack):
            if descriptor is not None:
                os.close(descriptor)
        self._index = self._pack = None

    def find(self, name: bytes) -> int | None:
        """Return the offset of an object, None if the pack has none of that id."""
        if not self._counts:
            self._counts = self._read_counts()
        first = self._counts[name[0] - 1] if name[0] else 0
        total = self._counts[name[0]] - first
        if not total:
            return None
        length = self._id_length
        bucket = self._buckets.get(name[0])
        if bucket is None:
            if total * length > _MAX_BUCKET:
                raise ObjectError("the index of a pack is damaged")
            assert self._index is not None
            bucket = _read(self._index, total * length, _NAMES + first * length)
            self._buckets[name[0]] = bucket
        place = bisect_left(range(total), name, key=lambda at: bucket[at * length : (at + 1) * length])
        if bucket[place * length : (place + 1) * length] != name:
            return None
        return self._offset(first + place)

    def _read_counts(self) -> tuple[int, ...]:
        """Return how many objects have an id whose first byte is at most 0, 1 … 255."""
        if self._index is None:
            self._index = _open(self._index_path)
        head = _read(self._index, _NAMES, 0)
        counts = struct.unpack(">256I", head[8:])
        if head[:8] != _MAGIC or list(counts) != sorted(counts):
            raise ObjectError("the index of a pack is damaged or of a version that is not read")
        return counts

    def _offset(self, place: int) -> int:
        assert self._index is not None
        total = self._counts[-1]
        offsets = _NAMES + total * (self._id_length + 4)
        (offset,) = struct.unpack(">I", _read(self._index, 4, offsets + place * 4))
        if offset & 0x80000000:
            large = offsets + total * 4 + (offset & 0x7FFFFFFF) * 8
            (offset,) = struct.unpack(">Q", _read(self._index, 8, large))
        if offset >= 1 << 62:
            raise ObjectError("the index of a pack is damaged")
        return int(offset)

    def entry(self, offset: int, limit: int) -> PackEntry:
        """Return what the pack says of the object at `offset`.

        Raises:
            ObjectError: it is damaged, or the object has more than `limit` bytes.
        """
        if self._pack is None:
            self._pack = _open(self._index_path.with_suffix(".pack"))
        data = self.piece(offset)
        try:
            byte, position = data[0], 1
            kind, size, shift = byte >> 4 & 7, byte & 15, 4
            while byte & 0x80 and shift < 60:
                byte = data[position]
                size |= (byte & 0x7F) << shift
                position, shift = position + 1, shift + 7
            base = None
            if kind == _OFFSET_DELTA:
                back, position = _distance(data, position)
                base = offset - back
                if not 0 < base < offset:
                    raise ObjectError("a pack is damaged")
            elif kind == _ID_DELTA:
                base = self.find(data[position : position + self._id_length])
                position += self._id_length
                if base is None:
                    raise ObjectError("a pack is damaged")
        except IndexError:
            raise ObjectError("a pack is damaged") from None
        if size > limit:
            raise TooLargeError(f"an object is larger than {limit // 1024 // 1024} MiB")
        return PackEntry(kind, size, base, offset + position, data[position:])

    def piece(self, offset: int) -> bytes:
        """Return some bytes from `offset` on, b"" at the end."""
        assert self._pack is not None
        try:
            return os.pread(self._pack, _CHUNK, offset)
        except OSError:
            raise ObjectError("a pack cannot be read") from None


def inflated(entry: PackEntry, pack: Pack) -> bytes:
    """Return the decompressed data of an entry.

    Raises:
        ObjectError: they are damaged or of another size.
    """
    stream = zlib.decompressobj()
    data, position = entry.head, entry.start
    parts: list[bytes] = []
    made = 0
    try:
        while not stream.eof and data:
            part = stream.decompress(data, entry.size - made + 1)
            parts.append(part)
            made += len(part)
            if made > entry.size:
                raise ObjectError("a pack is damaged")
            position += len(data) - len(stream.unconsumed_tail)
            data = stream.unconsumed_tail or pack.piece(position)
    except zlib.error:
        raise ObjectError("a pack is damaged") from None
    if made != entry.size or not stream.eof:
        raise ObjectError("a pack is damaged")
    return b"".join(parts)


def _distance(data: bytes, position: int) -> tuple[int, int]:
    """Read the offset encoding of a delta's base."""
    byte = data[position]
    value = byte & 0x7F
    position += 1
    while byte & 0x80:
        byte = data[position]
        position += 1
        value = ((value + 1) << 7) | (byte & 0x7F)
        if value >= 1 << 62:
            raise ObjectError("a pack is damaged")
    return value, position


def _open(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        raise ObjectError("a pack cannot be read") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ObjectError("a pack is no regular file")
    return descriptor


def _read(descriptor: int, size: int, offset: int) -> bytes:
    try:
        data = os.pread(descriptor, size, offset)
    except OSError:
        data = b""
    if len(data) != size:
        raise ObjectError("a pack or its index is cut off")
    return data
