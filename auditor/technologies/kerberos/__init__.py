"""Kerberos: krb5.conf, kdc.conf and kadm5.acl."""

from .acl import KadmAcl
from .enctypes import weak_keys_in
from .service import LISTS, Kdc, Kerberos, KerberosPart, KeyTables, is_clear_ldap, named_realm
from .technology import KERBEROS

__all__ = [
    "KERBEROS",
    "LISTS",
    "KadmAcl",
    "Kdc",
    "Kerberos",
    "KerberosPart",
    "KeyTables",
    "is_clear_ldap",
    "named_realm",
    "weak_keys_in",
]
