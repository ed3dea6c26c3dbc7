"""A user of Tomcat has a password that anybody can look up.

## Why it matters
The passwords of Tomcat's samples, and those equal to the user's name, are the first that attackers try. With a role of the manager
application, such a user uploads a program and runs it on the server.

## Bad
```xml tomcat-users.xml
<tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
  <role rolename="manager-gui"/>
  <user username="tomcat" password="s3cret" roles="manager-gui"/>
</tomcat-users>
```

## Good
```xml tomcat-users.xml
<tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
  <role rolename="manager-gui"/>
  <user username="operator" password="Sample-only-9f27c1e4b8" roles="manager-status"/>
</tomcat-users>
```

## Good: in a comment
```xml tomcat-users.xml
<tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
  <!-- <user username="tomcat" password="s3cret" roles="manager-gui"/> -->
</tomcat-users>
```

## Fix
Leave the file empty, or use a long random password that a property brings in:
```xml tomcat-users.xml
<user username="operator" password="${manager.password}" roles="manager-status"/>
```

## References
- Tomcat 10.1, Manager App How-To: https://tomcat.apache.org/tomcat-10.1-doc/manager-howto.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.tomcat import Tomcat


@check("tomcat-published-password", severity=CRITICAL, control=Control.DEFAULT_CREDENTIAL, cwe=1392)
def tomcat_published_password(tomcat: Tomcat) -> Iterator[Diagnostic]:
    for user in known(tomcat.users):
        published = user.has_published_password
        if isinstance(published, Unknown):
            yield not_evaluated(published.reason)
        elif published:
            manages = any(role.startswith(("manager-", "admin-")) for role in user.roles)
            does = ", who may install programs" if manages else ""
            yield fail(
                f"The user {user.name}{does} has a published or guessable password",
                at=user.at,
                key=user.name,
                severity=CRITICAL if manages else HIGH,
                expected="a long random password",
            )
