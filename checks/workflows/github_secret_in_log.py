r"""A step writes a secret to the log.

## Why it matters
GitHub masks a secret in logs only where it is written exactly as stored. Encoded, cut, or as one part of a larger
secret it stands there readable, for everybody who may read the repository.

## Bad: encoded
```yaml .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "${{ secrets.DEPLOY_KEY }}" | base64 # <-
```

## Bad: as it is
```yaml .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - env:
          KEY: ${{ secrets.DEPLOY_KEY }}
        run: |
          set -e
          echo "key: $KEY" # <-
```

## Bad: a part of it
```yaml .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - env:
          ACCOUNT: ${{ secrets.ACCOUNT }}
        run: |
          KEY=$(echo "$ACCOUNT" | jq -r .private_key)
          echo "key: $KEY" # <-
```

## Good: into a file, into a program
```yaml .github/workflows/deploy.yml
on: push
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - env:
          KEY: ${{ secrets.DEPLOY_KEY }}
        run: |
          echo "$KEY" > key.pem
          echo "${{ secrets.REGISTRY_TOKEN }}" | docker login --username ci --password-stdin
          echo "::add-mask::$KEY"
          echo "${KEY}" | base64 -d > key.der
          STATUS=$(curl -s -H "Authorization: Bearer $KEY" https://api.clinic.example)
          PROJECT=$(echo "$KEY" | jq -r .project_id)
          echo "$STATUS $PROJECT"
```

## Good: the shell takes what is printed into a variable
```yaml .github/workflows/push.yml
on: push
jobs:
  push:
    runs-on: ubuntu-24.04
    steps:
      - env:
          PUSH_TOKEN: ${{ secrets.PUSH_TOKEN }}
        run: |
          HEADER=$(printf 'x-access-token:%s' "${PUSH_TOKEN}" | base64 -w 0)
          git -c "http.https://git.clinic.example/.extraheader=Authorization: basic ${HEADER}" push origin main
```

## Fix
Hand the secret to the program that needs it, by a variable or its standard input, and print nothing of it.
```sh
echo "$TOKEN" | docker login --username ci --password-stdin
```

## References
- GitHub documentation, "Using secrets in GitHub Actions" (masking and its limits)
"""

import re
from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, Location, check, fail, lazy
from auditor.technologies.workflows import GithubJob, GithubStep, GithubWorkflow, Places, expressions_in

_PRINT = lazy(r"(?<![\w-])(?:echo|printf)[ \t](?P<words>(?:\$\{\{[^\n}]{0,300}\}\}|[^|&;>\n])*)(?P<after>[^\n]*)")
_SECRET = lazy(r"\$\{\{ *secrets\.(?P<direct>[\w-]+) *\}\}|\$\{?(?P<variable>[A-Za-z_]\w*)\b")
_CHANGED = lazy(
    r"\|[ \t]*(?:base64|rev|xxd|od|hexdump|cut|tr|sed|fold|head|tail|cat|tee(?:[ \t]+-a)?[ \t]+/dev/\w+)\b[^|>]*"
)
_DERIVED = lazy(
    r"^[ \t]*(?:export[ \t]+)?(?P<name>[A-Za-z_]\w*)=[\"']?\$\((?:echo|printf)[ \t](?P<words>[^|\n]{0,300})\|[ \t]*"
    r"(?:(?:base64|cut|sed|tr|rev|head|tail)\b|jq\b[^\n|]{0,100}\.(?:private_key|password|secret|token)\b)[^\n|]{0,300}\)",
    re.M,
)
_VARIABLE = lazy(r"\$\{?([A-Za-z_]\w*)")


@check("github-secret-in-log", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=532)
def github_secret_in_log(workflow: GithubWorkflow) -> Iterator[Diagnostic]:
    for job in workflow.jobs:
        for step in job.steps:
            for name, is_changed, at in _printed(job, step):
                yield fail(
                    f"The step {step.label} prints the secret {name}{' in another form, which is not masked' * is_changed}",
                    at=at,
                    severity=MEDIUM if is_changed else LOW,
                    key=f"{job.id}/{step.label}/{name}",
                )


def _printed(job: GithubJob, step: GithubStep) -> Iterator[tuple[str, bool, Location]]:
    """Yield the secrets that a script's commands print, whether in another form, and where."""
    script = step.run
    if script is None or "#!" in script.text:
        return
    places = Places(script)
    derived = _derived(job, step, script.text)
    for match in _PRINT.finditer(script.text):
        if script.text[: match.start()].rstrip().endswith(("$(", "`", "<(")):
            continue  # the shell takes what it prints
        words = match["words"]
        name = _secret_in(job, step, words)
        made_of = next((derived[word] for word in _VARIABLE.findall(words) if word in derived), None)
        after = re.split(r"&&|;", match["after"])[0].strip()
        is_piped = after.startswith("|") and not after.startswith("||")
        if is_piped and _CHANGED.fullmatch(after) is None:
            continue
        if (name or made_of) and (is_piped or not after or after.startswith("||")):
            at = places.at(match.start(), match.end("words"))
            yield name or made_of or "", is_piped or name is None, at


def _derived(job: GithubJob, step: GithubStep, script: str) -> dict[str, str]:
    """Return the shell variables that hold a part or another form of a secret, with the secret's name."""
    if "::add-mask::" in script:
        return {}
    found = {match["name"]: _secret_in(job, step, match["words"]) for match in _DERIVED.finditer(script)}
    return {variable: name for variable, name in found.items() if name is not None}


def _secret_in(job: GithubJob, step: GithubStep, words: str) -> str | None:
    """Return the name of the secret that a command's words write out, None if there is none."""
    if "::add-mask::" in words or "$(" in words.replace("$((", ""):
        return None
    for match in _SECRET.finditer(words):
        if match["direct"]:
            return match["direct"]
        value = step.env.get(match["variable"]) or job.env.get(match["variable"])
        for expression in expressions_in(value) if value is not None else ():
            for path in expression.flows:
                if path.startswith("secrets.") and f"'{match[0]}" not in words:
                    return expression.text.partition(".")[2]
    return None
