"""What several checks of IIS ask."""

import re
from collections.abc import Iterable, Iterator, Mapping

from auditor.api import Location, Unknown, known, lazy
from auditor.technologies.iis import Element, Iis, Scope, Value, known_text

_STANDARD = frozenset(
    {"System.Web.Security.SqlMembershipProvider", "System.Web.Security.ActiveDirectoryMembershipProvider"}
)
_ANY_ADDRESS = frozenset({"(.*)", ".*", "^(.*)$", "^(.*)", "^.*$"})
_SPACES = lazy(r"\s+")
_INNER = lazy(r"provider connection string\s*=\s*(?P<quote>[\"'])(?P<text>.*?)(?P=quote)", re.IGNORECASE)
"""Where Entity Framework keeps the connection string of the database."""
_SERVERS = ("server", "datasource", "address", "addr", "networkaddress")
_LOCAL = frozenset({".", "(local)", "(localdb)", "localhost", "127.0.0.1", "::1"})


def flagged(iis: Iis, section: str, attribute: str, *bad: str) -> Iterator[Value]:
    """Yield the values of an attribute that are one of `bad`, in lower case; those that are not known come last."""
    undecided: Unknown | None = None
    for value in iis.values(section, attribute):
        if isinstance(value.lower, Unknown):
            undecided = value.lower
        elif value.lower in bad:
            yield value
    if undecided is not None:
        known(undecided)


def with_text(values: Iterable[Value]) -> Iterator[tuple[Value, str]]:
    """Yield values with their texts; those that are not known come last, so that they do not hide the others."""
    undecided: Unknown | None = None
    for value in values:
        if isinstance(value.text, Unknown):
            undecided = value.text
        else:
            yield value, value.text
    if undecided is not None:
        known(undecided)


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


def serves_files(scope: Scope) -> bool:
    """Tell whether IIS hands out files of a path itself, as it does until a file gives all requests to something else."""
    rules = scope.items("system.webServer/rewrite/rules", "name", "rule")
    serves = not any(_passes_everything_on(item.element) for item in rules)
    for _, handlers in scope.elements("system.webServer/handlers"):
        for child in handlers.children:
            if child.name == "clear" or (child.name == "remove" and child.get("name") == "StaticFile"):
                serves = False
            elif child.name == "add" and child.get("path") == "*" and (child.get("verb") or "") in {"*", "GET,HEAD"}:
                serves = "StaticFileModule" in (child.get("modules") or "")
    return serves


def runs_node(scope: Scope) -> bool:
    """Tell whether Node.js answers for a path, by the module iisnode."""
    handlers = scope.items("system.webServer/handlers", "name")
    return any((item.element.get("modules") or "").lower() == "iisnode" for item in handlers)


def _passes_everything_on(rule: Element) -> bool:
    """Tell whether a rewrite rule sends every request to another server."""
    pattern, action, conditions = rule.first("match"), rule.first("action"), rule.first("conditions")
    if pattern is None or action is None or (conditions is not None and conditions.children):
        return False
    to_server = (action.get("url") or "").startswith(("http://", "https://"))
    return to_server and action.get("type") == "Rewrite" and (pattern.get("url") or "") in _ANY_ADDRESS


def membership_providers(iis: Iis) -> Iterator[tuple[str, Element, bool]]:
    """Yield name, element and whether it is one of .NET's own (SQL, Active Directory) of each provider of members."""
    for scope, _ in iis.elements("system.web/membership"):
        for item in scope.items("system.web/membership/providers", "name"):
            kind = (item.element.get("type") or "").partition(",")[0].strip()
            yield item.element.get("name") or "a provider", item.element, kind in _STANDARD


def sql_connections(iis: Iis) -> Iterator[tuple[str, Mapping[str, str], Location]]:
    """Yield name, options in lower case and place of the connections to a SQL Server on another host."""
    if (reason := iis.top.reason_unknown("connectionStrings")) is not None:
        known(reason)
    for item in iis.top.items("connectionStrings", "name"):
        provider = (item.element.get("providerName") or "System.Data.SqlClient").lower()
        text = known_text(item.element.get("connectionString") or "")
        if isinstance(text, Unknown) or not provider.endswith((".sqlclient", ".entityclient")):
            continue
        if provider.endswith(".entityclient"):
            inner = _INNER.search(text)
            text = inner["text"] if inner is not None and ".sqlclient" in text.lower() else ""
        pairs = [part.partition("=") for part in text.split(";")]
        options = {_SPACES.sub("", name).lower(): value.strip().lower() for name, _, value in pairs}
        server = next((options[name] for name in _SERVERS if name in options), "")
        host = server.removeprefix("tcp:").partition(",")[0].partition(chr(92))[0]
        if host and host not in _LOCAL:
            yield item.element.get("name") or "a connection", options, item.element.where("connectionString")
