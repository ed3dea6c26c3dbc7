"""Which environment a file is meant for, as its path tells."""

import re
from functools import lru_cache

from auditor.patterns import lazy

_TEMPLATE = lazy(r"(^|[._-])(example|sample|template|dist|tpl|default|defaults)([._-]|$)", re.I)
_ENVIRONMENTS = (
    ("production", lazy(r"(^|[/._-])(prod|production|live)([/._-]|$)", re.I)),
    ("test", lazy(r"(^|[/._-])(test|tests|testing|ci|e2e|stage|staging|uat|qa)([/._-]|$)", re.I)),
    ("development", lazy(r"(^|[/._-])(dev|develop|development|local|localhost)([/._-]|$)", re.I)),
)


@lru_cache(4096)
def environment_of(path: str) -> str:
    """Return "production", "test", "development" or "" as the path's words tell."""
    return next((name for name, pattern in _ENVIRONMENTS if pattern.search(path)), "")


@lru_cache(4096)
def is_template_file(path: str) -> bool:
    """Tell whether the file is a pattern to copy (`.env.example`), whose values nobody is meant to use."""
    return _TEMPLATE.search(path.rpartition("/")[2]) is not None
