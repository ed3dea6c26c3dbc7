r"""A script is put together with text that a stranger writes.

## Why it matters
GitHub puts the result of `${{ … }}` into the script before the shell sees it. A pull request titled
`"; curl https://… | sh; "` is then not a title but commands, run with whatever the job may do.

## Bad
```yaml .github/workflows/triage.yml
on: issues
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          echo "New issue:"
          echo "${{ github.event.issue.title }}" # <-
```

## Bad: by a variable of the expression context
```yaml .github/workflows/build.yml
on: pull_request_target
jobs:
  build:
    runs-on: ubuntu-24.04
    env:
      BRANCH: ${{ github.head_ref }}
    steps:
      - run: git log ${{ env.BRANCH }} # <-
```

## Bad: in the JavaScript of a step
```yaml .github/workflows/answer.yml
on: issue_comment
jobs:
  answer:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/github-script@v7
        with:
          script: |
            const text = `${{ github.event.comment.body }}` // <-
```

## Good: the shell gets it as a variable
```yaml .github/workflows/triage.yml
on: issues
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - env:
          TITLE: ${{ github.event.issue.title }}
        run: echo "$TITLE"
```

## Good: only an answer of the expression reaches the script
```yaml .github/workflows/triage.yml
on: issue_comment
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "asked ${{ contains(github.event.comment.body, '/deploy') && 'yes' || 'no' }}"
```

## Good: nobody but GitHub chooses a number or a commit
```yaml .github/workflows/build.yml
on: pull_request_target
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "${{ github.event.pull_request.number }} ${{ github.event.pull_request.head.sha }}"
```

## Fix
```yaml
env:
  TITLE: ${{ github.event.issue.title }}
run: echo "$TITLE"
```

## References
- GitHub documentation, "Script injections"
- GitHub documentation, "Secure use reference", "Use an intermediate environment variable"
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, MEDIUM, Confidence, Control, Diagnostic, check, fail
from auditor.technologies.workflows import FROM_FORKS, PRIVILEGED, GithubWorkflow, events_of, expressions_in

from ._common import events_reaching, keeps_strangers_out


@check("github-script-injection", severity=HIGH, control=Control.CODE_EXECUTION, cwe=94)
def github_script_injection(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    for job in workflow.jobs:
        for step in job.steps:
            here = events_reaching(workflow, job, step)
            for expression in (found for script in step.scripts() for found in expressions_in(script)):
                for path in sorted(job.flows(step, expression)):
                    events = events_of(path)
                    reaching = events & here
                    if not events or not (reaching or workflow.events_open):
                        continue
                    severity = (
                        HIGH if reaching & PRIVILEGED else MEDIUM if reaching & FROM_FORKS or not reaching else LOW
                    )
                    yield fail(
                        f"The step {step.label} runs {path.removesuffix('.**')} as part of its script",
                        at=expression.at,
                        severity=LOW if keeps_strangers_out(job, step) else severity,
                        confidence=Confidence.HIGH if reaching else Confidence.MEDIUM,
                        key=f"{job.id}/{step.label}/{path}",
                        expected="an environment variable of the step",
                    )
