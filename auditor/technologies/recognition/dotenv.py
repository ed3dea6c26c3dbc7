"""Which files are env files."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME = lazy(r"(?:.*[._-]|dot)?env(?:[._-].*)?")
_OTHER_FORMAT = lazy(
    r"\.(?:ya?ml|json|toml|xml|sh|bash|zsh|fish|ps1|bat|cmd|py|mk|nix|tf|hcl|service|cfg|ini|properties|conf|pl|d|mjs|cjs)$"
)
_LINE = lazy(r"^[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.-]*[ \t]*=", re.M)
_NOT_A_LINE = lazy(r"^[ \t]*(?:#!|<|\[[\w .:-]+\][ \t]*$|if\b|function\b|for\b|import\b|source\b|const\b)", re.M)


_FOLDERS = ("etc/default/", "etc/sysconfig/", "etc/conf.d/")
"""Where services' units take their variables from (Debian, Red Hat, Alpine)."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Claim files of `NAME=value` lines whose name has the word `env` between dots, or that services read."""
    if "." not in name and f"/{path}".endswith(tuple(f"/{folder}{name}" for folder in _FOLDERS)):
        is_list = _LINE.search(head) is not None and not _NOT_A_LINE.search(head)
        return Recognition(f"{path} holds a service's variables", 2) if is_list else None
    if "env" not in name or _NAME.fullmatch(name) is None or name.endswith(".envrc"):
        return None
    bare = re.sub(r"\.(?:j2|tmpl|tpl|sample|example|dist|template|bak|orig)$", "", name)
    if _OTHER_FORMAT.search(bare):
        return None
    if _LINE.search(head) and not _NOT_A_LINE.search(head):
        return Recognition(f"{name} is an env file's name, with NAME=value lines", 3)
    if name == ".env" or name.startswith(".env."):
        return Recognition(f"{name} is an env file's name", 2)
    return None


TECHNOLOGY = Registered(
    "dotenv", "Env file", "auditor.technologies.dotenv:DOTENV", recognise, files=".env and its variants"
)
