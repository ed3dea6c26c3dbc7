"""What a value under a secret-named key is: a reference, a hash, a placeholder, a published default or a secret."""

from collections.abc import Collection

from auditor.model.credential import FileRole, SecretForm
from auditor.records import dataclass

from .defaults import is_common, published_by
from .keys import CRYPTOGRAPHIC, PASSWORD_WORDS, mechanism, tokens
from .placeholders import is_placeholder, says_none
from .providers import is_access_key_id, is_provider_token
from .references import is_reference, names_a_secret
from .shapes import hash_of, holds_private_key, is_encrypted, is_public, is_typed
from .strength import Use, may_be_chance, weakness_of


@dataclass(frozen=True)
class Judgement:
    """The form of a value and why, in words that carry nothing of it; `weakness` is "" for a strong one."""

    form: SecretForm
    reason: str = ""
    weakness: str = ""
    is_guessable: bool = False
    """Whether strangers may choose the same value."""


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """Where a value stands.

    `env_like` is True where the place holds the value itself and never the name of a secret (an environment
    variable), False where it may hold a name (a Terraform attribute, a Helm value). `path` are the keys above,
    `principal` whom it logs in, `surroundings` names of the server, image or container, `algorithm` what signs with it.
    """

    role: FileRole
    env_like: bool
    path: tuple[str, ...] = ()
    principal: str | None = None
    surroundings: tuple[str, ...] = ()
    purpose: str = ""
    """The mechanism, where more than the key tells it."""
    algorithm: str = "HS256"


def judge(key: str, value: str, where: Circumstances) -> Judgement:
    """Decide the form of `value` under the secret-named `key`; the first rule that fits decides."""
    text = value.strip()
    if not text:
        return Judgement(SecretForm.EMPTY)
    if holds_private_key(text):
        if "..." in text:
            return Judgement(SecretForm.NOT_SECRET, "an ellipsis in the place of a key")
        return Judgement(SecretForm.LITERAL, "a private key in PEM form")
    if is_reference(text):
        return Judgement(SecretForm.REFERENCE)
    if is_encrypted(text):
        return Judgement(SecretForm.ENCRYPTED)
    weak_hash = hash_of(key, text)
    if weak_hash is not None:
        return Judgement(SecretForm.HASH, "a password hash", weak_hash)
    if is_public(key, text, where.path) or is_access_key_id(text):
        return Judgement(SecretForm.PUBLIC)
    if is_typed(key, text):
        return Judgement(SecretForm.NOT_SECRET, "a switch, number, version, address or identifier")
    if says_none(text):
        return Judgement(SecretForm.NOT_SECRET, "a remark that no secret is needed")
    if is_provider_token(text):
        return Judgement(SecretForm.LITERAL, "a provider token")
    if names_a_secret(key, text, env_like=where.env_like):
        return Judgement(SecretForm.REFERENCE, "the name of a secret")
    return _written(key, text, where)


def _written(key: str, text: str, where: Circumstances) -> Judgement:
    """Judge a value that is written out: a placeholder, a default, a sentence or a secret."""
    words = frozenset(tokens(key))
    names = _names(words, where)
    product = published_by(text, where.principal, names)
    if product and where.role is not FileRole.TEMPLATE:
        return Judgement(SecretForm.DEFAULT, f"the published default of {product}")
    if is_placeholder(text):
        return Judgement(SecretForm.PLACEHOLDER, "a placeholder")
    if where.role is FileRole.TEMPLATE and (" " in text or is_common(text)):
        return Judgement(SecretForm.PLACEHOLDER, "a placeholder")
    if is_common(text):
        return Judgement(SecretForm.DEFAULT, "a published or most common password")
    user = (where.principal or "").rpartition("/")[2].lower()
    if user and text.lower() == user:
        return Judgement(SecretForm.DEFAULT, "the same as the user's name")
    if tokens(text) == tokens(key):
        return Judgement(SecretForm.DEFAULT, "the same as its own name")
    if " " in text and not words & PASSWORD_WORDS and len(text.split()) > 3:
        return Judgement(SecretForm.NOT_SECRET, "a sentence")
    if where.role is FileRole.TEMPLATE:
        return Judgement(SecretForm.LITERAL)  # nobody is meant to use the value, so that its strength says nothing
    use = _use(key, words, where)
    weakness = weakness_of(text, use, names=names, algorithm=where.algorithm)
    return Judgement(SecretForm.LITERAL, weakness=weakness, is_guessable=bool(weakness) and may_be_chance(text))


def _names(words: Collection[str], where: Circumstances) -> frozenset[str]:
    """Return the words around a value by which a product or an account is known."""
    around = (*where.path[-1:], *where.surroundings, (where.principal or "").rpartition("/")[2])
    return frozenset({*words, *(word for name in around for word in tokens(name))} - _GENERIC)


_GENERIC = PASSWORD_WORDS | frozenset(
    "secret secrets token key keys api auth app admin user users root default db database data value values env "
    "environment config settings prod production spec name container containers account service client the".split()
)


def _use(key: str, words: Collection[str], where: Circumstances) -> Use:
    purpose = where.purpose or mechanism(key, where.path)
    if purpose in {"jwt", "jwt-refresh"} and "token" not in tokens(key)[-1:]:
        return Use.SIGNING_KEY
    if set(words) & PASSWORD_WORDS or any(word.endswith(("password", "passwd")) for word in words):
        return Use.PASSWORD
    if purpose in CRYPTOGRAPHIC and "token" not in tokens(key)[-1:]:
        return Use.KEY
    # What a format itself makes a secret without naming it one (`requirepass`, an account's line) is a password.
    return Use.TOKEN if tokens(key)[-1:] and tokens(key)[-1] in _TOKEN_WORDS else Use.PASSWORD


_TOKEN_WORDS = frozenset(
    "token tokens secret secrets key keys credential credentials jwt salt pepper hmac cookie apikey secretkey authkey "
    "authtoken apitoken privatekey base data".split()
)
"""Last words of keys whose value a program makes and keeps, so that its length is what counts."""
