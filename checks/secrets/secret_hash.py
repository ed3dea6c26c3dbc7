"""The hash of a password is written in the repository.

## Why it matters
Whoever has the hash guesses the password without asking the server: no lock-out counts the tries. With bcrypt, scrypt or
Argon2 a good password withstands that; MD5 and SHA-1 are tried billions of times a second, and short passwords fall in
minutes.

## Bad
```text .htpasswd
clinic:$apr1$abcdefgh$0123456789abcdefghijkl  # <-
```

## Bad: in a label
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    labels:
      - "traefik.http.middlewares.auth.basicauth.users=clinic:$$apr1$$abcdefgh$$0123456789abcdefghijkl"  # <-
```

## Bad: a slow hash is one all the same
```text .env
ADMIN_PASSWORD_HASH=$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234  # <-
```

## Good: the file is mounted where it is used
```yaml compose.yaml
services:
  proxy:
    image: traefik:v3.1
    environment:
      CF_DNS_API_TOKEN: ${CF_DNS_API_TOKEN}
    labels:
      - "traefik.http.middlewares.auth.basicauth.usersfile=/run/secrets/users"
```

## Good: the hash is filled in at deployment
```text .env
ADMIN_PASSWORD_HASH=${VAULT_ADMIN_PASSWORD_HASH}
RELEASE_MD5=0123456789abcdef0123456789abcdef
```

## Fix
Keep password files out of the repository and hash with bcrypt at least (`htpasswd -B`). Change the passwords whose
hashes were there.

## References
- https://httpd.apache.org/docs/2.4/misc/password_encryptions.html
- NIST SP 800-63B Rev. 4, section 3.1.1.2 (password verifiers: salt and cost)
- CWE-916: Use of Password Hash With Insufficient Computational Effort
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Credential, Diagnostic, FileRole, SecretForm, check, fail

from ._places import is_in_use


@check("secret-hash", severity=MEDIUM, control=Control.PLAINTEXT_SECRET, also=(Control.WEAK_SECRET,), cwe=916)
def secret_hash(credential: Credential) -> Iterator[Diagnostic]:
    if credential.form is not SecretForm.HASH or credential.role is FileRole.TEMPLATE:
        return
    how = f"; it is {credential.weakness}" if credential.weakness else ""
    yield fail(
        f"{credential.key} holds the hash of a password, which lies in the repository{how}",
        at=credential.at,
        severity=None if credential.weakness and is_in_use(credential) else LOW,
        key=credential.key,
        expected="a file outside the repository, with hashes by bcrypt, scrypt or Argon2",
    )
