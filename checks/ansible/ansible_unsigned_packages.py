"""Packages are installed without a check of their signatures.

## Why it matters
The signature is what tells a distribution's package from one that somebody put into the mirror or onto the path; its
scripts run as root.

## Bad
```yaml playbook.yml
- hosts: app
  tasks:
    - ansible.builtin.apt:
        name: agent
        allow_unauthenticated: yes # <-
```

## Bad: for a whole repository
```yaml playbook.yml
- hosts: app
  tasks:
    - ansible.builtin.yum_repository:
        name: agent
        description: agent
        baseurl: https://packages.example.org/el9
        gpgcheck: no # <-
    - ansible.builtin.apt_repository:
        repo: deb [trusted=yes] https://packages.example.org/debian stable main # <-
```

## Bad: one word for it and more
```yaml roles/app/tasks/main.yml
- name: Install
  apt: name=agent force=yes # <-
```

## Good
```yaml playbook.yml
- hosts: app
  tasks:
    - ansible.builtin.apt:
        name: agent
        allow_unauthenticated: no
    - ansible.builtin.dnf:
        name: agent
        disable_gpg_check: false
    - ansible.builtin.apt_repository:
        repo: deb [signed-by=/etc/apt/keyrings/agent.asc] https://packages.example.org/debian stable main
    - ansible.builtin.file:
        path: /opt/agent
        state: link
        src: /opt/agent-2
        force: yes
```

## Fix
Install the repository's key, and leave the check on:
```yaml
gpgcheck: true
gpgkey: https://packages.example.org/key.asc
```

## References
- Ansible documentation 2.17, ansible.builtin.apt (allow_unauthenticated; force implies it), dnf (disable_gpg_check),
  yum_repository (gpgcheck), apt_repository; sources.list(5), trusted
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, lazy
from auditor.technologies.ansible import AnsibleTasks, Task, Value

from ._common import certain

_ON = {
    "apt": ("allow_unauthenticated", "force"),
    "dnf": ("disable_gpg_check",),
    "dnf5": ("disable_gpg_check",),
    "yum": ("disable_gpg_check",),
    "zypper": ("disable_gpg_check",),
    "zypper_repository": ("disable_gpg_check",),
}
_TRUSTED = lazy(r"\bdeb(?:-src)?\s+\[[^\]]{0,300}\btrusted=yes\b")


@check("ansible-unsigned-packages", severity=MEDIUM, control=Control.SUPPLY_CHAIN, also=(Control.INTEGRITY,), cwe=347)
def ansible_unsigned_packages(file: AnsibleTasks) -> Iterator[Diagnostic]:
    for task in file.tasks:
        value = _unsigned(task)
        if value is not None:
            yield fail(
                f"The task {task.name} takes packages without a valid signature ({value.name})",
                at=value.at,
                key=task.name,
            )


def _unsigned(task: Task) -> Value | None:
    for name in _ON.get(task.module, ()):
        if certain(task.is_on(name)) is True:
            return task.value(name)
    if task.module == "yum_repository" and certain(task.is_on("gpgcheck")) is False:
        return task.value("gpgcheck")
    repository = task.value("repo")
    if task.module == "apt_repository" and repository is not None and _TRUSTED.search(repository.written):
        return repository
    return None
