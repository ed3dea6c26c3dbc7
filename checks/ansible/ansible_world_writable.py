"""A task makes a file that everybody on the host may change.

## Why it matters
Any account, such as that of a web application somebody broke into, can then put its own text into a configuration, or
its own commands into a script that root runs.

## Bad
```yaml playbook.yml
- hosts: app
  tasks:
    - ansible.builtin.template:
        src: app.conf.j2
        dest: /etc/app.conf
        mode: "0666" # <-
```

## Bad: in letters, and an octal number
```yaml playbook.yml
- hosts: app
  tasks:
    - ansible.builtin.file:
        path: /srv/app
        state: directory
        recurse: true
        mode: u=rwx,g=rwx,o=rwx # <-
    - ansible.builtin.copy:
        src: job.sh
        dest: /etc/cron.daily/job
        mode: 0777 # <-
```

## Good
```yaml playbook.yml
- hosts: app
  tasks:
    - ansible.builtin.template:
        src: app.conf.j2
        dest: /etc/app.conf
        mode: "0640"
    - ansible.builtin.file:
        path: /srv/spool
        state: directory
        mode: "1777"
    - ansible.builtin.file:
        path: /srv/app
        state: directory
        mode: u=rwX,g=rX,o=
```

## Good: what has no file mode of its own
```yaml playbook.yml
- hosts: app
  tasks:
    - ansible.builtin.fetch: src=/etc/app/key.pub dest=keys/ flat=yes mode=766
```

## Good: a decimal number, which gives others no right to write
```yaml playbook.yml
- hosts: app
  tasks:
    - ansible.builtin.file:
        path: /srv/app
        state: touch
        mode: 777
```

## Fix
```yaml
mode: "0640"
```

## References
- Ansible documentation 2.17, ansible.builtin.file, mode (octal numbers need a leading zero or quotes)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, lazy
from auditor.technologies.ansible import AnsibleTasks, Value

from ._common import certain

_OCTAL = lazy(r"0o?[0-7]{1,18}")
_DIGITS = lazy(r"[0-7]{3,4}")
_DECIMAL = lazy(r"[1-9][0-9]{0,17}")
_LETTERS = lazy(r"(?:^|,)(?:[ug]*[oa]+[ugoa]*|)[+=][rxXst]*w")


_WITHOUT_MODE = frozenset({"set_fact", "include_role", "fetch"})
"""What takes a `mode` for something else, or for nothing."""


@check("ansible-world-writable", severity=MEDIUM, control=Control.PRIVILEGE, also=(Control.INTEGRITY,), cwe=732)
def ansible_world_writable(file: AnsibleTasks) -> Iterator[Diagnostic]:
    for task in file.tasks:
        mode = task.value("mode")
        if mode is not None and task.module not in _WITHOUT_MODE and _is_writable(mode):
            yield fail(
                f"The task {task.name} lets every account write what it makes",
                at=mode.at,
                key=task.name,
                expected="0640",
            )


def _is_writable(mode: Value) -> bool:
    text = certain(mode.text) or ""
    if mode.plain and _DECIMAL.fullmatch(text):
        bits = int(text)  # YAML reads a plain number without a leading zero as decimal
    elif _OCTAL.fullmatch(text) or _DIGITS.fullmatch(text):
        bits = int(text.removeprefix("0o"), 8)
    else:
        return _LETTERS.search(text) is not None
    return bool(bits & 0o002) and not bits & 0o1000
