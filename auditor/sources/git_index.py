"""Git's index file (gitformat-index(5), versions 2 to 4), read without git and without trust in its contents."""

import struct
from typing import Final

from auditor.records import dataclass

_HEADER: Final = struct.Struct(">4sII")
_EXTENSION: Final = struct.Struct(">4sI")
_STAT_SIZE: Final = 40
"""Bytes of the cached stat data; the mode is its seventh number."""
_MODE: Final = struct.Struct(">24xI")
_SYMLINK: Final = 0o120000
_SUBMODULE: Final = 0o160000
_DIRECTORY: Final = 0o040000


class IndexFormatError(Exception):
    """The bytes are no index that can be relied on."""


@dataclass(frozen=True)
class Index:
    """What the index says: blob ids in hexadecimal by path.

    A blob is None where the index has no single one to compare a file's bytes with: a merge conflict, a file only
    announced by `git add -N`, a symbolic link. `folders` are submodules and folders of a sparse index, without their
    contents.
    """

    blobs: dict[str, str | None]
    folders: frozenset[str]


def parse_index(data: bytes, id_length: int = 20) -> Index:
    """Read an index whose object ids have `id_length` bytes (20 for SHA-1, 32 for SHA-256).

    Raises:
        IndexFormatError: it is damaged, of another version, or a split index, whose entries stand in a second file.
    """
    try:
        return _parse(data, id_length)
    except (struct.error, IndexError, ValueError) as error:
        raise IndexFormatError("the index is damaged") from error


def _parse(data: bytes, id_length: int) -> Index:
    signature, version, count = _HEADER.unpack_from(data)
    if signature != b"DIRC" or version not in {2, 3, 4}:
        raise IndexFormatError("not an index of version 2, 3 or 4")
    blobs: dict[str, str | None] = {}
    folders: set[str] = set()
    position = _HEADER.size
    path = b""
    for _ in range(count):
        start = position
        (mode,) = _MODE.unpack_from(data, start)
        position += _STAT_SIZE
        blob = data[position : position + id_length]
        position += id_length
        flags = int.from_bytes(data[position : position + 2], "big")
        position += 2
        is_announced = False
        if flags & 0x4000:
            is_announced = bool(data[position] & 0x20)
            position += 2
        if version == 4:
            strip, position = _varint(data, position)
            if strip > len(path):
                raise IndexFormatError("a path is shorter than what it removes")
            end = data.index(b"\0", position)
            path = path[: len(path) - strip] + data[position:end]
            position = end + 1
        else:
            end = data.index(b"\0", position)
            path = data[position:end]
            position = start + (end - start + 8) // 8 * 8
        if position > len(data) - id_length:
            raise IndexFormatError("the index is cut off")
        name = path.decode("utf-8", "surrogateescape")
        if mode in {_SUBMODULE, _DIRECTORY}:
            folders.add(name.rstrip("/"))
            continue
        has_blob = not flags & 0x3000 and mode != _SYMLINK and not is_announced
        blobs[name] = blob.hex() if has_blob else None
    _refuse_split(data, position, id_length)
    return Index(blobs, frozenset(folders))


def _varint(data: bytes, position: int) -> tuple[int, int]:
    """Read git's offset encoding (as in pack files); more than five bytes are no length of a path."""
    byte = data[position]
    value = byte & 0x7F
    for index in range(position + 1, position + 6):
        if not byte & 0x80:
            return value, index
        byte = data[index]
        value = ((value + 1) << 7) | (byte & 0x7F)
    raise IndexFormatError("a length has too many bytes")


def _refuse_split(data: bytes, position: int, id_length: int) -> None:
    while position + _EXTENSION.size <= len(data) - id_length:
        signature, size = _EXTENSION.unpack_from(data, position)
        if signature == b"link":
            raise IndexFormatError("a split index")
        position += _EXTENSION.size + size
