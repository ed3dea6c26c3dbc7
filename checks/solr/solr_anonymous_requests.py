"""Solr lets requests without a log-in through.

## Why it matters
With `blockUnknown` false a request that names no user is not refused; only the permissions stand between it and the
records. What no permission speaks of, and what has the role `null`, is then open to everybody. The setting was false by
default in BasicAuthPlugin before 9.0 and in JWTAuthPlugin up to 10.0.

## Bad
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": false,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [{"name": "security-edit", "role": "admin"}],
    "user-role": {"records": "admin"}
  }
}
```

## Bad: the default of this version
```yaml compose.yaml
services:
  search:
    image: solr:8.11
    volumes:
      - ./security.json:/var/solr/data/security.json
    ports: ["8983:8983"]
```
```json security.json
{
  "authentication": {  # <-
    "class": "solr.BasicAuthPlugin",
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  }
}
```

## Bad: a permission without a role lets everybody in
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": false,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [
      {"name": "read", "role": null},
      {"name": "all", "role": "admin"}
    ],
    "user-role": {"records": "admin"}
  }
}
```

## Good
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  }
}
```

## Good: every request needs a role, so the log-in is asked for all the same
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": false,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [
      {"name": "probe", "role": null, "collection": null, "path": "/admin/info/health"},
      {"name": "all", "role": "admin"}
    ],
    "user-role": {"records": "admin"}
  }
}
```

## Good: the default since 9.0
```yaml compose.yaml
services:
  search:
    image: solr:9.9
    volumes:
      - ./security.json:/var/solr/data/security.json
```
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  }
}
```

## Fix
Say it, so that no version decides:

```json
{"authentication": {"class": "solr.BasicAuthPlugin", "blockUnknown": true}}
```

## References
- Solr Reference Guide 9.9, "Basic Authentication Plugin": https://solr.apache.org/guide/solr/9_9/deployment-guide/basic-authentication-plugin.html
- Solr Reference Guide, "Major Changes in Solr 9", Security: https://solr.apache.org/guide/solr/9_9/upgrade-notes/major-changes-in-solr-9.html
- Solr Reference Guide, "Major Changes in Solr 10", JWT Authentication: https://solr.apache.org/guide/solr/10_1/upgrade-notes/major-changes-in-solr-10.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.solr import ALL, Solr, Whom, open_actions


@check("solr-anonymous-requests", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def solr_anonymous_requests(solr: Solr) -> Iterator[Diagnostic]:
    security = known(solr.secured)
    if security is None or not known(security.admits_unknown):
        return
    found = list(open_actions(known(security.rules), ALL))
    anonymous = [str(each) for each in found if not isinstance(each, Unknown) and each.whom is not Whom.EVERY_USER]
    if anonymous:
        listed = ", ".join(anonymous[:4]) + (" and more" if len(anonymous) > 4 else "")
        yield fail(
            f"Requests without a log-in may {listed}; {solr.exposure.reason}",
            at=security.where("authentication", "blockUnknown"),
            severity=solr.exposure.scale(CRITICAL),
            expected='"blockUnknown": true',
        )
    else:
        yield from (not_evaluated(each.reason) for each in found if isinstance(each, Unknown))
