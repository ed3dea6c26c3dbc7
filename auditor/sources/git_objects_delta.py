"""Deltas of git's packs (gitformat-pack(5), "Deltified representation")."""

from .git_objects_error import ObjectError, TooLargeError


def apply_delta(base: bytes, delta: bytes, limit: int) -> bytes:
    """Return what `delta` makes of `base`.

    Raises:
        ObjectError: it belongs to another base, is damaged, or makes more than `limit` bytes.
    """
    try:
        return _apply(base, delta, limit)
    except IndexError:
        raise ObjectError("a delta is damaged") from None


def _apply(base: bytes, delta: bytes, limit: int) -> bytes:
    base_size, position = _size(delta, 0)
    size, position = _size(delta, position)
    if base_size != len(base):
        raise ObjectError("a delta is damaged")
    if size > limit:
        raise TooLargeError(f"an object is larger than {limit // 1024 // 1024} MiB")
    parts: list[bytes] = []
    made = 0
    end = len(delta)
    while position < end:
        code = delta[position]
        position += 1
        if code & 0x80:
            offset = count = 0
            for shift in range(4):
                if code >> shift & 1:
                    offset |= delta[position] << 8 * shift
                    position += 1
            for shift in range(3):
                if code >> (4 + shift) & 1:
                    count |= delta[position] << 8 * shift
                    position += 1
            part = base[offset : offset + (count or 0x10000)]
            count = count or 0x10000
        else:
            count = code
            part = delta[position : position + count]
            position += count
        made += count
        # Code 0 is reserved; a part that is cut short reaches beyond its source.
        if not code or len(part) != count or made > size:
            raise ObjectError("a delta is damaged")
        parts.append(part)
    if made != size:
        raise ObjectError("a delta is damaged")
    return b"".join(parts)


def _size(data: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return value, position
        shift += 7
        if shift > 56:
            raise ObjectError("a delta is damaged")
