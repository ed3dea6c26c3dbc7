"""Values as Ansible takes them: Jinja decides at run time, and words stand for true and false."""

from dataclasses import field

from auditor.credentials.keys import names_secret
from auditor.formats.template import is_templated
from auditor.formats.tree import Scalar
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import place_of

_TRUE = frozenset("y yes on 1 true t 1.0".split())
_FALSE = frozenset("n no off 0 false f 0.0".split())
"""ansible-core 2.17, module_utils/parsing/convert_bool.py; YAML 1.1 has the same words."""
_EXPRESSION = lazy(r"\{\{([^{}]*)\}\}")
_TEXT = lazy(r"'[^']*'|\"[^\"]*\"")
_NAME = lazy(r"[A-Za-z_][\w.]*(?:\[[^\]]*\])?(?=\s*(\()?)")
_SSH_KEY = lazy(r"(?:.*_)?ssh_?keys?")
"""Names of public keys and of key pairs at a provider; who means the private key says so."""
_VAULT_TAGS = frozenset({"!vault", "!vault-encrypted"})


@dataclass(frozen=True, kw_only=True)
class Value:
    """A named value; `text` is Unknown where Jinja or a vault holds it. `written` is the text with its expressions."""

    name: str
    text: str | Unknown = field(repr=False)
    written: str = field(repr=False)
    at: Location
    plain: bool = True
    """Whether it stands without quotes, so that YAML gives numbers and booleans a type."""


def value_of(name: str, scalar: Scalar) -> Value:
    """Return a scalar as a value."""
    text: str | Unknown = scalar.text
    if scalar.tag in _VAULT_TAGS:
        text = Unknown("it is in an Ansible vault")
    elif is_templated(scalar.text):
        text = Unknown("a Jinja expression")
    return Value(name=name, text=text, written=scalar.text, at=place_of(scalar), plain=scalar.plain)


def truth(value: Value | None) -> bool | Unknown | None:
    """Return the boolean that a value stands for, None if there is none or it is no boolean."""
    if value is None or isinstance(value.text, Unknown):
        return value.text if value is not None and isinstance(value.text, Unknown) else None
    word = value.text.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def secret_in(text: str) -> str | None:
    """Return the first variable with a secret's name that Jinja puts into a text, None if there is none.

    What a filter or a lookup makes of it is not looked at, save hashes.
    """
    for match in _EXPRESSION.finditer(text):
        expression = _TEXT.sub("''", match[1])
        if "hash" in expression or "length" in expression or " is " in f" {expression} ":
            continue
        for name in _NAME.finditer(expression.partition("|")[0]):
            last = name[0].partition("[")[0].rpartition(".")[2]
            if name[1] is None and names_secret(last) and not _SSH_KEY.fullmatch(last.lower()):
                return name[0]
    return None
