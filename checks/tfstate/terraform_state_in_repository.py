"""Terraform's state lies in the repository.

## Why it matters
The state holds every attribute of every resource in plain text: database passwords, private keys, connection strings,
also those that the configuration marks as sensitive. Everybody with the repository has them, for good. Two people who
apply from two copies of it also undo each other's changes.

## Bad
```json terraform.tfstate
{
  "version": 4,
  "terraform_version": "1.9.5",
  "resources": [{"type": "aws_db_instance", "name": "db", "instances": []}]
}
```

## Bad: a backup
```json env/prod/terraform.tfstate.backup
{
  "version": 4,
  "terraform_version": "1.9.5",
  "resources": [{"type": "aws_db_instance", "name": "db", "instances": []}]
}
```

## Good: what is left behind after the state was moved
```json terraform.tfstate
{
  "version": 4,
  "terraform_version": "1.9.5",
  "outputs": {},
  "resources": []
}
```

## Fix
Keep the state in a backend with encryption, locking and access control, remove the file with its history, and rotate
every secret in it.

```hcl
terraform {
  backend "s3" {
    bucket       = "clinic-state"
    key          = "clinic.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
```

```sh
terraform init -migrate-state
git rm --cached terraform.tfstate
```

## References
- https://developer.hashicorp.com/terraform/language/state/sensitive-data (Terraform 1.9)
- CWE-312: Cleartext Storage of Sensitive Information
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.tfstate import TerraformState


@check("terraform-state-in-repository", severity=HIGH, control=Control.PLAINTEXT_SECRET, cwe=312)
def terraform_state_in_repository(state: TerraformState) -> Iterator[Diagnostic]:
    if not state.resources and not state.outputs:
        return
    yield fail(
        f"The state of {state.resources} resources and {state.outputs} outputs lies here in plain text",
        at=state.at,
        expected="a remote backend that encrypts and locks the state",
    )
