"""What several checks of IIS ask."""

from collections.abc import Iterator

from auditor.api import known
from auditor.technologies.iis import Iis, Scope, Value


def flagged(iis: Iis, section: str, attribute: str, *bad: str) -> Iterator[Value]:
    """Yield the values of an attribute that are one of `bad`, in lower case."""
    for value in iis.values(section, attribute):
        if known(value.lower) in bad:
            yield value


def flags(text: str) -> frozenset[str]:
    """Return the flags of a list such as `Read, Script`, in lower case."""
    return frozenset(word.strip().lower() for word in text.split(",") if word.strip())


def key_of(value: Value, name: str) -> str:
    """Return what tells a finding about a path from those of other paths."""
    return f"{value.scope.path}/{name}".lstrip("/")


def is_server(iis: Iis) -> bool:
    """Tell whether it is a server, whose sites and pools are known."""
    return iis.is_server


def keep_out(scope: Scope, extension: str) -> bool:
    """Tell whether request filtering refuses files with an extension; False too where only an outer file would."""
    listed = scope.items("system.webServer/security/requestFiltering/fileExtensions", "fileExtension")
    return any(item.key == extension and (item.element.get("allowed") or "").lower() == "false" for item in listed)
