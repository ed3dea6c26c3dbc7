"""TLS versions and ciphers (`ssl_cmd_protocol_parse` of mod_ssl 2.4)."""

from collections.abc import Sequence

_VERSIONS = {"sslv3": "SSL 3.0", "tlsv1": "TLS 1.0", "tlsv1.1": "TLS 1.1", "tlsv1.2": "TLS 1.2", "tlsv1.3": "TLS 1.3"}
ALL = frozenset({"TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"})
"""What `all` stands for, and the default (`all -SSLv3`), with an OpenSSL that has no SSL 3.0."""
OLD = ("SSL 3.0", "TLS 1.0", "TLS 1.1")
_WEAK = {
    "rc4": "RC4", "3des": "3DES", "des": "DES", "md5": "MD5", "null": "no encryption", "enull": "no encryption",
    "anull": "no authentication of the server", "adh": "no authentication of the server",
    "aecdh": "no authentication of the server", "exp": "export ciphers", "export": "export ciphers",
    "low": "low-grade ciphers", "complementofall": "no encryption",
}  # fmt: skip


def versions(words: Sequence[str]) -> frozenset[str] | None:
    """Return the versions that an SSLProtocol line leaves; None if the server refuses it.

    A word without a sign replaces everything before it.
    """
    enabled: frozenset[str] = frozenset()
    for word in words:
        sign, name = (word[0], word[1:]) if word[:1] in {"+", "-"} else ("", word)
        low = name.lower()
        if low == "sslv2" or (low not in _VERSIONS and low != "all"):
            if low == "sslv2" and sign == "-":
                continue
            return None
        group = ALL if low == "all" else frozenset({_VERSIONS[low]})
        enabled = enabled - group if sign == "-" else enabled | group if sign == "+" else group
    return enabled


def overridden(words: Sequence[str]) -> bool:
    """Tell whether a later word without a sign throws earlier ones away."""
    return any(word[:1] not in {"+", "-"} for word in words[1:])


def weak_ciphers(text: str) -> list[str]:
    """Return what is weak about the ciphers that a list adds by name, and never takes away for good."""
    parts = [part for part in text.replace(",", ":").replace(" ", ":").split(":") if part]
    removed = {name for part in parts if part[:1] == "!" for name in part[1:].lower().split("+")}
    found: list[str] = []
    for part in parts:
        if part[:1] in "!-+@":
            continue
        names = part.lower().replace("-", "+").split("+")
        if any(name in removed for name in names):
            continue
        found += [_WEAK[name] for name in names if name in _WEAK and not (name == "des" and "cbc3" in names)]
        if "des" in names and "cbc3" in names and "3des" not in removed:
            found.append("3DES")
    return list(dict.fromkeys(found))
