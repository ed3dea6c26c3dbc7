"""Tell PAM's files and those that go with them from others."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_FOLDER = lazy(r"(?:^|/)pam\.d/[^/]+$")
_NAMES = lazy(r"(?:common-(?:auth|password|account|session)|(?:system|password)-auth)(?:\.(?:j2|tmpl|template|erb))?")
_LINE = lazy(r"^[ \t]*(?:-?(?:auth|account|password|session)[ \t]+(?:\[[^\]\n]*\]|\w+)[ \t]+\S|@include[ \t]+\S)", re.M)
_TEMPLATE = r"(?:\.(?:j2|jinja2?|tmpl|template|erb|dist|bak|orig))*"
_OTHERS = {
    "pwquality": (
        lazy(rf"pwquality\.conf{_TEMPLATE}"),
        lazy(r"^[ \t]*#?[ \t]*(?:minlen|difok|minclass|dcredit)\b", re.M),
    ),
    "faillock": (
        lazy(rf"faillock\.conf{_TEMPLATE}"),
        lazy(r"^[ \t]*#?[ \t]*(?:deny|unlock_time|silent|audit)\b", re.M),
    ),
    "login.defs": (
        lazy(rf"login\.defs{_TEMPLATE}"),
        lazy(r"^[ \t]*(?:UID_MIN|PASS_MAX_DAYS|UMASK|ENCRYPT_METHOD|MAIL_DIR)[ \t]+\S", re.M),
    ),
}


_DROP_IN = lazy(r"(?:^|/)pwquality\.conf\.d/[^/]+\.conf$")
_QUALITY = lazy(
    r"^[ \t]*#?[ \t]*(?:minlen|difok|minclass|maxrepeat|maxsequence|maxclassrepeat|[dulo]credit|gecoscheck|dictcheck|"
    r"usercheck|usersubstr|enforcing|enforce_for_root|retry|badwords|dictpath|local_users_only)\b",
    re.M,
)


def is_drop_in(path: str) -> bool:
    """Tell whether a path is that of a drop-in of pwquality.conf."""
    return "pwquality.conf.d/" in path and _DROP_IN.search(path) is not None


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file decides about log-ins and passwords, None if it does not."""
    if "pam.d/" in path or "-auth" in name or name.startswith("common-"):
        if (_FOLDER.search(path) or _NAMES.fullmatch(name)) and _LINE.search(head):
            return Recognition("a file of pam.d, with lines of it", 3)
        return None
    if is_drop_in(path):
        return Recognition("a drop-in of pwquality.conf", 3) if _QUALITY.search(head) else None
    for word, (pattern, line) in _OTHERS.items():
        if word in name and pattern.fullmatch(name) and line.search(head):
            return Recognition(f"named {word}, with settings of it", 3)
    return None


TECHNOLOGY = Registered(
    "pam",
    "PAM",
    "auditor.technologies.pam:PAM",
    recognise,
    is_platform=True,
    files="pam.d, pwquality.conf, faillock.conf, login.defs",
    versions="Linux-PAM 1.5, libpwquality 1.4, shadow 4.13",
    compared_with="libpam 1.5",
)
