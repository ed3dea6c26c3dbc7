"""What MIT's library says of a configuration, asked through its C interface."""

import ctypes
from collections.abc import Sequence
from pathlib import Path

from auditor.records import dataclass


class RefusedError(Exception):
    """The library does not take the file."""


@dataclass(frozen=True)
class Library:
    """libkrb5, loaded."""

    calls: ctypes.CDLL

    def values(self, path: Path, names: Sequence[str]) -> list[str]:
        """Return all values of a name.

        Raises:
            RefusedError: the file is not taken.
        """
        profile = self._open(path)
        array = (ctypes.c_char_p * (len(names) + 1))(*[name.encode() for name in names], None)
        found = ctypes.POINTER(ctypes.c_char_p)()
        code = self.calls.profile_get_values(profile, array, ctypes.byref(found))
        values: list[str] = []
        while code == 0 and (value := found[len(values)]) is not None:
            values.append(value.decode())
        self.calls.profile_release(profile)
        return values

    def permitted(self, path: Path) -> list[int] | None:
        """Return the numbers of the encryption types that may be used, None if there are none.

        Raises:
            RefusedError: programs do not start with the file.
        """
        profile, context = self._open(path), ctypes.c_void_p()
        if self.calls.krb5_init_context_profile(profile, 0, ctypes.byref(context)):
            raise RefusedError
        found = ctypes.POINTER(ctypes.c_int)()
        if self.calls.krb5_get_permitted_enctypes(context, ctypes.byref(found)):
            return None
        numbers: list[int] = []
        while number := found[len(numbers)]:
            numbers.append(number)
        self.calls.krb5_free_context(context)
        return numbers

    def seconds(self, text: str) -> int | None:
        """Return a duration, None if the library does not take the text."""
        length = ctypes.c_int32()
        code = self.calls.krb5_string_to_deltat(text.encode(), ctypes.byref(length))
        return None if code else length.value

    def _open(self, path: Path) -> ctypes.c_void_p:
        profile = ctypes.c_void_p()
        if self.calls.profile_init_path(str(path).encode(), ctypes.byref(profile)):
            raise RefusedError
        return profile


def load() -> Library | None:
    """Return the library, None where it is not installed."""
    try:
        return Library(ctypes.CDLL("libkrb5.so.3"))
    except OSError:
        return None
