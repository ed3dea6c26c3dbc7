"""Passwords may be tried without end.

## Why it matters
Only a `LockOutRealm` around the realm refuses a user after failed log-ins (five within five minutes by default).

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Realm className="org.apache.catalina.realm.UserDatabaseRealm" resourceName="UserDatabase"/>
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Realm className="org.apache.catalina.realm.LockOutRealm">
        <Realm className="org.apache.catalina.realm.UserDatabaseRealm" resourceName="UserDatabase"/>
      </Realm>
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: no realm
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
```xml server.xml
<Realm className="org.apache.catalina.realm.LockOutRealm">
  <Realm className="org.apache.catalina.realm.UserDatabaseRealm" resourceName="UserDatabase"/>
</Realm>
```

## References
- Tomcat 10.1, LockOut Realm: https://tomcat.apache.org/tomcat-10.1-doc/config/realm.html#LockOut_Realm_-_org.apache.catalina.realm.LockOutRealm
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.tomcat import Tomcat


@check("tomcat-no-lockout", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=307)
def tomcat_no_lockout(tomcat: Tomcat) -> Iterator[Diagnostic]:
    server = known(tomcat.server)
    for parent in server.walk():
        if parent.name not in {"Engine", "Host", "Context"}:
            continue
        for realm in parent.named("Realm"):
            kind = (realm.get("className") or "").rpartition(".")[2]
            if kind not in {"LockOutRealm", "NullRealm", "X509UsernameRetriever"}:
                yield fail(
                    f"{kind} takes any number of guesses of a password",
                    at=realm.at,
                    key=kind,
                    severity=tomcat.exposure.scale(MEDIUM),
                    expected="a LockOutRealm around it",
                )
