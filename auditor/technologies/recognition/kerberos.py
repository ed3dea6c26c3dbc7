"""Tell krb5.conf, kdc.conf and kadm5.acl from other files of their names."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_TEMPLATE = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|erb|orig|bak))*"
_CLIENT = lazy(rf"(?:.*[._-])?krb5(?:[._-][\w-]+)?\.(?:conf|ini){_TEMPLATE}")
_KDC = lazy(rf"(?:.*[._-])?kdc(?:[._-][\w-]+)?\.conf{_TEMPLATE}")
_ACL = lazy(rf"(?:.*[._-])?kadm5?(?:[._-][\w-]+)?\.acl{_TEMPLATE}")
_DROP_IN = lazy(r"(?:^|/)krb5\.conf\.d/[^/]+$")
_SECTION = lazy(
    r"^[ \t]*\[(?:libdefaults|realms|domain_realm|kdcdefaults|dbmodules|capaths|appdefaults|plugins)\]", re.M | re.I
)
_INCLUDE = lazy(r"^include(?:dir)?[ \t]+/", re.M)
_ACL_LINE = lazy(r"^[ \t]*+(?=[^\s#]*[\w*])[^\s#]++[ \t]++[admcilpsexADMCILPSEX*]++(?:[ \t]|$)", re.M)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file configures Kerberos, None if it does not."""
    if "krb5" in name or "krb5.conf.d/" in path:
        if _SECTION.search(head):
            if _CLIENT.fullmatch(name):
                return Recognition("named like krb5.conf, with its sections", 3)
            if _DROP_IN.search(path):
                return Recognition("a file of krb5.conf.d, with its sections", 3)
        elif _CLIENT.fullmatch(name) and _INCLUDE.search(head):
            return Recognition("named like krb5.conf, with includes", 3)
        return None
    if "kdc" in name and _KDC.fullmatch(name) and _SECTION.search(head):
        return Recognition("named like kdc.conf, with its sections", 3)
    if "kadm" in name and _ACL.fullmatch(name) and _ACL_LINE.search(head):
        return Recognition("named like kadm5.acl, with entries of it", 3)
    if name.endswith(".keytab"):
        return Recognition("named as a table of Kerberos keys", 2, is_binary=True)
    return None


TECHNOLOGY = Registered(
    "kerberos",
    "Kerberos",
    "auditor.technologies.kerberos:KERBEROS",
    recognise,
    words=("krb5kdc", "kadmind"),
    is_platform=True,
    files="krb5.conf, krb5.conf.d, krb5.ini, kdc.conf, kadm5.acl; key tables by their names",
    versions="MIT 1.18 to 1.21",
    compared_with="libkrb5 1.20",
)
