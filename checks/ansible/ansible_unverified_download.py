r"""A task installs what it downloads without knowing what it should be.

## Why it matters
Over http anybody on the path chooses the file. Over https it is the server's owner, or who took the server over; a
checksum in the task is what makes a changed file fail.

## Bad
```yaml playbook.yml
- hosts: app
  tasks:
    - ansible.builtin.get_url:
        url: http://downloads.example.org/agent.tar.gz # <-
        dest: /tmp/agent.tar.gz
```

## Bad: a program
```yaml playbook.yml
- hosts: app
  tasks:
    - get_url:
        url: https://downloads.example.org/agent # <-
        dest: /usr/local/bin/agent
        mode: "0755"
```

## Bad: unpacked in place, and run from a pipe
```yaml roles/app/tasks/main.yml
- ansible.builtin.unarchive:
    src: https://downloads.example.org/agent.tar.gz # <-
    dest: /opt
    remote_src: true
- ansible.builtin.shell: curl -fsSL https://downloads.example.org/install.sh | sudo bash # <-
```

## Good
```yaml playbook.yml
- hosts: app
  tasks:
    - ansible.builtin.get_url:
        url: http://downloads.example.org/agent
        dest: /usr/local/bin/agent
        mode: "0755"
        checksum: sha256:0000000000000000000000000000000000000000000000000000000000000000
    - ansible.builtin.get_url:
        url: https://downloads.example.org/list.json
        dest: /var/lib/app/list.json
    - ansible.builtin.shell: curl -fsSL https://downloads.example.org/list.json | jq . > /tmp/list
    - ansible.builtin.unarchive:
        src: agent.tar.gz
        dest: /opt
```

## Fix
```yaml
checksum: sha256:…
```

## References
- Ansible documentation 2.17, ansible.builtin.get_url, checksum; ansible.builtin.unarchive, remote_src
- CWE-494, Download of Code Without Integrity Check
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, Location, Severity, check, fail, lazy
from auditor.technologies.ansible import AnsibleTasks, Task

from ._common import certain, is_loopback

_PIPED = lazy(
    r"\b(?:curl|wget)\b[^|;&\n]{0,500}\|[ \t]*(?:sudo[ \t]+(?:-\w+[ \t]+)*)?(?:ba|da|z|k)?sh\b|\b(?:ba|da|z|k)?sh\b[^|;\n]{0,200}[<$]\((?:curl|wget)\b"
)
_PROGRAM = lazy(r"(?:.*/)?s?bin/[^/]+|.*\.(?:sh|py|pl|jar|war|deb|rpm|run|exe|msi)")
_EXECUTABLE = lazy(r"0?[0-7]*[1357][0-7]*|.*\+x|u=rwx.*")
_PACKAGES = frozenset({"apt", "dnf", "yum", "zypper", "package"})


@check("ansible-unverified-download", severity=MEDIUM, control=Control.SUPPLY_CHAIN, cwe=494)
def ansible_unverified_download(file: AnsibleTasks) -> Iterator[Diagnostic]:
    for task in file.tasks:
        found = _problem(task)
        if found is not None:
            problem, at, severity = found
            yield fail(
                f"The task {task.name} {problem}",
                at=at,
                severity=severity,
                key=task.name,
                expected="checksum: sha256:…",
            )


def _problem(task: Task) -> tuple[str, Location, Severity] | None:
    if task.module in {"shell", "command"}:
        line = task.free.text if task.free is not None else certain(task.text("cmd")) or ""
        at = task.free.at if task.free is not None else task.where("cmd")
        return ("runs a script straight from the network", at, MEDIUM) if _PIPED.search(line) else None
    names: tuple[str, ...] = {"get_url": ("url",), "win_get_url": ("url",), "unarchive": ("src",)}.get(task.module, ())
    if task.module in _PACKAGES:
        names = ("deb", "name", "pkg")
    url = next((value for name in names if (value := task.value(name)) is not None), None)
    if url is None or task.value("checksum", "checksum_url") is not None or is_loopback(url.written):
        return None
    if url.written.startswith("http://"):
        return "installs what comes over http", url.at, MEDIUM
    if not url.written.startswith("https://") or task.module in _PACKAGES:
        return None
    dest, mode = certain(task.text("dest")) or "", certain(task.text("mode")) or ""
    is_program = _PROGRAM.fullmatch(dest) is not None or (
        _EXECUTABLE.fullmatch(mode) is not None and mode not in {"", "0"}
    )
    if task.module == "unarchive" or is_program:
        return "installs a download that nothing is compared with", url.at, LOW
    return None
