"""A part of a secret is not masked in the log.

## Why it matters
GitHub masks the value of a secret as it is stored. What `fromJSON` takes out of it is another text: whatever prints it,
be it a command's own error message, writes it into the log in clear text.

## Bad
```yaml .github/workflows/deploy.yml
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy.sh
        env:
          DATABASE_PASSWORD: ${{ fromJSON(secrets.DATABASE).password }} # <-
```

## Good
```yaml .github/workflows/deploy.yml
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy.sh
        env:
          DATABASE_PASSWORD: ${{ secrets.DATABASE_PASSWORD }}
```

## Good: the whole secret, and a part of something else
```yaml .github/workflows/deploy.yml
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: ./deploy.sh
        env:
          SETTINGS: ${{ secrets.SETTINGS }}
          REGION: ${{ fromJSON(vars.SETTINGS).region }}
```

## Good: the script has the part masked
```yaml .github/workflows/deploy.yml
on: push
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          echo "::add-mask::$DATABASE_PASSWORD"
          ./deploy.sh
        env:
          DATABASE_PASSWORD: ${{ fromJSON(secrets.DATABASE).password }}
```

## Fix
Store each value as a secret of its own:
```yaml
DATABASE_PASSWORD: ${{ secrets.DATABASE_PASSWORD }}
```

## References
- GitHub documentation, "Secure use reference", "Use secrets for sensitive information" (structured data is not redacted)
"""

import re
from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Location, check, fail, lazy
from auditor.technologies.workflows import GithubWorkflow, expressions_in

_PART = lazy(r"fromJSON\( *secrets(?:\.(?P<name>[\w-]+)|\[[^\]]{1,80}\]) *\) *[.\[]", re.IGNORECASE)


@check("github-secret-not-masked", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=532)
def github_secret_not_masked(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    scripts = [step.run.text for job in workflow.jobs for step in job.steps if step.run is not None]
    if any("::add-mask::" in script for script in scripts):
        return  # it is not told apart what they mask
    seen: set[Location] = set()
    for who, text in workflow.scalars():
        for expression in expressions_in(text):
            match = _PART.search(expression.text)
            if match is None or expression.at in seen:
                continue
            seen.add(expression.at)
            whole = f"the secret {match['name']}" if match["name"] else "a secret"
            yield fail(
                f"{who} gets a part of {whole}, which the log does not mask",
                at=expression.at,
                key=f"{who}/{expression.text}",
                expected="a secret of its own for each value",
            )
