"""Asks the modules of this machine: run as root in a mount namespace, which ends with the process.

Standard input holds a JSON list of [service, kind, line, user id of the caller]; standard output gets the list of the
results. The user is `tester` (user id 1500, a password that the conversation does not know), whom only this namespace has.
"""

import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RESULTS = (
    "success open_err symbol_err service_err system_err buf_err perm_denied auth_err cred_insufficient "
    "authinfo_unavail user_unknown maxtries new_authtok_reqd acct_expired session_err cred_unavail cred_expired "
    "cred_err no_module_data conv_err authtok_err authtok_recover_err authtok_lock_busy authtok_disable_aging "
    "try_again ignore abort authtok_expired module_unknown bad_item conv_again incomplete"
).split()
"""The results of `_pam_types.h` by number."""
_CALL = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p)


_DELAY = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p)
_PAM_FAIL_DELAY = 10
_PAM_ESTABLISH_CRED = 2


class _Response(ctypes.Structure):
    _fields_ = (("text", ctypes.c_void_p), ("code", ctypes.c_int))


class _Conversation(ctypes.Structure):
    _fields_ = (("function", _CALL), ("data", ctypes.c_void_p))


_c = ctypes.CDLL(None)
_c.calloc.restype = _c.strdup.restype = ctypes.c_void_p
_pam = ctypes.CDLL("libpam.so.0")
_pam.pam_start_confdir.argtypes = [ctypes.c_char_p] * 2 + [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]


def _answer(count: int, messages: int, responses: "ctypes.Array[ctypes.c_void_p]", data: int) -> int:
    """Give a wrong password to every prompt; libpam frees the memory."""
    del messages, data
    memory = _c.calloc(count, ctypes.sizeof(_Response))
    for response in (_Response * count).from_address(memory):
        response.text = _c.strdup(b"wrong")
    responses[0] = memory
    return 0


def _ask(folder: str, service: str, kind: str, line: str) -> str:
    # Under [default=ok] the stack's result is that of its only module.
    Path(folder, service).write_text(f"{'account' if kind == 'account' else 'auth'} [default=ok] {line}\n")
    handle, conversation = ctypes.c_void_p(), _Conversation(_CALL(_answer), None)
    code = _pam.pam_start_confdir(
        service.encode(), b"tester", ctypes.byref(conversation), folder.encode(), ctypes.byref(handle)
    )
    assert code == 0, line
    at_once = _DELAY(lambda *_: None)
    _pam.pam_set_item(handle, _PAM_FAIL_DELAY, at_once)
    if kind == "credentials":
        code = int(_pam.pam_setcred(handle, _PAM_ESTABLISH_CRED))
    else:
        code = int((_pam.pam_authenticate if kind == "auth" else _pam.pam_acct_mgmt)(handle, 0))
    _pam.pam_end(handle, code)
    return RESULTS[code]


def _apart(folder: str, service: str, kind: str, line: str, caller: int) -> str:
    """Ask in a process of its own, started by `caller`: modules may abort and look at the real user id."""
    shutil.rmtree("/run/faillock", ignore_errors=True)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setresuid(caller, 0, 0)
        os.write(writing, _ask(folder, service, kind, line).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, encoding="ascii") as pipe:
        return pipe.read()


def _make_world(folder: str) -> None:
    for name, line in (
        ("passwd", "tester:x:1500:1500::/nonexistent:/bin/sh"),
        ("shadow", "tester:!:19000:0:99999:7:::"),
    ):
        copy = Path(folder, f"copy-of-{name}")
        copy.write_text(Path("/etc", name).read_text().rstrip("\n") + f"\n{line}\n")
        subprocess.run(["mount", "--bind", str(copy), f"/etc/{name}"], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "tally", "/run"], check=True)  # pam_faillock counts there


def main() -> None:
    """Answer the questions."""
    questions = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        _make_world(folder)
        json.dump([_apart(folder, *question) for question in questions], sys.stdout)


if __name__ == "__main__":
    main()
