"""Which files say what a host mounts, and which folders it exports."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_TEMPLATE = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|erb|orig|bak))*"
_FSTAB = lazy(r"(?:.*[._-])?fstab(?:[._-][\w-]+)*")
_NOT_FSTAB = lazy(r".*\.(?:c|cc|cpp|go|h|html?|js|json|lua|md|nix|pl|pp|py|rb|rs|rst|sh|ts|txt|xml|ya?ml|[0-9])")
_FSTAB_LINE = lazy(
    r"^[ \t]*(?!/dev/block/)[^#\s]\S*[ \t]+(?:/\S*|none|swap)[ \t]+[a-z][\w.,-]*(?:[ \t]+\S+|[ \t]*$)", re.M
)
_UNIT = lazy(rf"[\w:.\\-]+\.mount{_TEMPLATE}")
_DROP_IN_FOLDER = lazy(r"(?:^|/)[\w:.\\-]+\.mount\.d/[^/]+$")
_EXPORTS = lazy(rf"(?:.*[._-])?exports{_TEMPLATE}")
_EXPORT_LINE = lazy(
    r"^[ \t]*\"?/[^\n(]*\([^)\n]*\b(?:rw|ro|a?sync|(?:no_)?root_squash|all_squash|(?:no_)?subtree_check|insecure|sec=)",
    re.M,
)
_KICKSTART = lazy(rf".+\.ks{_TEMPLATE}|(?:.*[._-])?(?:ks|kickstart)(?:[._-][\w-]+)*\.cfg{_TEMPLATE}")
_KICKSTART_LINE = lazy(r"^(?:part(?:ition)?|logvol|autopart|bootloader|rootpw|%packages)\b", re.M)
_TEMPLATE_END = lazy(rf"{_TEMPLATE}$")


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is fstab, a mount unit or its drop-in, exports or a kickstart file, None if it is none."""
    if "fstab" in name:
        bare = _TEMPLATE_END.sub("", name)
        if _FSTAB.fullmatch(bare) and not _NOT_FSTAB.fullmatch(bare) and _FSTAB_LINE.search(head):
            return Recognition("named like fstab, with lines of it", 3)
        return None
    if ".mount" in name or ".mount.d/" in path:
        if "[Mount]" not in head:
            return None
        if _UNIT.fullmatch(name):
            return Recognition("named as a mount unit, with a section [Mount]", 3)
        if ".conf" in name and _DROP_IN_FOLDER.search(path):
            return Recognition("a drop-in of a mount unit", 3)
        return None
    if "exports" in name:
        found = _EXPORTS.fullmatch(name) is not None and _EXPORT_LINE.search(head) is not None
        return Recognition("named like exports, with folders and clients", 3) if found else None
    if (".ks" in name or ".cfg" in name) and _KICKSTART.fullmatch(name) and _KICKSTART_LINE.search(head):
        return Recognition("named like a kickstart file, with commands of it", 3)
    return None


TECHNOLOGY = Registered(
    "mounts",
    "Mounts and exports",
    "auditor.technologies.mounts:MOUNTS",
    recognise,
    is_platform=True,
    files="fstab, mount units and their drop-ins, kickstart files, cloud-init's mounts, /etc/exports",
    versions="util-linux 2.38, systemd 252, nfs-utils 2.6",
    compared_with="mount of util-linux 2.38",
)
