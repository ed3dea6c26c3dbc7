"""Algorithms that are known to be weak, in lists with their signs.

Sources: `kex_assemble_names` in `kex.c` and `myproposal.h` (OpenSSH 7.4 to 10.5); release notes 7.0 (1024-bit groups,
CBC), 7.6 (arcfour, blowfish and CAST removed) and 8.8 (signatures with SHA-1).
"""

from fnmatch import fnmatchcase
from typing import Final

_WEAK: Final = {
    "ciphers": ("3des-cbc", "aes*-cbc", "arcfour*", "blowfish-cbc", "cast128-cbc", "rijndael-cbc*", "des-cbc*", "none"),
    "macs": ("hmac-md5*", "hmac-sha1-96*", "hmac-ripemd160*", "none"),
    "kexalgorithms": (
        "diffie-hellman-group1-sha1",
        "diffie-hellman-group14-sha1",
        "diffie-hellman-group-exchange-sha1",
    ),
    "hostkeyalgorithms": ("ssh-rsa", "ssh-dss", "ssh-rsa-cert-*", "ssh-dss-cert-*"),
    "pubkeyacceptedalgorithms": ("ssh-rsa", "ssh-dss", "ssh-rsa-cert-*", "ssh-dss-cert-*"),
}


def weak_in(key: str, written: str) -> list[str]:
    """Return the weak algorithms that a list switches on; sshd offers none of them by itself.

    `+` adds to the algorithms that sshd offers, `^` puts some before them, and `-` takes away.
    """
    if written.startswith("-"):
        return []
    names = [name for name in written.lstrip("+^").split(",") if name]
    return [name for name in names if any(fnmatchcase(name, pattern) for pattern in _WEAK.get(key, ()))]


_CIPHERS = (
    "3des-cbc aes128-cbc aes192-cbc aes256-cbc aes128-ctr aes192-ctr aes256-ctr aes128-gcm@openssh.com "
    "aes256-gcm@openssh.com chacha20-poly1305@openssh.com"
).split()
_MACS = (
    "hmac-sha1 hmac-sha1-96 hmac-sha2-256 hmac-sha2-512 hmac-md5 hmac-md5-96 umac-64@openssh.com umac-128@openssh.com "
    "hmac-sha1-etm@openssh.com hmac-sha1-96-etm@openssh.com hmac-sha2-256-etm@openssh.com "
    "hmac-sha2-512-etm@openssh.com hmac-md5-etm@openssh.com hmac-md5-96-etm@openssh.com "
    "umac-64-etm@openssh.com umac-128-etm@openssh.com"
).split()
_EXCHANGES = (
    "diffie-hellman-group1-sha1 diffie-hellman-group14-sha1 diffie-hellman-group14-sha256 "
    "diffie-hellman-group16-sha512 diffie-hellman-group18-sha512 diffie-hellman-group-exchange-sha1 "
    "diffie-hellman-group-exchange-sha256 ecdh-sha2-nistp256 ecdh-sha2-nistp384 ecdh-sha2-nistp521 curve25519-sha256 "
    "curve25519-sha256@libssh.org sntrup761x25519-sha512 sntrup761x25519-sha512@openssh.com "
    "sntrup4591761x25519-sha512@tinyssh.org mlkem768x25519-sha256"
).split()
_GONE = (
    "arcfour arcfour128 arcfour256 blowfish-cbc cast128-cbc rijndael-cbc@lysator.liu.se hmac-ripemd160 "
    "hmac-ripemd160@openssh.com hmac-ripemd160-etm@openssh.com none"
).split()
"""Removed in OpenSSH 7.6; a configuration with one of them may be that of an older version."""
_KNOWN: Final = {"ciphers": _CIPHERS, "macs": _MACS, "kexalgorithms": _EXCHANGES}


def is_accepted(key: str, written: str, *, recent: bool) -> bool:
    """Tell whether sshd takes a list of ciphers, MACs or key exchanges; of other lists nothing is said.

    `recent` is whether the version is known to be 7.6 or later.
    """
    known = _KNOWN.get(key)
    if known is None or written.startswith("-"):
        return True
    names = written.removeprefix("+").removeprefix("^").split(",")
    return all(name in known or (not recent and name in _GONE) or name.startswith("gss-") for name in names)
