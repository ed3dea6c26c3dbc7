"""Tell vsftpd.conf from other files of names and values."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig))*"
_NAME = lazy(rf"(?:.*[._-])?vsftpd(?:[._-][\w-]*)?\.conf{_VARIANT}|vsftpd\.conf.*")
_OWN = lazy(
    r"^[ \t]*(anonymous_enable|local_enable|write_enable|anon_\w+|chroot_local_user|chroot_list_\w+|xferlog_\w+|"
    r"connect_from_port_20|dirmessage_enable|pasv_\w+|force_local_\w+_ssl|rsa_cert_file|secure_chroot_dir|"
    r"pam_service_name|userlist_\w+|listen_ipv6|listen|ssl_enable|local_umask|allow_writeable_chroot|guest_\w+|"
    r"local_root|ftpd_banner|seccomp_sandbox|use_localtime|user_sub_token)[ \t]*=",
    re.M | re.I,
)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file configures vsftpd, None if it does not."""
    named = "vsftpd" in name and _NAME.fullmatch(name) is not None
    if not named and (".conf" not in name or "anonymous_enable" not in head):
        return None
    found = set(_OWN.findall(head))
    if named and found:
        return Recognition("named like vsftpd.conf, with settings of vsftpd", 3)
    return Recognition("settings of vsftpd", 2) if len(found) >= 4 else None


TECHNOLOGY = Registered(
    "vsftpd",
    "vsftpd",
    "auditor.technologies.vsftpd:VSFTPD",
    recognise,
    words=("vsftpd",),
    files="vsftpd.conf",
    versions="3.0",
    compared_with="vsftpd 3.0",
)
