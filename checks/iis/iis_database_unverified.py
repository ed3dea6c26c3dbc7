r"""An application does not verify the certificate of its SQL Server.

## Why it matters
TLS without verification encrypts for whoever answers. Somebody on the path presents any certificate, reads the
records and passes them on, and nothing shows it.

## Bad
```xml web.config
<configuration>
  <connectionStrings>
    <add name="records" connectionString="Data Source=db.clinic.internal;Initial Catalog=records;Encrypt=True;TrustServerCertificate=True" providerName="System.Data.SqlClient"/>  # <-
  </connectionStrings>
</configuration>
```

## Good
```xml web.config
<configuration>
  <connectionStrings>
    <add name="records" connectionString="Data Source=db.clinic.internal;Initial Catalog=records;Encrypt=True;TrustServerCertificate=False" providerName="System.Data.SqlClient"/>
  </connectionStrings>
</configuration>
```

## Good: the database of a developer
```xml web.config
<configuration>
  <connectionStrings>
    <add name="records" connectionString="Data Source=(LocalDB)\MSSQLLocalDB;Initial Catalog=records;TrustServerCertificate=True" providerName="System.Data.SqlClient"/>
  </connectionStrings>
</configuration>
```

## Fix
```xml web.config
<add name="records" connectionString="Server=db.clinic.internal;Database=records;Integrated Security=True;Encrypt=True;TrustServerCertificate=False"/>
```

## References
- Microsoft.Data.SqlClient 5, "Connection string syntax": https://learn.microsoft.com/en-us/sql/connect/ado-net/connection-string-syntax
- SqlConnection.ConnectionString, .NET Framework 4.8: https://learn.microsoft.com/en-us/dotnet/api/system.data.sqlclient.sqlconnection.connectionstring?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis

from ._common import sql_connections

_YES = frozenset({"true", "yes"})


@check("iis-database-unverified", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def iis_database_unverified(iis: Iis) -> Iterator[Diagnostic]:
    for name, options, at in sql_connections(iis):
        if options.get("trustservercertificate") in _YES:
            yield fail(
                f"The connection {name} accepts any certificate that SQL Server, or somebody in its place, shows",
                at=at,
                key=name,
                expected="a certificate that clients know, and TrustServerCertificate=False",
            )
