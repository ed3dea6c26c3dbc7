"""A step is given all secrets of the repository at once.

## Why it matters
`toJSON(secrets)` gives a program every secret the job can see, now and in future. The single values are then masked in
logs only as long as nothing changes how they are written. For `secrets[name]` with a name that is known only when the job
runs, GitHub sends every secret to the machine that runs it, whichever the step takes.

## Bad
```yaml .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy.sh
        env:
          ALL: ${{ toJSON(secrets) }} # <-
```

## Bad: one that is only known at run time
```yaml .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        site: [north, south]
    steps:
      - run: ./deploy.sh
        env:
          TOKEN: ${{ secrets[matrix.site] }} # <-
```

## Good
```yaml .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy.sh
        env:
          TOKEN: ${{ secrets.DEPLOY_TOKEN }}
          EVENT: ${{ toJSON(github.event.repository) }}
          QUOTED: ${{ toJSON(secrets.OTHER_TOKEN) }}
```

## Fix
```yaml
env:
  TOKEN: ${{ secrets.DEPLOY_TOKEN }}
```

## References
- GitHub documentation, "Secure use reference", "Use secrets for sensitive information"
- GitHub documentation, "Contexts reference", "secrets context"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.workflows import GithubWorkflow, expressions_in


@check("github-all-secrets-passed", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=522)
def github_all_secrets_passed(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    for who, text in workflow.scalars():
        for expression in expressions_in(text):
            if expression.flows & {"secrets.**", "secrets.*"}:
                gets = "gets every secret of the repository"
                if not expression.flows & {"secrets.**", "secrets.*.**"}:
                    gets = "takes a secret by a name made at run time: its runner gets every secret of the repository"
                yield fail(
                    f"{who} {gets}",
                    at=expression.at,
                    key=who,
                    expected="the secrets that it needs, by name",
                )
