"""ASP.NET stores passwords so that they can be read.

## Why it matters
With `passwordFormat` Clear the table of users is a list of passwords; with Encrypted it is one for whoever has the
machine key. People use the same password elsewhere.

## Bad
```xml web.config
<configuration>
  <system.web>
    <membership defaultProvider="clinic">
      <providers>
        <clear/>
        <add name="clinic" type="System.Web.Security.SqlMembershipProvider" connectionStringName="users" passwordFormat="Clear" minRequiredPasswordLength="12"/>  # <-
      </providers>
    </membership>
  </system.web>
</configuration>
```

## Bad: encrypted
```xml web.config
<configuration>
  <system.web>
    <membership defaultProvider="clinic">
      <providers>
        <clear/>
        <add name="clinic" type="System.Web.Security.SqlMembershipProvider" connectionStringName="users" passwordFormat="Encrypted" enablePasswordRetrieval="true"/>  # <-
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
        <add name="clinic" type="System.Web.Security.SqlMembershipProvider" connectionStringName="users" passwordFormat="Hashed" minRequiredPasswordLength="12"/>
      </providers>
    </membership>
  </system.web>
</configuration>
```

## Good: the default
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

## Fix
```xml web.config
<add name="clinic" type="System.Web.Security.SqlMembershipProvider" passwordFormat="Hashed" enablePasswordRetrieval="false"/>
```

## References
- SqlMembershipProvider.PasswordFormat, .NET Framework 4.8: https://learn.microsoft.com/en-us/dotnet/api/system.web.security.sqlmembershipprovider.passwordformat?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis, known_text

from ._common import membership_providers


@check(
    "iis-password-recoverable",
    severity=HIGH,
    control=Control.PASSWORD_POLICY,
    also=(Control.ENCRYPTION_AT_REST,),
    cwe=257,
)
def iis_password_recoverable(iis: Iis) -> Iterator[Diagnostic]:
    for name, provider, _ in membership_providers(iis):
        kind = known(known_text(provider.get("passwordFormat") or "Hashed")).lower()
        if kind in {"clear", "encrypted"}:
            yield fail(
                f"The provider {name} stores passwords {'as they are' if kind == 'clear' else 'encrypted, so that they can be read again'}",
                at=provider.where("passwordFormat"),
                key=name,
                severity=HIGH if kind == "clear" else MEDIUM,
                expected='passwordFormat="Hashed"',
            )
