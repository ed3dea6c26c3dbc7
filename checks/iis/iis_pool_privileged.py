"""An application of IIS runs with all power over its host.

## Why it matters
Whoever breaks into an application that runs as LocalSystem owns the server: files of other applications, keys, the
services beside it.

## Bad
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <applicationPools>
      <add name="records">
        <processModel identityType="LocalSystem"/>  # <-
      </add>
    </applicationPools>
  </system.applicationHost>
</configuration>
```

## Bad: for all pools
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <applicationPools>
      <add name="records"/>  # <-
      <applicationPoolDefaults>
        <processModel identityType="LocalSystem"/>
      </applicationPoolDefaults>
    </applicationPools>
  </system.applicationHost>
</configuration>
```

## Good
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <applicationPools>
      <add name="records">
        <processModel identityType="ApplicationPoolIdentity"/>
      </add>
    </applicationPools>
  </system.applicationHost>
</configuration>
```

## Good: of its own
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <applicationPools>
      <add name="records">
        <processModel identityType="NetworkService"/>
      </add>
      <applicationPoolDefaults>
        <processModel identityType="LocalSystem"/>
      </applicationPoolDefaults>
    </applicationPools>
  </system.applicationHost>
</configuration>
```

## Fix
```xml applicationHost.config
<add name="records">
  <processModel identityType="ApplicationPoolIdentity"/>
</add>
```

## References
- IIS 10 configuration reference, Process Model (identityType): https://learn.microsoft.com/en-us/iis/configuration/system.applicationhost/applicationpools/add/processmodel
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import is_server


@check("iis-pool-privileged", severity=HIGH, control=Control.PRIVILEGE, cwe=250, applies=is_server)
def iis_pool_privileged(iis: Iis) -> Iterator[Diagnostic]:
    for pool in known(iis.pools):
        if known(pool.identity).lower() == "localsystem":
            yield fail(
                f"Applications of the pool {pool.name} run as LocalSystem",
                at=pool.at,
                key=pool.name,
                expected='identityType="ApplicationPoolIdentity"',
            )
