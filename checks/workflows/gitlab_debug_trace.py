"""A pipeline prints its variables into the log.

## Why it matters
`CI_DEBUG_TRACE` logs every command of the shell with all variables, masked ones among them in clear; `CI_DEBUG_SERVICES`
mixes in what service containers print, which can break the mask. The logs stay, and are often forwarded.

## Bad
```yaml .gitlab-ci.yml
test:
  variables:
    CI_DEBUG_TRACE: "true" # <-
  script:
    - make test
```

## Bad: by a template, for all jobs that extend it
```yaml .gitlab-ci.yml
include: /ci/base.yml
test:
  extends: .base
  script:
    - make test
```
```yaml ci/base.yml
.base:
  variables:
    CI_DEBUG_SERVICES: 1 # <-
```

## Good: switched off where it is used
```yaml .gitlab-ci.yml
variables:
  CI_DEBUG_TRACE: "true"
test:
  variables:
    CI_DEBUG_TRACE: "false"
  script:
    - make test
build:
  inherit:
    variables: false
  script:
    - make
```

## Fix
Remove the variable; set it by hand for a single run where it is needed, and delete that run's log.
```yaml
variables:
  CI_DEBUG_TRACE: "false"
```

## References
- GitLab documentation 17, "GitLab CI/CD variables", "Enable debug logging"
- GitLab Runner, services, "Capturing service container logs"
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.workflows import GitlabPipeline


@check("gitlab-debug-trace", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=532)
def gitlab_debug_trace(pipeline: GitlabPipeline) -> Iterator[Diagnostic]:
    for name, what in (("CI_DEBUG_TRACE", "Every variable"), ("CI_DEBUG_SERVICES", "What services print")):
        for who, variable in pipeline.variables_in_force(name):
            if variable.is_true:
                yield fail(
                    f"{what} goes into the log of {who} ({name})",
                    at=variable.at,
                    severity=HIGH if name == "CI_DEBUG_TRACE" else MEDIUM,
                    key=f"{name}/{who}",
                )
    if pipeline.gaps:
        yield not_evaluated(pipeline.gaps)
