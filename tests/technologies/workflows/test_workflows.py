from auditor.discovery import recognise
from auditor.model.source import Source
from auditor.technologies.workflows import WORKFLOWS

GITHUB = """\
on: push
permissions:
  id-token: write
env:
  DB_PASSWORD: Rm7-quiet-Harbor-41
jobs:
  test:
    services:
      db:
        image: postgres:16
        env:
          POSTGRES_PASSWORD: "quiet-Harbor-9"
    steps:
      - uses: docker/login-action@v3
        with:
          username: clinic
          password: ${{ secrets.REGISTRY_PASSWORD }}
      - run: make test
        env:
          API_TOKEN: plain-Token-7
  call:
    uses: ./.github/workflows/other.yml
    secrets: inherit
"""
GITLAB = """\
variables:
  DB_PASSWORD: Rm7-quiet-Harbor-41
  API_TOKEN:
    value: plain-Token-7
    description: for the tests
test:
  variables: {OTHER_SECRET: quiet-Harbor-9}
  script: [make test]
"""


def found(path: str, text: str) -> dict[str, object]:
    recognised = recognise(path, text)
    assert recognised is not None
    assert recognised[0].id == "workflows"
    return {a.key: a.value for a in WORKFLOWS.parse(Source(path=path, text=text)).assignments()}


def test_github() -> None:
    values = found(".github/workflows/ci.yml", GITHUB)
    assert values["DB_PASSWORD"] == "Rm7-quiet-Harbor-41"
    assert values["POSTGRES_PASSWORD"] == "quiet-Harbor-9"
    assert values["API_TOKEN"] == "plain-Token-7"
    assert values["password"] == "${{ secrets.REGISTRY_PASSWORD }}"
    assert "id-token" not in values
    assert "secrets" not in values


def test_gitlab() -> None:
    assert found(".gitlab-ci.yml", GITLAB) == {
        "DB_PASSWORD": "Rm7-quiet-Harbor-41",
        "API_TOKEN": "plain-Token-7",
        "OTHER_SECRET": "quiet-Harbor-9",
    }


def test_a_workflow_elsewhere_is_none() -> None:
    assert recognise("docs/ci.yml", GITHUB) is None
