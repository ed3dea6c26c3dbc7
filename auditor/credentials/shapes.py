"""What a value is by its form alone: encrypted, hashed, public, or no secret at all."""

import re

from auditor.model.numbers import is_whole_number
from auditor.patterns import lazy

from .keys import PASSWORD_WORDS, tokens

_ENCRYPTED = lazy(
    r"ENC\[.*|\$ANSIBLE_VAULT.*|ENC\(.*\)|\{cipher\}.*|Ag[A-Za-z0-9+/=]{300,}|\{(?:AES|RSA)[^}]*\}.*|vault:v\d+:.*"
    r"|\x00GITCRYPT.*|-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE|ENCRYPTED PRIVATE KEY)-----.*",
    re.DOTALL,
)
_ACCOUNT = r"(?:[\w.@-]+:)?"
"""A line of a password file names the account before the hash."""
_SLOW_HASH = lazy(
    rf"{_ACCOUNT}(?:\$(?:2[abxy]?|argon2\w*|scrypt|pbkdf2[\w-]*|5|6|y|gy|7|8)\$.+|\{{(?:PBKDF2\w*|ARGON2|CRYPT|BCRYPT)\}}.+"
    r"|(?:pbkdf2|scrypt|argon2|bcrypt)[_:$].+|SCRAM-SHA-\d+\$.+)",
    re.IGNORECASE,
)
_FAST_HASH = lazy(
    rf"{_ACCOUNT}(?:\$(?:1|apr1)\$.+|\{{(?:SMD5|MD5|SSHA|SHA|SSHA\d+|SHA\d+)\}}.+|md5[0-9a-f]{{32}}|\*[0-9A-F]{{40}})",
    re.IGNORECASE,
)
_PASSWORD_LINE = lazy(r"[\w.@-]+:\${1,2}(?:2[aby]|apr1|1|5|6|y|argon2\w*)\$")
_REDIS_HASH = lazy(r"#[0-9a-f]{64}", re.IGNORECASE)
_DIGEST = lazy(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}", re.IGNORECASE)
_PUBLIC = lazy(
    r"-----BEGIN (?:[A-Z0-9 ]*PUBLIC KEY|CERTIFICATE|PGP PUBLIC KEY BLOCK)-----.*|[pP][kK]_(?:live|test)_.*"
    r"|ssh-(?:rsa|ed25519|dss) .*|ecdsa-.*|age1[0-9a-z]{58}|pk\.eyJ[\w.-]+",
    re.DOTALL,
)
_PRIVATE_KEY = lazy(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")
_GOOGLE_KEY = lazy(r"AIza[\w-]{35}")
_FINGERPRINT = lazy(r"[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|(?:[0-9A-F]{2}:){15,}[0-9A-F]{2}")
_SRI = lazy(r"(?:sha(?:1|256|384|512)-[A-Za-z0-9+/]{27,}={0,2}|sha256:[0-9a-f]{64})(?:\s.*)?", re.DOTALL)
_UUID = lazy(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_TYPED = lazy(
    r"true|false|yes|no|on|off|none|null|nil|undefined|enabled|disabled|optional|required|inherit|write|read|default"
    r"|\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h|d|w|min|sec|days?|hours?|minutes?)|v?\d+\.\d+(?:\.\d+)?(?:-[a-z]+[.\d]*)?|[\[{(]\s*[\]})]",
    re.IGNORECASE,
)
_URL = lazy(r"[a-z][a-z0-9+.-]*://[^\s@]*", re.IGNORECASE)
_SENTRY = lazy(r"https://[0-9a-f]{32}@(?:[\w-]+\.)*(?:sentry\.io|ingest\.[\w.-]+)/\d+", re.IGNORECASE)
_UUID_SECRETS = PASSWORD_WORDS | {"secret", "token"}
"""Last words of keys under which a UUID is the secret; under others, `key` among them, it identifies something."""


def is_encrypted(text: str) -> bool:
    """Tell whether the value is the output of SOPS, Ansible Vault, Jasypt, Sealed Secrets, age, PGP or git-crypt."""
    return _ENCRYPTED.fullmatch(text) is not None


def hash_of(key: str, text: str) -> str | None:
    """Return "" for a password hash that is slow to guess, why it is weak for a fast one, None for what is no hash.

    Digits alone are one only under a key that says so (`ADMIN_PASSWORD_HASH`): keys are written the same way.
    Compose files write `$` twice.
    """
    single = text.replace("$$", "$")
    if _SLOW_HASH.fullmatch(single):
        return ""
    if _FAST_HASH.fullmatch(single):
        return "a single or fast round of MD5 or SHA"
    if _REDIS_HASH.fullmatch(text):
        return "a single round of SHA-256, without salt"
    if tokens(key)[-1:] in {("hash",), ("md5",), ("sha1",), ("sha256",), ("digest",)} and _DIGEST.fullmatch(text):
        return "a single round of MD5 or SHA, without salt"
    return None


def is_password_line(text: str) -> bool:
    """Tell whether the value is an account with its hash, as password files and proxies' labels have them."""
    return ":" in text and "$" in text and _PASSWORD_LINE.match(text) is not None


def is_public(key: str, text: str, path: tuple[str, ...] = ()) -> bool:
    """Tell whether the value is made to be public: certificates, public keys, browser keys of Firebase and Stripe.

    Firebase: "API keys for Firebase services are not secret" (firebase.google.com/docs/projects/api-keys).
    """
    if _PUBLIC.fullmatch(text) or _SENTRY.fullmatch(text):
        return True
    words = {word for name in (key, *path) for word in tokens(name)}
    if _GOOGLE_KEY.fullmatch(text) and "firebase" in words:
        return True
    return bool(words & {"repokey", "gpgkey", "fingerprint"}) and _FINGERPRINT.fullmatch(text) is not None


def holds_private_key(value: str) -> bool:
    """Tell whether the value is a private key in PEM form, whatever its name."""
    return "PRIVATE KEY" in value and _PRIVATE_KEY.search(value) is not None


def is_typed(key: str, text: str) -> bool:
    """Tell whether the value is a switch, number, duration, version, address, identifier or checksum."""
    if _TYPED.fullmatch(text) or _URL.fullmatch(text) or _SRI.fullmatch(text):
        return True
    words = tokens(key)
    if _UUID.fullmatch(text):
        return words[-1:] == () or words[-1] not in _UUID_SECRETS
    if is_whole_number(text) and len(text) < 6:
        return not set(words) & PASSWORD_WORDS and words[-2:] != ("secret", "key")
    return False
