"""Tell configuration of IIS and ASP.NET from other files that end in `.config`."""

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered
from .xml_root import root_name

_NAME = lazy(
    r"(?P<stem>.+?)\.(?:config|publishsettings)(?:\.(?:j2|tmpl|tpl|template|sample|example|dist|default|bak|orig|transform))*"
)
_EXACT = frozenset({"applicationhost", "web", "machine", "app", "redirection", "administration"})
_SIGNATURES = (
    "<system.webServer",
    "<system.web>",
    "<system.web ",
    "<system.applicationHost",
    "<connectionStrings",
    "<appSettings",
    "<configurationRedirection",
)
_PARTS = frozenset({"connectionStrings", "appSettings", "machineKey", "publishData"})
"""Sections that stand in a file of their own (`configSource`), and what a host hands out for publishing."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file belongs to IIS or ASP.NET, None if it does not."""
    del path
    if ".config" not in name and ".publishsettings" not in name:
        return None
    match = _NAME.fullmatch(name)
    if match is None or "<" not in head:
        return None
    root = root_name(head)
    if root in _PARTS:
        return Recognition(f"a section <{root}> of ASP.NET", 2)
    if root != "configuration":
        return None
    stem = match["stem"].removeprefix(".")
    signed = any(signature in head for signature in _SIGNATURES)
    if stem in _EXACT or stem.startswith("web."):
        return Recognition(f"an XML document <configuration> named {stem}.config", 3 if signed else 2)
    return Recognition("an XML document <configuration> with sections of .NET", 2) if signed else None


TECHNOLOGY = Registered(
    "iis",
    "Microsoft IIS",
    "auditor.technologies.iis:IIS",
    recognise,
    words=("windows/servercore/iis", "framework/aspnet", "framework/wcf", "microsoft/iis", "microsoft/aspnet"),
    files="applicationHost.config, web.config, machine.config, web.*.config (transforms)",
    versions="IIS 7.5 to 10, ASP.NET 4.8",
)
