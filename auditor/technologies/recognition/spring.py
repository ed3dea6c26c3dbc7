"""Tell the settings of Spring Boot applications from other files of the same names."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME = lazy(
    r"application(?:-[\w.-]+?)?\.(?:properties|ya?ml)(?:\.(?:j2|tmpl|tpl|template|sample|example|dist|erb|bak|orig))?"
)
_SIGNATURE = lazy(
    r"^(?:spring|management|springdoc)(?:\.[\w.\[\]-]+)?[ \t]*[:=]"
    r"|^server\.(?:port|servlet|reactive|error|ssl|tomcat|forward-headers-strategy|address)\b|^logging\.level\."
    r"|^server:[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]+"
    r"(?:port|servlet|reactive|error|ssl|tomcat|forward-headers-strategy):"
    r"|^logging:[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]+level:",
    re.M,
)
_OTHERS = ("quarkus", "micronaut")
"""Frameworks whose settings have the same file names."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file holds settings of Spring Boot, None if it does not."""
    del path
    if not name.startswith("application") or _NAME.fullmatch(name) is None:
        return None
    if any(word in head for word in _OTHERS) or _SIGNATURE.search(head) is None:
        return None
    return Recognition("the name of a Spring Boot settings file, and keys of Spring Boot", 2)


TECHNOLOGY = Registered(
    "spring",
    "Spring Boot",
    "auditor.technologies.spring:SPRING",
    recognise,
    variables=("SPRING_", "MANAGEMENT_ENDPOINT"),
    files="application.properties, application.yml and those of profiles; variables of containers",
    versions="Spring Boot 2.4 to 3.5",
)
