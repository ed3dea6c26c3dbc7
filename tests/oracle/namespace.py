"""A network namespace of the test's own: loopback and a second address that stands for a remote client's."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

SECOND_ADDRESS = "10.99.0.1"
_CLONE_NEWNET = 0x40000000


class NoNamespaceError(Exception):
    """The system does not let this process make a network namespace; the text says why."""


class Namespace:
    """Runs functions in one thread that lives in the namespace; the processes it starts live there too."""

    def __init__(self, executor: ThreadPoolExecutor) -> None:
        self._executor = executor

    def run(self, function: Callable[[], T]) -> T:
        """Return what `function` returns when called inside the namespace."""
        return self._executor.submit(function).result()


def _enter() -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(_CLONE_NEWNET) != 0:
        raise NoNamespaceError(os.strerror(ctypes.get_errno()))
    for command in (["link", "set", "lo", "up"], ["address", "add", f"{SECOND_ADDRESS}/32", "dev", "lo"]):
        subprocess.run([_ip(), *command], check=True, capture_output=True)


def _ip() -> str:
    found = shutil.which("ip") or shutil.which("ip", path="/usr/sbin:/sbin")
    if found is None:
        raise NoNamespaceError("the program ip is not installed")
    return found


@contextmanager
def network_namespace() -> Generator[Namespace, None, None]:
    """Make a namespace with loopback and `SECOND_ADDRESS`, gone with its last process.

    Raises:
        NoNamespaceError: this process may not make one (it needs CAP_SYS_ADMIN).
    """
    with ThreadPoolExecutor(max_workers=1) as executor:
        namespace = Namespace(executor)
        namespace.run(_enter)
        yield namespace
