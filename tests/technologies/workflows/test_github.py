"""GitHub's workflows as they run."""

import json

from hypothesis import given
from hypothesis import strategies as st

from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.workflows import GithubWorkflow, events_of

WORKFLOW = """\
on: {push: {branches: [main]}, pull_request_target: null}
permissions:
  contents: read
env: {LEVEL: workflow, NAME: one}
jobs:
  build:
    if: github.repository == 'Clinic/portal'
    env: {LEVEL: job}
    runs-on: {labels: [self-hosted]}
    services:
      db: {image: postgres}
    steps:
      - uses: Example/Action/sub@v1
        env: {LEVEL: step}
      - uses: clinic/own@main
      - uses: docker://alpine@sha256:0000000000000000000000000000000000000000000000000000000000000000
  call:
    permissions: write-all
    uses: ./.github/workflows/other.yml
    secrets: inherit
"""


def workflows(files: dict[str, str]) -> list[GithubWorkflow]:
    return [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, GithubWorkflow)]


def test_a_workflow() -> None:
    (workflow,) = workflows({".github/workflows/ci.yml": WORKFLOW})
    assert set(workflow.triggers) == {"push", "pull_request_target"}
    build, call = workflow.jobs
    first, own, image = build.steps
    assert build.permissions is not None
    assert not build.permissions.can_write
    assert call.permissions is not None
    assert call.permissions.is_write_all
    assert call.inherits_secrets is not None
    assert call.inherits_secrets.line == 20
    assert first.uses is not None
    assert first.uses.repository == "example/action"
    assert not first.uses.is_pinned
    assert own.uses is not None
    assert workflow.is_own(own.uses)
    assert not workflow.is_own(first.uses)
    assert image.uses is not None
    assert image.uses.is_pinned
    assert [label.text for label in build.runs_on] == ["self-hosted"]
    level = build.variable(first, "level")
    assert level is not None
    assert level.text == "step"
    assert build.env["LEVEL"].text == "job"
    assert build.env["NAME"].text == "one"


def test_a_composite_action_anywhere_and_no_other() -> None:
    composite = "runs:\n  using: composite\n  steps:\n    - run: echo\n      shell: bash\n"
    program = "runs:\n  using: node20\n  main: index.js\n"
    found = workflows({"tools/action.yml": composite, "other/action.yml": program})
    assert [(workflow.component, workflow.is_action) for workflow in found] == [("tools/action.yml", True)]
    assert found[0].events_open


def test_who_chooses_a_context() -> None:
    assert "pull_request_target" in events_of("github.head_ref")
    assert "issues" in events_of("github.event.**")
    assert not events_of("github.event.pull_request.number")
    assert not events_of("github.event.inputs.name")
    assert not events_of("github.event.repository.**")


_TREE = st.recursive(
    st.none()
    | st.booleans()
    | st.sampled_from(["a", "inherit", "write-all", "${{ github.head_ref }}", "echo $X | cat"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "on jobs a steps uses run with env permissions secrets if runs using services container".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(_TREE, _TREE)
def test_any_tree_is_taken(jobs: object, rest: object) -> None:
    text = json.dumps(
        {"on": rest, "permissions": rest, "env": rest, "jobs": {"a": {"steps": [jobs], "with": rest}, "b": jobs}}
    )
    for workflow in workflows({".github/workflows/a.yml": text}):
        assert all(value.at.path for _, value in workflow.scalars())
