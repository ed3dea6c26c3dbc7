"""A task mounts a folder that everybody can write to, and lets programs in it run.

## Why it matters
What an attacker can store but not start is harmless for longer. `/tmp`, `/var/tmp` and `/dev/shm` are where uploaded
and downloaded programs land first; `noexec`, `nosuid` and `nodev` take away what they need there.

## Bad
```yaml playbook.yml
- hosts: all
  tasks:
    - ansible.posix.mount:
        path: /tmp
        src: tmpfs
        fstype: tmpfs
        opts: nosuid,nodev,size=2G # <-
        state: mounted
```

## Bad: the later option wins
```yaml playbook.yml
- hosts: all
  tasks:
    - mount: path=/dev/shm src=tmpfs fstype=tmpfs opts=noexec,nosuid,nodev,exec state=mounted # <-
```

## Good
```yaml playbook.yml
- hosts: all
  tasks:
    - ansible.posix.mount:
        path: /tmp
        src: tmpfs
        fstype: tmpfs
        opts: nosuid,nodev,noexec,size=2G
        state: mounted
    - ansible.posix.mount:
        path: /tmp
        state: absent
    - ansible.posix.mount:
        path: /srv/data
        src: /dev/vdb1
        fstype: ext4
        opts: defaults
        state: mounted
```

## Fix
```yaml
opts: nosuid,nodev,noexec
```

## References
- mount(8) of util-linux 2.38, noexec, nosuid, nodev; Ansible collection ansible.posix 1.5, mount
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.ansible import AnsibleTasks

from ._common import certain

_FOLDERS = frozenset({"/tmp", "/var/tmp", "/dev/shm"})  # noqa: S108  # folders that are judged, not used
_RIGHTS = {"exec": True, "suid": True, "dev": True}
_STATES = frozenset({"mounted", "present", "remounted", "ephemeral"})


@check("ansible-mount-executable", severity=MEDIUM, control=Control.CODE_EXECUTION, cwe=732)
def ansible_mount_executable(file: AnsibleTasks) -> Iterator[Diagnostic]:
    for task in file.tasks:
        folder = certain(task.text("path", "name")) if task.module == "mount" else None
        options = task.value("opts")
        if folder is None or folder.rstrip("/") not in _FOLDERS or certain(task.text("state")) not in _STATES:
            continue
        given = certain(options.text) if options is not None else "defaults"
        if given is None or (certain(task.text("state")) == "remounted" and options is None):
            continue
        missing = [f"no{name}" for name, allowed in _rights(given).items() if allowed]
        if missing:
            yield fail(
                f"{folder} is mounted without {', '.join(missing)}",
                at=task.where("opts"),
                severity=MEDIUM if "noexec" in missing else LOW,
                key=folder,
                expected="nosuid,nodev,noexec",
            )


def _rights(options: str) -> dict[str, bool]:
    """Return what is allowed; of contradicting options the last one holds."""
    rights = dict(_RIGHTS)
    for option in options.split(","):
        word = option.strip()
        if word in {"user", "users"}:
            rights = dict.fromkeys(rights, False)
        elif word == "defaults":
            rights = dict(_RIGHTS)
        elif word in rights:
            rights[word] = True
        elif word.startswith("no") and word[2:] in rights:
            rights[word[2:]] = False
    return rights
