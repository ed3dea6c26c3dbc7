"""A user of Solr has one of the most common passwords.

## Why it matters
security.json holds a salted hash of the password, hashed twice with SHA-256: millions of guesses a second for whoever gets
the file, and one of the first guesses for everybody else. Solr does not slow down repeated attempts.

## Bad
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {
      "operator": "hXlaksHXFKaILAKRieflbzoXV8Rx+g1BuNtkfQDtwV0= c2FtcGxlLW9ubHktc2FsdC0x"  # <-
    }
  }
}
```

## Good: another hash with the same salt
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {
      "operator": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdC0x"
    }
  }
}
```

## Fix
Give every user a long random password of its own, through the API so that the salt is new as well:

```text
curl -u operator https://search.clinic.example:8983/solr/admin/authentication -d '{"set-user": {"operator": "<password>"}}'
```

## References
- Solr Reference Guide 9.9, "Basic Authentication Plugin": https://solr.apache.org/guide/solr/9_9/deployment-guide/basic-authentication-plugin.html
- `Sha256AuthenticationProvider` of Solr 9.9 (what a hash is made of)
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.solr import Solr


@check("solr-guessable-password", severity=HIGH, control=Control.WEAK_SECRET, cwe=521)
def solr_guessable_password(solr: Solr) -> Iterator[Diagnostic]:
    security = known(solr.secured)
    for user in known(security.users) if security is not None else ():
        if isinstance(user.is_guessable, Unknown):
            yield not_evaluated(user.is_guessable.reason)
        elif user.is_guessable:
            yield fail(
                f"The hash of {user.name} is that of a password among the most common ones, or of the user's own name",
                at=user.at,
                key=user.name,
                expected="the hash of a long random password",
            )
