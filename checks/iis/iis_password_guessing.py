"""ASP.NET lets passwords be tried without end.

## Why it matters
A program tries thousands of passwords for a user's name. The provider locks an account after five wrong ones unless
the file allows more.

## Bad
```xml web.config
<configuration>
  <system.web>
    <membership defaultProvider="clinic">
      <providers>
        <clear/>
        <add name="clinic" type="System.Web.Security.SqlMembershipProvider" connectionStringName="users" maxInvalidPasswordAttempts="1000" minRequiredPasswordLength="12"/>  # <-
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
        <add name="clinic" type="System.Web.Security.SqlMembershipProvider" connectionStringName="users" maxInvalidPasswordAttempts="5" minRequiredPasswordLength="12"/>
      </providers>
    </membership>
  </system.web>
</configuration>
```

## Good: the default of 5
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
<add name="clinic" type="System.Web.Security.SqlMembershipProvider" maxInvalidPasswordAttempts="5" passwordAttemptWindow="10"/>
```

## References
- SqlMembershipProvider.MaxInvalidPasswordAttempts, .NET Framework 4.8: https://learn.microsoft.com/en-us/dotnet/api/system.web.security.sqlmembershipprovider.maxinvalidpasswordattempts?view=netframework-4.8
- NIST SP 800-63B-4, section 3.2.2 (rate limiting: at most 100)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, whole_number
from auditor.technologies.iis import Iis, known_text

from ._common import membership_providers

_MOST = 100


@check(
    "iis-password-guessing", severity=MEDIUM, control=Control.PASSWORD_POLICY, also=(Control.AUTHENTICATION,), cwe=307
)
def iis_password_guessing(iis: Iis) -> Iterator[Diagnostic]:
    for name, provider, _ in membership_providers(iis):
        attempts = known(known_text(provider.get("maxInvalidPasswordAttempts") or "5"))
        number = whole_number(attempts)
        if number is not None and number > _MOST:
            yield fail(
                f"The provider {name} locks an account after {attempts} wrong passwords only",
                at=provider.where("maxInvalidPasswordAttempts"),
                key=name,
                expected='maxInvalidPasswordAttempts="5"',
            )
