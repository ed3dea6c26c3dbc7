r"""A task lets accounts become root without a password.

## Why it matters
Who gets hold of such an account, by a stolen key or a program that runs as it, is root at once; nothing asks again who
is there.

## Bad
```yaml playbook.yml
- hosts: all
  tasks:
    - ansible.builtin.lineinfile:
        path: /etc/sudoers
        regexp: ^%sudo
        line: "%sudo ALL=(ALL) NOPASSWD: ALL" # <-
        validate: visudo -cf %s
```

## Bad: a file of its own
```yaml playbook.yml
- hosts: all
  tasks:
    - ansible.builtin.copy:
        dest: /etc/sudoers.d/deploy
        content: "deploy ALL=(ALL:ALL) NOPASSWD:ALL\n" # <-
        mode: "0440"
```

## Good: one command
```yaml playbook.yml
- hosts: all
  tasks:
    - ansible.builtin.copy:
        dest: /etc/sudoers.d/deploy
        content: |
          deploy ALL=(root) NOPASSWD: /usr/bin/systemctl restart portal
        mode: "0440"
    - ansible.builtin.lineinfile:
        path: /etc/sudoers
        line: "%admin ALL=(ALL) ALL"
    - ansible.builtin.lineinfile:
        path: /etc/sudoers
        line: "%sudo ALL=(ALL) NOPASSWD: ALL"
        state: absent
```

## Fix
```yaml
line: "%sudo ALL=(ALL) ALL"
```

## References
- sudoers(5) of sudo 1.9, NOPASSWD
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, lazy
from auditor.technologies.ansible import AnsibleTasks

_RULE = lazy(r"^[ \t]*(?P<who>[^#\s][^\s=]*)[ \t]+ALL[ \t]*=[ \t]*(?:\([^)]*\))?[ \t]*NOPASSWD:[ \t]*ALL\b", re.M)


@check(
    "ansible-sudo-without-password", severity=MEDIUM, control=Control.PRIVILEGE, also=(Control.AUTHENTICATION,), cwe=250
)
def ansible_sudo_without_password(file: AnsibleTasks) -> Iterator[Diagnostic]:
    for task in file.tasks:
        path = task.value("path", "dest", "destfile")
        if path is None or "sudoers" not in path.written or task.text("state") == "absent":
            continue
        for value in (*task.possible("line"), *task.possible("content"), *task.possible("block")):
            match = _RULE.search(value.written)
            if match is not None:
                yield fail(
                    f"{match['who']} may become root without a password",
                    at=value.at,
                    key=match["who"],
                    expected="a password, or single commands",
                )
