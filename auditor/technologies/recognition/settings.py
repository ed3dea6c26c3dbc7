"""Which files are an application's settings, of a format that many programs read, with something secret in them."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = lazy(r"\.(?:j2|tmpl|tpl|sample|example|dist|template|bak|orig|erb)$")
_LISTS = lazy(r".+\.(?:properties|ini|cfg|toml)")
_TREES = lazy(
    r"(?:[\w-]+[._-])?(?:application|bootstrap|appsettings|app|config|configuration|settings|secrets?|credentials?"
    r"|database|databases|connections?|parameters|local|default|production|development|staging|test|vault|conf"
    r"|alertmanager|prometheus|datasources?|realm|traefik|dynamic|loki|server|service|users|clients|mongoid|deployment"
    r"|sftp|remote-sync|ftpconfig)"
    r"(?:[._-][\w.-]+)?\.(?:ya?ml|json)"
)
_ANSIBLE = lazy(r"(?:^|/)(?:group_vars|host_vars|vars|defaults)/[^/]+(?:/[^/]+)?$")
_MARKUP = lazy(r"(?:web|app|nuget|machine)\.[\w.]*config|(?:context|server|tomcat-users|settings|standalone)\.xml")
_SCRIPTS = lazy(r".+\.(?:sh|bash|zsh)|\.(?:bash_profile|bashrc|bash_aliases|profile|zshrc|zshenv|envrc)")
_NOT_SETTINGS = frozenset(
    "pyproject.toml cargo.toml setup.cfg tox.ini pytest.ini mypy.ini .editorconfig desktop.ini package.json".split()
)
_TRANSLATED = lazy(
    r"(?:^|/)(?:i18n|l10n|locales?|lang|languages?|translations?)/|(?:^|/)(?:messages|labels|strings|texts|errors)[\w-]*\."
    r"|_[a-z]{2}(?:[_-][a-z]{2})?\.properties$"
)
"""Texts for people: `login.password=Password` is a label."""
_SECRETIVE = lazy(
    r"pass(?:word|wd|phrase|code)|[._-]pw[d]?\b|pwd\s*[=:\"]|secret|token|credential|api[._-]?key|private[._-]?key"
    r"|signing[._-]?key|encryption[._-]?key|access[._-]?key|connection[._-]?string|AccountKey=|://[^\s:/@]+:[^\s@]+@|\bsalt\b",
    re.IGNORECASE,
)
"""Whatever names a secret in the files of programs, or carries one."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Claim settings files in which something is named like a secret; every other technology's claim is stronger."""
    bare = _VARIANT.sub("", name)
    is_markup = bare.endswith((".config", ".xml")) and _MARKUP.fullmatch(bare) is not None
    if not (is_markup or _has_settings_name(bare, path.lower())) or name in _NOT_SETTINGS:
        return None
    if _TRANSLATED.search(path.lower()) or _SECRETIVE.search(head) is None:
        return None
    return Recognition(f"{name} is a settings file's name, and something in it is named like a secret", 1)


def _has_settings_name(name: str, path: str) -> bool:
    if _LISTS.fullmatch(name) or _TREES.fullmatch(name) or _SCRIPTS.fullmatch(name):
        return True
    return name.endswith((".yml", ".yaml")) and _ANSIBLE.search(path) is not None


TECHNOLOGY = Registered(
    "settings",
    "Application settings",
    "auditor.technologies.settings:SETTINGS",
    recognise,
    files="application.yml, appsettings.json, properties, ini and toml files that name secrets",
)
