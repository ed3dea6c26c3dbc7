"""A secret is written in plain text and is easy to guess.

## Why it matters
A key or password that can be guessed needs no leak: an attacker with one signed token tries keys at millions a second
on a laptop, and passwords are tried against every log-in that can be reached. Long values made of words are guessed as
words, so length alone does not help.

## Bad
```text .env
JWT_SECRET=Kw81vNq20Zbt  # <-
```

## Bad: long, but made of words
```text .env
JWT_SECRET=clinic_portal_signing_key_for_development_and_testing  # <-
```

## Bad: a password with the user's name in it
```text .env
DB_USER=clinicapp
DB_PASSWORD=Clinicapp-2024!  # <-
```

## Good: a key of 32 random bytes
```text .env
JWT_SECRET=7f2c9a41d8e6035b7c1d9e8f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d
```

## Good: four classes of characters, and no word that gives it away
```text .env
DB_USER=clinicapp
DB_PASSWORD=Rm7-quiet-Harbor-41
```

## Good: random, so that no class need be there
```text .env
DB_PASSWORD=q7zk2mx94vbn3w8rt6yp5hd1
```

## Good: a pattern to copy
```text .env.example
JWT_SECRET=Kw81vNq20Zbt
```

## Fix
Make a new value at random and keep it in a secret store, then rotate: 32 bytes for keys (48 or 64 for HS384 and HS512),
at least 12 characters of four classes for passwords that people type.

```sh
openssl rand -base64 48
```

## References
- RFC 7518, section 3.2 (length of HMAC keys)
- NIST SP 800-57 Part 1 Rev. 5, section 5.6.1 (security strength)
- NIST SP 800-63B Rev. 4, section 3.1.1 (passwords and blocklists)
- CWE-521: Weak Password Requirements; CWE-1391: Use of Weak Credentials
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Confidence, Control, Credential, Diagnostic, SecretForm, check, fail

from ._places import is_in_use, subject_of


@check("secret-weak", severity=HIGH, control=Control.WEAK_SECRET, also=(Control.PLAINTEXT_SECRET,), cwe=1391)
def secret_weak(credential: Credential) -> Iterator[Diagnostic]:
    if credential.form is not SecretForm.LITERAL or not credential.weakness:
        return
    yield fail(
        f"{subject_of(credential)} is weak ({credential.weakness}), and stands in plain text",
        at=credential.at,
        severity=None if is_in_use(credential) else LOW,
        confidence=None if is_in_use(credential) else Confidence.LOW,
        key=credential.key,
        expected="a random value from a secret store: 32 bytes for a key, 12 characters of four classes for a password",
    )
