"""The password of the vault lies beside the vault.

## Why it matters
Whoever can read the repository can open what Ansible Vault encrypts in it: the encryption then protects nothing.

## Bad
```ini ansible.cfg
[defaults]
vault_password_file = .vault_pass  ; <-
```
```text .vault_pass
quiet-Harbor-of-the-sample
```

## Good: a program that asks a store
```ini ansible.cfg
[defaults]
vault_password_file = vault_pass.sh
```
```text vault_pass.sh
#!/bin/sh
exec secret-tool lookup vault clinic
```

## Good: outside the repository
```ini ansible.cfg
[defaults]
vault_password_file = ~/.config/clinic/vault_pass
```

## Fix
Name a program that asks a store of secrets, or a file outside the repository, and change the password:
```ini
vault_password_file = vault_pass.sh
```

## References
- Ansible documentation 2.17, "Managing vault passwords", "Storing passwords in third-party tools with vault password client scripts"
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.ansible import AnsibleValues


@check(
    "ansible-vault-password-committed",
    severity=HIGH,
    control=Control.KEY_MANAGEMENT,
    also=(Control.PLAINTEXT_SECRET,),
    cwe=522,
)
def ansible_vault_password_committed(values: AnsibleValues) -> Iterator[Diagnostic]:
    if values.vault_password is not None:
        yield fail(
            "The file that holds the vault's password is in the repository",
            at=values.vault_password,
            expected="a program that asks a store of secrets",
        )
