"""What a value under a secret-named key is: a reference, a hash, a placeholder, a published default or a secret."""

import re
from dataclasses import dataclass

from auditor.model.credential import FileRole, SecretForm

from .keys import names_secret, tokens


@dataclass(frozen=True)
class Judgement:
    """The form of a value and why, in words that carry nothing of it."""

    form: SecretForm
    reason: str = ""


_REFERENCE = re.compile(
    r"""\$\{.*|\$\(.*|\$[A-Za-z_]\w*|.*\$\{\{.*|\{\{.*|%\w+%|%env\(.*|<%.*|@[A-Z_]+@|!(?:Ref|Sub|vault|secret)\b.*
    |(?:vault|op|ref\+\w+|secret|awssm|gcpsm|keyvault|ssm|env|file|secretsmanager|passwordstate)://?.*
    |(?:vault|env|file):[\w/.#-]+|arn:aws[\w-]*:(?:secretsmanager|ssm|kms).*|projects/[^/]+/secrets/.*
    |@Microsoft\.KeyVault\(.*|\{\{?resolve:.*|os\.environ.*|process\.env.*|(?:var|local|data|module|random_\w+)\.[\w.\[\]"-]+
    |/[\w.@/-]+|\./[\w./-]+|~/[\w./-]+|[A-Za-z]:\\.*|__\w+__""",
    re.VERBOSE | re.DOTALL,
)
_ENCRYPTED = re.compile(
    r"ENC\[.*|\$ANSIBLE_VAULT.*|ENC\(.*\)|\{cipher\}.*|Ag[A-Za-z0-9+/=]{300,}|\{(?:AES|RSA)[^}]*\}.*|vault:v\d+:.*"
    r"|-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE|ENCRYPTED PRIVATE KEY)-----.*",
    re.DOTALL,
)
_HASH = re.compile(
    r"\$(?:2[abxy]?|argon2\w*|scrypt|pbkdf2[\w-]*|5|6|y|7|1|apr1)\$.+|\{(?:SSHA|SHA|SSHA\d+|CRYPT|PBKDF2\w*|ARGON2)\}.+"
    r"|(?:pbkdf2|scrypt|argon2|bcrypt)[_:$].+|SCRAM-SHA-256\$.+|md5[0-9a-f]{32}|#[0-9a-f]{64}",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"-----BEGIN (?:[A-Z ]*PUBLIC KEY|CERTIFICATE).*|pk_(?:live|test)_.*|ssh-(?:rsa|ed25519|dss) .*|ecdsa-.*", re.S
)
_PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")
_TYPED = re.compile(
    r"true|false|yes|no|on|off|none|null|nil|undefined|enabled|disabled|optional|required|inherit|write|read|default"
    r"|\d+(?:\.\d+)?(?:ms|s|m|h|d|w|min|sec|days?|hours?|minutes?)|v?\d+\.\d+(?:\.\d+)?|[\[{(]\s*[\]})]",
    re.IGNORECASE,
)
_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^\s@]*", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"""<[^<>]*>|\[[^\[\]]*\]|\*{3,}|\.{3,}|x{3,}|X{3,}|-+|_+|\?+|change[-_ ]?(?:me|this|it)\w*
    |.*change[-_ ]?in[-_ ]?prod.*|.*(?:change|replace)[-_ ]?(?:me|this|it|with)\b.*
    |to[-_ ]?(?:be[-_ ])?(?:changed|replaced|do|defined).*|todo|tbd|fixme
    |(?:your|my|some|insert|enter|put|set|add|paste)[-_ ].*|example.*|dummy.*|fake.*|placeholder.*|redacted|.*[-_]here
    |your(?:own)?(?:password|secret|key|token).*|.*not[-_ ]needed|sample.*
    |not[-_]?(?:set|real|used|a[-_]secret).*|replace.*|foo|bar|baz|foobar|qwerty|notasecret|n/a""",
    re.VERBOSE | re.IGNORECASE,
)
COMMON = frozenset(
    "password passwd pass passw0rd password1 password123 p@ssw0rd p@ssword secret supersecret topsecret secret123 "
    "admin admin123 admin1234 administrator root toor test test123 testing guest user demo default letmein "
    "welcome welcome1 123 1234 12345 123456 1234567 12345678 123456789 1234567890 000000 111111 abc123 changeit "
    "manager postgres postgresql mysql mariadb mongo mongodb redis rabbitmq elastic kafka minio minioadmin "
    "minio123 cassandra neo4j influx influxdb grafana keycloak jenkins tomcat s3cret s3cr3t foobared oracle sa "
    "sapassword odoo wordpress drupal joomla nextcloud hapi openmrs openemr orthanc Admin123 mirth opensrp dhis "
    "district ehrbase mysecretpassword my-secret-pw my-secret-password mypassword verysecret docker vagrant "
    "ubuntu centos backup monitor replication mysecret jwtsecret sessionsecret keyboardcat unsecure insecure "
    "development dev master app api service system".split()
)
_PASSWORD_WORDS = frozenset("password passwd passphrase passcode pass pwd pw rootpw bindpw".split())


def holds_private_key(value: str) -> bool:
    """Tell whether the value is a private key in PEM form, whatever its name."""
    return _PRIVATE_KEY.search(value) is not None


PROVIDER_TOKENS = re.compile(
    r"(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{20,}"
    r"|sk_live_[A-Za-z0-9]{20,}|SG\.[\w-]{20,}\.[\w-]{40,}|AIza[\w-]{35}|npm_[A-Za-z0-9]{36}|hvs\.[\w-]{24,})"
)
"""Forms that providers publish for their tokens: GitHub, GitLab, Slack, Stripe, SendGrid, Google, npm, Vault."""
PROVIDER_PREFIXES = (
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xox",
    "sk_live_",
    "SG.",
    "AIza",
    "npm_",
    "hvs.",
)
"""One of these stands in every text that holds such a token."""


def is_provider_token(value: str) -> bool:
    """Tell whether the whole value has a form that a provider publishes for its tokens."""
    return PROVIDER_TOKENS.fullmatch(value) is not None


def judge(key: str, value: str, *, role: FileRole, env_like: bool, principal: str | None = None) -> Judgement:
    """Decide the form of `value` under the secret-named `key`; the first rule that fits decides.

    `env_like` is True where the place holds the value itself and never the name of a secret (an environment
    variable), False where it may hold a name (a Terraform attribute, a Helm value).
    """
    text = value.strip()
    if not text:
        return Judgement(SecretForm.EMPTY)
    if holds_private_key(text):
        return Judgement(SecretForm.LITERAL, "a private key in PEM form")
    if _REFERENCE.fullmatch(text):
        return Judgement(SecretForm.REFERENCE)
    if _ENCRYPTED.fullmatch(text):
        return Judgement(SecretForm.ENCRYPTED)
    if _HASH.fullmatch(text):
        return Judgement(SecretForm.HASH)
    if _PUBLIC.fullmatch(text):
        return Judgement(SecretForm.PUBLIC)
    words = tokens(key)
    is_password = bool(set(words) & _PASSWORD_WORDS)
    is_number = text.isdigit() and len(text) < 6 and not is_password and words[-2:] != ("secret", "key")
    if _TYPED.fullmatch(text) or _URL.fullmatch(text) or is_number:
        return Judgement(SecretForm.NOT_SECRET, "a switch, number, version or address")
    if _is_name(key, text, env_like=env_like):
        return Judgement(SecretForm.REFERENCE, "the name of a secret")
    if _PLACEHOLDER.fullmatch(text):
        return Judgement(SecretForm.PLACEHOLDER, "a placeholder")
    if role is FileRole.TEMPLATE and (" " in text or text.lower() in COMMON):
        return Judgement(SecretForm.PLACEHOLDER, "a placeholder")
    if text.lower() in COMMON or text in COMMON:
        return Judgement(SecretForm.DEFAULT, "a published or most common password")
    if principal is not None and text.lower() == principal.rpartition("/")[2].lower():
        return Judgement(SecretForm.DEFAULT, "the same as the user's name")
    if " " in text and not is_password and len(text.split()) > 3:
        return Judgement(SecretForm.NOT_SECRET, "a sentence")
    return Judgement(SecretForm.LITERAL)


_SLUG = re.compile(r"[a-z0-9]+(?:[-._/][a-z0-9]+)+")
_ENVIRONMENT_NAME = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")


def _is_name(key: str, value: str, *, env_like: bool) -> bool:
    if _ENVIRONMENT_NAME.fullmatch(value) and names_secret(value):
        return True
    if not _SLUG.fullmatch(value):
        return False
    words = tokens(key)
    if len(words) > 1 and words[-1] == "secret" and words[-2] in _PASSWORD_WORDS:
        return True  # PASSWORD_SECRET: which secret holds the password
    mine, its = set(words), set(tokens(value))
    if "-" in value and names_secret(value.replace("-", "_")) and len(its) > 1 and not env_like:
        return True
    return not env_like and len(mine & its) / len(its) >= 0.6
