"""Which files configure ClamAV: clamd.conf, freshclam.conf, clamav-milter.conf."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_ENDING = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|erb))*"
_NAME = lazy(rf"(?:.*[._-])?(?:clamd|freshclam|clamav-milter)(?:[._-][\w-]+)?\.conf{_ENDING}|scan\.conf{_ENDING}")
_OPTION = lazy(
    r"^[ \t]*#?[ \t]*(?:LocalSocket|TCPSocket|TCPAddr|FixStaleSocket|DatabaseDirectory|DatabaseMirror|DatabaseOwner"
    r"|ScanArchive|ScanMail|ScanPE|StreamMaxLength|MaxFileSize|MaxScanSize|AlertExceedsMax|OnAccess\w+|LogSyslog"
    r"|MilterSocket|ClamdSocket|OnInfected|OnFail|Checks|NotifyClamd|PrivateMirror|ScriptedUpdates|HeuristicAlerts)"
    r"[ \t]+\S",
    re.M,
)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is one of ClamAV's, None if it is not."""
    if ".conf" not in name or not ("clam" in name or (name.startswith("scan.conf") and "clamd" in path)):
        return None
    if _NAME.fullmatch(name) and _OPTION.search(head):
        return Recognition("named like a file of ClamAV, with its options", 3)
    return None


TECHNOLOGY = Registered(
    "clamav",
    "ClamAV",
    "auditor.technologies.clamav:CLAMAV",
    recognise,
    words=("clamav", "clamd"),
    files="clamd.conf, freshclam.conf, clamav-milter.conf",
    versions="0.103 to 1.5",
    compared_with="clamconf 1.4.6",
)
