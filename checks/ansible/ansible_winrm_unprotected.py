"""Ansible manages Windows hosts over a connection that is not protected.

## Why it matters
With `server_cert_validation: ignore` whoever answers gets the administrator's log-in. Basic log-in over http sends the
password readable, and every command and its output with it.

## Bad
```yaml group_vars/windows.yml
ansible_connection: winrm
ansible_winrm_server_cert_validation: ignore # <-
```

## Bad: the password in clear
```ini inventory/hosts
[windows]
ehr1 ansible_host=10.20.0.9

[windows:vars]
ansible_connection=winrm
ansible_port=5985
ansible_winrm_transport=basic  # <-
```

## Bad: by default
```yaml host_vars/ehr1.yml
ansible_connection: winrm # <-
ansible_port: 5985
ansible_user: deploy
```

## Good
```yaml group_vars/windows.yml
ansible_connection: winrm
ansible_port: 5986
ansible_winrm_transport: basic
ansible_winrm_server_cert_validation: validate
```

## Good: Kerberos encrypts the messages itself
```ini inventory/hosts
[windows]
ehr1 ansible_host=10.20.0.9

[windows:vars]
ansible_connection=winrm
ansible_port=5985
ansible_winrm_transport=kerberos
```

## Fix
```yaml
ansible_port: 5986
ansible_winrm_transport: kerberos
ansible_winrm_server_cert_validation: validate
```

## References
- Ansible documentation 2.17, ansible.builtin.winrm connection (scheme is http for port 5985 only; without a transport it is
  plaintext on http); "Windows Remote Management",
  "WinRM encryption"
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.ansible import AnsibleValues, Value

from ._common import certain

_CHECK = ("ansible_winrm_server_cert_validation", "ansible_psrp_cert_validation")


@check("ansible-winrm-unprotected", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def ansible_winrm_unprotected(values: AnsibleValues) -> Iterator[Diagnostic]:
    for value in values.named(*_CHECK):
        if certain(value.text) == "ignore":
            yield fail(
                "The certificates of Windows hosts are not checked", at=value.at, key=value.name, expected="validate"
            )
    for value in values.named("ansible_winrm_transport", "ansible_connection"):
        if _is_http(values, value) and _sends_password(values, value):
            yield fail(
                "Windows hosts get the password readable, over http", at=value.at, key=value.name, expected="kerberos"
            )


def _is_http(values: AnsibleValues, value: Value) -> bool:
    scheme = values.beside(value, "ansible_winrm_scheme")
    port = values.beside(value, "ansible_port", "ansible_winrm_port")
    if scheme is not None:
        return certain(scheme.text) == "http"
    return port is not None and certain(port.text) == "5985"


def _sends_password(values: AnsibleValues, value: Value) -> bool:
    """Tell whether the first way to log in is HTTP Basic, which it is where none is named and the user has no realm."""
    text = certain(value.text) or ""
    if value.name == "ansible_winrm_transport":
        return text.split(",")[0].strip() in {"basic", "plaintext"}
    user = values.beside(value, "ansible_user", "ansible_winrm_user")
    is_named = values.beside(value, "ansible_winrm_transport") is not None
    return text == "winrm" and not is_named and user is not None and "@" not in (certain(user.text) or "@")
