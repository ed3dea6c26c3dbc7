"""A task weakens the log-in over ssh.

## Why it matters
Hosts that are set up by this task let root, or accounts without a password, log in, or let everybody guess passwords.

## Bad
```yaml playbook.yml
- hosts: all
  tasks:
    - ansible.builtin.lineinfile:
        path: /etc/ssh/sshd_config
        regexp: ^#?PermitRootLogin
        line: PermitRootLogin yes # <-
```

## Bad: in the items of a loop
```yaml roles/ssh/tasks/main.yml
- name: Settings of sshd
  lineinfile:
    dest: /etc/ssh/sshd_config
    regexp: "{{ item.regexp }}"
    line: "{{ item.line }}"
  with_items:
    - { regexp: "^PermitEmptyPasswords", line: "PermitEmptyPasswords yes" } # <-
    - { regexp: "^X11Forwarding", line: "X11Forwarding no" }
```

## Good
```yaml playbook.yml
- hosts: all
  tasks:
    - ansible.builtin.lineinfile:
        path: /etc/ssh/sshd_config
        regexp: ^#?PermitRootLogin
        line: PermitRootLogin prohibit-password
    - ansible.builtin.lineinfile:
        path: /etc/ssh/sshd_config
        line: PasswordAuthentication yes
        state: absent
    - ansible.builtin.lineinfile:
        path: /etc/ssh/ssh_config
        line: PasswordAuthentication yes
```

## Good: a later task takes it back
```yaml playbook.yml
- hosts: all
  tasks:
    - ansible.builtin.lineinfile:
        path: /etc/ssh/sshd_config
        regexp: ^#?PermitRootLogin
        line: PermitRootLogin yes
    - ansible.builtin.lineinfile:
        path: /etc/ssh/sshd_config
        regexp: ^#?PermitRootLogin
        line: PermitRootLogin no
```

## Fix
```yaml
line: PermitRootLogin no
```

## References
- sshd_config(5) of OpenSSH 9.2; Ansible documentation 2.17, ansible.builtin.lineinfile
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Confidence, Control, Diagnostic, check, fail
from auditor.technologies.ansible import AnsibleTasks, Value

_WEAK = {
    ("permitrootlogin", "yes"): ("root may log in with a password", HIGH),
    ("permitemptypasswords", "yes"): ("accounts without a password may log in", HIGH),
    ("passwordauthentication", "yes"): ("passwords can be guessed", MEDIUM),
    ("hostbasedauthentication", "yes"): ("other hosts vouch for their users", MEDIUM),
    ("permituserenvironment", "yes"): ("users choose the environment of their log-in", MEDIUM),
    ("strictmodes", "no"): ("keys in files that others can write are taken", MEDIUM),
}


@check("ansible-sshd-weakened", severity=HIGH, control=Control.AUTHENTICATION, cwe=287)
def ansible_sshd_weakened(file: AnsibleTasks) -> Iterator[Diagnostic]:
    last: dict[str, tuple[str, Value]] = {}
    for task in file.tasks:
        if task.module != "lineinfile" or task.text("state") == "absent":
            continue
        path = task.value("path", "dest", "destfile", "name")
        if path is None or "sshd_config" not in path.written:
            continue
        for value in task.possible("line"):
            words = value.written.replace("=", " ").split()
            if len(words) == 2 and "{" not in value.written:
                last[words[0].lower()] = (words[1].lower(), value)
    for keyword, (setting, value) in last.items():
        if (keyword, setting) in _WEAK:
            meaning, severity = _WEAK[keyword, setting]
            yield fail(
                f"A task writes {value.written.strip()} into sshd_config: {meaning}",
                at=value.at,
                severity=severity,
                confidence=Confidence.MEDIUM,  # an earlier line of the host's file would win
                key=keyword,
            )
