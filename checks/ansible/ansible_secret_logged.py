"""A task writes a secret to the logs.

## Why it matters
Modules log their arguments to the syslog of the host they run on, and a loop prints each of its items on the control
host. Only arguments that the module itself declares as secret are left out; `no_log` leaves out everything.

## Bad: on a command line
```yaml playbook.yml
- hosts: db
  tasks:
    - name: Create the account
      ansible.builtin.command: mysql -e "create user app identified by '{{ app_password }}'" # <-
```

## Bad: items with passwords
```yaml roles/db/tasks/main.yml
- name: Create accounts # <-
  community.mysql.mysql_user:
    name: "{{ item.name }}"
    password: "{{ item.password }}"
  loop: "{{ accounts }}"
```

## Bad: for the reader
```yaml roles/db/tasks/main.yml
- ansible.builtin.debug:
    msg: "The password is {{ db_password }}" # <-
```

## Good
```yaml playbook.yml
- hosts: db
  tasks:
    - name: Create the account
      ansible.builtin.command: mysql -e "create user app identified by '{{ app_password }}'"
      no_log: yes
    - name: Create accounts
      community.mysql.mysql_user:
        name: "{{ item.name }}"
        password: "{{ item.password }}"
      loop: "{{ accounts }}"
      loop_control:
        label: "{{ item.name }}"
    - block:
        - ansible.builtin.debug:
            var: db_password
      no_log: true
```

## Good: the module leaves its password out of the log
```yaml playbook.yml
- hosts: db
  tasks:
    - ansible.builtin.user:
        name: app
        password: "{{ app_password | password_hash('sha512') }}"
    - ansible.builtin.copy:
        content: "password={{ app_password }}"
        dest: /etc/app.conf
        mode: "0600"
```

## Fix
```yaml
no_log: true
```

## References
- Ansible documentation 2.17, "Logging Ansible output", "Protecting sensitive data with no_log"
- Ansible documentation 2.17, "Ansible module architecture", "no_log" of an argument specification
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail
from auditor.technologies.ansible import AnsibleTasks


@check("ansible-secret-logged", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=532)
def ansible_secret_logged(file: AnsibleTasks) -> Iterator[Diagnostic]:
    for number, task in enumerate(file.tasks):
        if isinstance(task.hides_log, Unknown) or task.hides_log:
            continue
        found = task.logged_secret()
        if found is not None:
            name, at, where = found
            yield fail(
                f"The task {task.name} writes {name} {where}",
                at=at,
                key=f"{task.name}/{number}",
                expected="no_log: true",
            )
