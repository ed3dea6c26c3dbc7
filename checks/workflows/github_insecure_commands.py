"""A job takes commands from what its programs print.

## Why it matters
`ACTIONS_ALLOW_UNSECURE_COMMANDS` brings back `::set-env::` and `::add-path::`: whoever gets a line into the job's
output, by a file name or a commit message, sets variables and the search path for all later steps.

## Bad
```yaml .github/workflows/build.yml
on: pull_request
jobs:
  build:
    runs-on: ubuntu-24.04
    env:
      ACTIONS_ALLOW_UNSECURE_COMMANDS: true # <-
    steps:
      - run: make
```

## Bad: for all jobs
```yaml .github/workflows/build.yml
on: pull_request
env:
  ACTIONS_ALLOW_UNSECURE_COMMANDS: "True" # <-
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: make
```

## Good: any other value leaves them off
```yaml .github/workflows/build.yml
on: pull_request
jobs:
  build:
    runs-on: ubuntu-24.04
    env:
      ACTIONS_ALLOW_UNSECURE_COMMANDS: 1
    steps:
      - run: make
```

## Fix
Remove the variable, and write to the files of the environment instead:
```sh
echo "VERSION=1.2" >> "$GITHUB_ENV"
```

## References
- GitHub changelog, 1 October 2020, "Deprecating set-env and add-path commands"
- actions/runner, pull request 779 (the variable is read with bool.TryParse)
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Location, check, fail
from auditor.technologies.workflows import GithubWorkflow

_NAME = "ACTIONS_ALLOW_UNSECURE_COMMANDS"


@check("github-insecure-commands", severity=HIGH, control=Control.CODE_EXECUTION, cwe=749)
def github_insecure_commands(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    found: dict[Location, str] = {}
    for job in workflow.jobs:
        for level, name in [(job.env, f"job {job.id}"), *((step.env, f"the step {step.label}") for step in job.steps)]:
            value = level.get(_NAME)
            if value is not None and value.text.strip().lower() == "true":
                found.setdefault(value.at, name)
    for at, name in found.items():
        yield fail(f"What a program prints in {name} can set variables and the search path", at=at, key=name)
