"""ASP.NET accepts passwords of fewer than twelve characters.

## Why it matters
Short passwords are guessed from a stolen table of hashes within hours, and online by trying the common ones. Length
is what counts most; the provider's own default is 7.

## Bad
```xml web.config
<configuration>
  <system.web>
    <membership defaultProvider="clinic">
      <providers>
        <clear/>
        <add name="clinic" type="System.Web.Security.SqlMembershipProvider" connectionStringName="users" minRequiredPasswordLength="8"/>  # <-
      </providers>
    </membership>
  </system.web>
</configuration>
```

## Bad: the default
```xml web.config
<configuration>
  <system.web>
    <membership defaultProvider="clinic">
      <providers>
        <clear/>
        <add name="clinic" type="System.Web.Security.SqlMembershipProvider" connectionStringName="users" requiresUniqueEmail="true"/>  # <-
      </providers>
    </membership>
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <membership defaultProvider="clinic">
      <providers>
        <clear/>
        <add name="clinic" type="System.Web.Security.SqlMembershipProvider" connectionStringName="users" minRequiredPasswordLength="12"/>
      </providers>
    </membership>
  </system.web>
</configuration>
```

## Good: a provider with rules of its own
```xml web.config
<configuration>
  <system.web>
    <membership defaultProvider="clinic">
      <providers>
        <clear/>
        <add name="clinic" type="Clinic.Directory.UserProvider" connectionStringName="users" policy="clinic"/>
      </providers>
    </membership>
  </system.web>
</configuration>
```

## Good: a longest length elsewhere
```xml web.config
<configuration>
  <appSettings>
    <add key="MaximumPasswordLength" value="8"/>
  </appSettings>
</configuration>
```

## Fix
```xml web.config
<add name="clinic" type="System.Web.Security.SqlMembershipProvider" minRequiredPasswordLength="12"/>
```

## References
- SqlMembershipProvider.MinRequiredPasswordLength, .NET Framework 4.8: https://learn.microsoft.com/en-us/dotnet/api/system.web.security.sqlmembershipprovider.minrequiredpasswordlength?view=netframework-4.8
- NIST SP 800-63B-4, section 3.1.1 (passwords)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated, whole_number
from auditor.technologies.iis import Iis, known_text

from ._common import membership_providers

_SHORTEST = 12
_DEFAULT = "7"


@check("iis-password-length", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=521)
def iis_password_length(iis: Iis) -> Iterator[Diagnostic]:
    for name, provider, is_standard in membership_providers(iis):
        written = provider.get("minRequiredPasswordLength") or (_DEFAULT if is_standard else "")
        if not written:
            continue
        length = whole_number(known(known_text(written)))
        if length is None:
            yield not_evaluated("the length is no number")
        elif length < _SHORTEST:
            yield fail(
                f"The provider {name} accepts passwords of {length} characters",
                at=provider.where("minRequiredPasswordLength"),
                key=name,
                expected='minRequiredPasswordLength="12"',
            )
