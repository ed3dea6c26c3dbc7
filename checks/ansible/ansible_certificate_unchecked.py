"""Ansible does not verify the certificate of a server it asks.

## Why it matters
Without verification, whoever stands on the path chooses what is downloaded or answered, and reads the token or password
that was sent.

## Bad
```yaml playbook.yml
- hosts: api
  tasks:
    - ansible.builtin.uri:
        url: https://records.example.org/api/token
        validate_certs: no # <-
```

## Bad: for every task of the play
```yaml playbook.yml
- hosts: api
  module_defaults:
    ansible.builtin.get_url:
      validate_certs: false # <-
  tasks:
    - ansible.builtin.get_url:
        url: https://example.org/tool.tar.gz
        dest: /opt/tool.tar.gz
```

## Bad: as words behind the module
```yaml roles/api/tasks/main.yml
- name: Fetch
  get_url: url=https://example.org/tool dest=/opt/tool validate_certs=no # <-
```

## Good
```yaml playbook.yml
- hosts: api
  module_defaults:
    ansible.builtin.get_url:
      validate_certs: false
  tasks:
    - ansible.builtin.get_url:
        url: https://example.org/tool.tar.gz
        dest: /opt/tool.tar.gz
        validate_certs: true
    - ansible.builtin.uri:
        url: https://localhost:8443/health
        validate_certs: false
```

## Fix
Trust the issuing authority, for example with `ca_path`:
```yaml
validate_certs: true
ca_path: /etc/ssl/clinic-ca.pem
```

## References
- Ansible documentation 2.17, ansible.builtin.uri and get_url, validate_certs (default true)
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Location, check, fail
from auditor.technologies.ansible import AnsibleTasks

from ._common import certain, is_loopback

_NAMES = ("validate_certs", "validate_ssl", "verify_ssl", "ssl_verify", "tls_verify")


@check("ansible-certificate-unchecked", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def ansible_certificate_unchecked(file: AnsibleTasks) -> Iterator[Diagnostic]:
    seen: set[Location] = set()
    for task in file.tasks:
        name = next((name for name in _NAMES if certain(task.is_on(name)) is False), None)
        url = certain(task.text("url", "src", "repo", "base_url", "hostname", "host"))
        if name is None or is_loopback(url) or (url or "").startswith("http://") or task.where(name) in seen:
            continue
        seen.add(task.where(name))
        yield fail(
            f"The task {task.name} does not verify the server's certificate",
            at=task.where(name),
            severity=MEDIUM if task.value("checksum") is not None else HIGH,
            key=task.name,
            expected=f"{name}: true",
        )
