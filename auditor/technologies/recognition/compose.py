"""Which files are compose files."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME = lazy(r"(?:.*[._-])?(?:compose|docker-stack)(?:[._-].*)?\.(?:ya?ml|json)(?:\.\w+)?")
_YAML = lazy(r"\.(?:ya?ml|json)(?:\.(?:j2|tmpl|tpl|sample|example|dist|template|bak|erb))?$")
_SERVICES = lazy(r"^(?:services|include|networks|volumes|secrets|configs|x-[\w-]+)[ \t]*:", re.M)
_SERVICE = lazy(
    r"^services[ \t]*:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*"  # the key, comments and empty lines
    r"(?P<indent>[ ]+)[\w.\"'-]+[ \t]*:[^\n]*\n",  # the first service
    re.M,
)
_INSIDE = lazy(r"^[ ]+(?:[\w.-]+[ \t]*:[ \t]*\{[^\n]*?)?\b(?:image|build|container_name)[ \t]*:", re.M)
_VERSION_1 = lazy(r"^[a-zA-Z][\w.-]*:[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*[ ]+(?:image|build|extends)[ \t]*:", re.M)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Claim YAML files that declare services in Compose's way."""
    if _YAML.search(name) is None:
        return None
    named = "compose" in name or "docker-stack" in name
    if "apiVersion:" in head and "\nkind:" in f"\n{head}":
        return None
    if named and _NAME.fullmatch(name):
        if _SERVICES.search(head) or '"services"' in head:
            return Recognition(f"{name} is a compose file's name, with its top-level keys", 3)
        if _VERSION_1.search(head):
            return Recognition(f"{name} is a compose file's name, with services of version 1", 3)
        return None
    if "\nservices" in f"\n{head}" and _SERVICE.search(head) and _INSIDE.search(head):
        return Recognition("`services:` with image or build", 2)
    return None


TECHNOLOGY = Registered(
    "compose",
    "Docker Compose",
    "auditor.technologies.compose:COMPOSE",
    recognise,
    is_platform=True,
    files="compose.yaml and its variants, .env for interpolation",
    versions="Compose Specification",
)
