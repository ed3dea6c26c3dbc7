"""A user of Solr has the password that its manual publishes.

## Why it matters
The Reference Guide shows a user with a ready hash and names the password, and Bitnami's image sets one where none is
given. Scanners try them first. Such a user mostly is the administrator, who changes the configuration and so runs code.

## Bad
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {
      "solr": "IV0EHq1OnNrj6gvRCwvFwTrZ1+z1oBbnQdiVC3otuq0= Ndd7LKvVBAaZIF0QAVi1ekCfAJXr1GGfLtRUXhgrF8c="  # <-
    }
  }
}
```

## Bad: under another name, among several ways to log in
```json security.json
{
  "authentication": {
    "class": "solr.MultiAuthPlugin",
    "schemes": [
      {"scheme": "bearer", "class": "solr.JWTAuthPlugin", "blockUnknown": true},
      {
        "scheme": "basic",
        "class": "solr.BasicAuthPlugin",
        "credentials": {
          "operator": "IV0EHq1OnNrj6gvRCwvFwTrZ1+z1oBbnQdiVC3otuq0=  Ndd7LKvVBAaZIF0QAVi1ekCfAJXr1GGfLtRUXhgrF8c="  # <-
        }
      }
    ]
  }
}
```

## Bad: the image's default
```yaml compose.yaml
services:
  search:
    image: bitnami/solr:9.8  # <-
    environment:
      SOLR_ENABLE_AUTHENTICATION: "yes"
      SOLR_ADMIN_USERNAME: operator
```

## Good
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {
      "solr": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= Ndd7LKvVBAaZIF0QAVi1ekCfAJXr1GGfLtRUXhgrF8c="
    }
  }
}
```

## Good: a password of its own
```yaml compose.yaml
services:
  search:
    image: bitnami/solr:9.8
    environment:
      SOLR_ENABLE_AUTHENTICATION: "yes"
      SOLR_ADMIN_PASSWORD_FILE: /run/secrets/solr
```

## Fix
Make a hash of a long random password (`echo -n "$SALT$PASSWORD" | openssl dgst -sha256 -binary | openssl dgst -sha256
-binary | base64`, with the salt in raw bytes), or set it through the API at once:

```text
curl -u solr https://search.clinic.example:8983/solr/admin/authentication -d '{"set-user": {"solr": "<password>"}}'
```

## References
- Solr Reference Guide 9.9, "Basic Authentication Plugin": https://solr.apache.org/guide/solr/9_9/deployment-guide/basic-authentication-plugin.html
- bitnami/containers, Solr 9, `solr-env.sh` (SOLR_ADMIN_PASSWORD)
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.solr import Solr


@check("solr-published-password", severity=CRITICAL, control=Control.DEFAULT_CREDENTIAL, cwe=1392)
def solr_published_password(solr: Solr) -> Iterator[Diagnostic]:
    if solr.has_image_password:
        yield fail(
            "The administrator has the password that the image sets where SOLR_ADMIN_PASSWORD is not given",
            expected="SOLR_ADMIN_PASSWORD_FILE with a password of your own",
        )
    security = known(solr.secured)
    for user in known(security.users) if security is not None else ():
        if isinstance(user.is_published, Unknown):
            yield not_evaluated(user.is_published.reason)
        elif user.is_published:
            yield fail(
                f"The password of {user.name} is the one that Solr's manual publishes",
                at=user.at,
                key=user.name,
                expected="the hash of a long random password",
            )
