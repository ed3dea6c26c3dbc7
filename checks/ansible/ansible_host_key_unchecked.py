"""Ansible does not check whom it logs in to.

## Why it matters
Without the check of host keys, whoever answers at a host's address gets the commands, the files and, with password
log-in, the password, and passes them on unseen.

## Bad
```ini ansible.cfg
[defaults]
inventory = hosts
host_key_checking = False  ; <-
```

## Bad: by an argument of ssh
```ini inventory/hosts
[records]
db1 ansible_host=10.20.0.5 ansible_ssh_common_args='-o StrictHostKeyChecking=no'  # <-
```

## Bad: for a group, in YAML
```yaml group_vars/all.yml
ansible_user: deploy
ansible_ssh_extra_args: "-C -o StrictHostKeyChecking=off" # <-
```

## Bad: behind `#` there is no comment, and the whole is no word for true
```ini ansible.cfg
[defaults]
host_key_checking = True # as always
```

## Good: a section that Ansible does not know
```ini ansible.cfg
[DEFAULTS]
host_key_checking = no
[ssh_connection]
host_key_checking = yes ; as always
```

## Good
```ini ansible.cfg
[defaults]
host_key_checking = True
[ssh_connection]
ssh_args = -o StrictHostKeyChecking=accept-new
```

## Good: no ssh
```ini inventory/hosts
[records]
db1 ansible_host=10.20.0.5 ansible_user=deploy
```

## Fix
Keep the check, and give the control host the known keys:
```ini
[defaults]
host_key_checking = True
```

## References
- Ansible documentation 2.17, "Ansible Configuration Settings", HOST_KEY_CHECKING; collection ansible.builtin, ssh connection
- ssh_config(5), StrictHostKeyChecking
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, lazy
from auditor.technologies.ansible import AnsibleValues, truth

from ._common import certain

_OFF = lazy(r"StrictHostKeyChecking[= ]+[\"']?(?:no|off)\b", re.IGNORECASE)
_FLAGS = (
    "defaults.host_key_checking",
    "ssh_connection.host_key_checking",
    "paramiko_connection.host_key_checking",
)
_VARIABLES = (
    "ansible_host_key_checking",
    "ansible_ssh_host_key_checking",
    "ansible_paramiko_host_key_checking",
)
_ARGUMENTS = (
    "ssh_connection.ssh_args",
    "ssh_connection.ssh_common_args",
    "ssh_connection.ssh_extra_args",
    "ansible_ssh_args",
    "ansible_ssh_common_args",
    "ansible_ssh_extra_args",
)


@check(
    "ansible-host-key-unchecked",
    severity=MEDIUM,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=295,
)
def ansible_host_key_unchecked(values: AnsibleValues) -> Iterator[Diagnostic]:
    # Every word of ansible.cfg that does not stand for true switches the check off, variables take words for false only.
    found = [value for value in values.named(*_FLAGS) if certain(value.text) is not None and truth(value) is not True]
    found += [value for value in values.named(*_VARIABLES) if truth(value) is False]
    found += [value for value in values.named(*_ARGUMENTS) if _OFF.search(certain(value.text) or "")]
    for value in found:
        yield fail(
            f"{value.name} switches the check of host keys off",
            at=value.at,
            key=value.name,
            expected="host keys checked",
        )
