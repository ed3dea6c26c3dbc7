"""The Docker daemon passes over a setting of daemon.json.

## Why it matters
daemon.json calls a list by its plural. The flag's name in its place is taken without a word and read by nobody, so that a
plugin that was to check every command, or a limit, is not there although it is written down.

## Bad
```json daemon.json
{
  "authorization-plugin": ["opa-docker-authz"] # <-
}
```

## Bad: outside of its object
```json daemon.json
{
  "https-proxy": "http://proxy.clinic.example:3128" # <-
}
```

## Good
```json daemon.json
{
  "authorization-plugins": ["opa-docker-authz"],
  "proxies": {"https-proxy": "http://proxy.clinic.example:3128"}
}
```

## Fix
Use the name that daemon.json has for it.

## References
- dockerd reference, "On Linux" (names of daemon.json) and "Options" (names of flags); Docker manual, "Daemon proxy
  configuration"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.docker import Docker


@check("docker-ignored-setting", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, cwe=1188)
def docker_ignored_setting(docker: Docker) -> Iterator[Diagnostic]:
    for problem in docker.ignored:
        yield fail(f"dockerd does not read this key: {problem.message}", at=problem.at, key=problem.message)
