r"""An application speaks to its SQL Server without TLS.

## Why it matters
Queries and records cross the network in clear text, and so does what logs the application in.

## Bad
```xml web.config
<configuration>
  <connectionStrings>
    <add name="records" connectionString="Server=db.clinic.internal;Database=records;Integrated Security=True;Encrypt=False" providerName="System.Data.SqlClient"/>  # <-
  </connectionStrings>
</configuration>
```

## Bad: inside that of Entity Framework
```xml web.config
<configuration>
  <connectionStrings>
    <add name="records" connectionString="metadata=res://*/R.csdl;provider=System.Data.SqlClient;provider connection string=&quot;data source=db.clinic.internal;encrypt=False&quot;" providerName="System.Data.EntityClient"/>  # <-
  </connectionStrings>
</configuration>
```

## Good
```xml web.config
<configuration>
  <connectionStrings>
    <add name="records" connectionString="Server=db.clinic.internal;Database=records;Integrated Security=True;Encrypt=True" providerName="System.Data.SqlClient"/>
  </connectionStrings>
</configuration>
```

## Good: on the same host
```xml web.config
<configuration>
  <connectionStrings>
    <add name="records" connectionString="Server=(local);Database=records;Integrated Security=True;Encrypt=False" providerName="System.Data.SqlClient"/>
  </connectionStrings>
</configuration>
```

## Good: changed when it is published
```xml web.config
<configuration>
  <connectionStrings>
    <add name="records" connectionString="Server=db.clinic.internal;Database=records;Encrypt=False" providerName="System.Data.SqlClient"/>
  </connectionStrings>
</configuration>
```
```xml web.Release.config
<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <connectionStrings>
    <add name="records" connectionString="Server=db.clinic.internal;Database=records;Encrypt=True" xdt:Transform="SetAttributes" xdt:Locator="Match(name)"/>
  </connectionStrings>
</configuration>
```

## Good: in a file of its own
```xml web.config
<configuration>
  <connectionStrings configSource="config\connections.config"/>
</configuration>
```
```xml config/connections.config
<connectionStrings>
  <add name="records" connectionString="Server=db.clinic.internal;Encrypt=True"/>
</connectionStrings>
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

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis

from ._common import sql_connections

_NO = frozenset({"false", "no", "optional"})


@check("iis-database-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def iis_database_in_clear(iis: Iis) -> Iterator[Diagnostic]:
    for name, options, at in sql_connections(iis):
        if options.get("encrypt") in _NO:
            yield fail(
                f"Data of the connection {name} travels to SQL Server without TLS",
                at=at,
                key=name,
                expected="Encrypt=True",
            )
