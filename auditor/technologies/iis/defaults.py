"""Values in force where no file sets them.

Sources: "IIS 10 configuration reference" (learn.microsoft.com/iis/configuration), the page of each section; for
system.web the configuration classes of .NET Framework 4.8 (System.Web.Configuration, reference source), whose values
machine.config as installed leaves alone.
"""

from collections.abc import Mapping
from typing import Final

IIS: Final = "IIS 10 configuration reference"
ASP: Final = ".NET Framework 4.8 reference source, System.Web.Configuration"

DEFAULTS: Final[Mapping[tuple[str, str], str]] = {
    ("system.webServer/directoryBrowse", "enabled"): "false",
    ("system.webServer/handlers", "accessPolicy"): "Read",
    ("system.webServer/httpErrors", "errorMode"): "DetailedLocalOnly",
    ("system.webServer/httpLogging", "dontLog"): "false",
    ("system.webServer/httpLogging", "selectiveLogging"): "LogAll",
    ("system.webServer/httpRedirect", "enabled"): "false",
    ("system.webServer/httpRedirect", "destination"): "",
    ("system.webServer/security/access", "sslFlags"): "None",
    ("system.webServer/security/authentication/anonymousAuthentication", "enabled"): "true",
    ("system.webServer/security/authentication/basicAuthentication", "enabled"): "false",
    ("system.webServer/security/authentication/windowsAuthentication", "enabled"): "false",
    ("system.webServer/security/authentication/windowsAuthentication/extendedProtection", "tokenChecking"): "None",
    ("system.webServer/security/requestFiltering", "allowDoubleEscaping"): "false",
    ("system.webServer/security/requestFiltering", "removeServerHeader"): "false",
    ("system.webServer/security/requestFiltering/fileExtensions", "allowUnlisted"): "true",
    ("system.webServer/security/requestFiltering/requestLimits", "maxAllowedContentLength"): "30000000",
    ("system.webServer/webdav/authoring", "enabled"): "false",
    ("system.webServer/webdav/authoring", "requireSsl"): "false",
    ("system.web/authentication", "mode"): "Windows",
    ("system.web/authentication/forms", "cookieless"): "UseDeviceProfile",
    ("system.web/authentication/forms", "protection"): "All",
    ("system.web/authentication/forms", "requireSSL"): "false",
    ("system.web/authentication/forms", "timeout"): "30",
    ("system.web/compilation", "debug"): "false",
    ("system.web/customErrors", "mode"): "RemoteOnly",
    ("system.web/deployment", "retail"): "false",
    ("system.web/httpCookies", "httpOnlyCookies"): "false",
    ("system.web/httpCookies", "requireSSL"): "false",
    ("system.web/httpRuntime", "enableVersionHeader"): "true",
    ("system.web/httpRuntime", "requestValidationMode"): "4.0",
    ("system.web/machineKey", "decryption"): "Auto",
    ("system.web/machineKey", "validation"): "HMACSHA256",
    ("system.web/pages", "validateRequest"): "true",
    ("system.web/sessionState", "cookieless"): "UseCookies",
    ("system.web/sessionState", "mode"): "InProc",
    ("system.web/sessionState", "timeout"): "20",
    ("system.web/trace", "enabled"): "false",
    ("system.web/trace", "localOnly"): "true",
}
"""By section and attribute."""


def source_of(section: str) -> str:
    """Return the manual that tells a section's defaults."""
    return ASP if section.startswith("system.web/") else IIS
