"""GitLab's jobs as they run."""

import json

from hypothesis import given
from hypothesis import strategies as st

from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.workflows import GitlabPipeline

ROOT = """\
include:
  - local: /ci/*.yml
variables: {LEVEL: all, ONE: "1"}
default:
  services: [docker:27-dind]
  before_script: [prepare]
test:
  extends: [.first, .second]
  script:
    - start
    - !reference [.first, script]
  inherit: {variables: [ONE]}
alone:
  services: []
  inherit: {default: false}
  script: echo
  artifacts: !reference [.second, artifacts]
"""
LIBRARY = """\
.base:
  variables: {DEEP: base, LEVEL: base}
.first:
  extends: .base
  script: [one, two]
  variables: {LEVEL: first}
.second:
  variables: {LEVEL: second}
  artifacts: {paths: [dist], expire_in: 1 day, access: developer}
"""


def pipelines(files: dict[str, str]) -> list[GitlabPipeline]:
    return [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, GitlabPipeline)]


def test_jobs_after_everything_is_merged() -> None:
    (pipeline,) = pipelines({"app/.gitlab-ci.yml": ROOT, "app/ci/base.yml": LIBRARY})
    test, alone = pipeline.jobs
    assert {name: variable.value for name, variable in test.variables.items()} == {
        "ONE": "1",
        "DEEP": "base",
        "LEVEL": "second",
    }
    assert [line.text for line in test.scripts] == ["prepare", "start", "one", "two"]
    assert [service.value for service in test.services] == ["docker:27-dind"]
    assert test.artifacts is not None
    assert test.variables["LEVEL"].at.path == "app/ci/base.yml"
    assert {name: variable.value for name, variable in alone.variables.items()} == {"LEVEL": "all", "ONE": "1"}
    assert [line.text for line in alone.scripts] == ["echo"]
    assert alone.services == ()
    assert alone.artifacts is not None
    assert alone.artifacts.access == "developer"
    assert pipeline.gaps == ""


def test_an_included_file_is_not_judged_alone() -> None:
    files = {".gitlab-ci.yml": "include: .gitlab/ci/a.yml\n", ".gitlab/ci/a.yml": "job: {script: x}\n"}
    assert [(p.component, [job.name for job in p.jobs]) for p in pipelines(files)] == [(".gitlab-ci.yml", ["job"])]
    del files[".gitlab-ci.yml"]
    assert [p.component for p in pipelines(files)] == [".gitlab/ci/a.yml"]


def test_what_is_not_there_is_said() -> None:
    (pipeline,) = pipelines({".gitlab-ci.yml": "include:\n  - project: a/b\n    file: x.yml\njob: {script: x}\n"})
    assert "project" in pipeline.gaps
    (pipeline,) = pipelines({".gitlab-ci.yml": "include: [missing.yml]\njob: {script: x}\n"})
    assert "local" in pipeline.gaps


def test_circles_end() -> None:
    text = "include: .gitlab-ci.yml\n.a: {extends: .b}\n.b: {extends: .a, script: !reference [.b, script]}\nc: {extends: .a}\n"
    (pipeline,) = pipelines({".gitlab-ci.yml": text})
    assert [job.name for job in pipeline.jobs] == ["c"]


def test_inputs_stand_before_the_configuration() -> None:
    (pipeline,) = pipelines({".gitlab-ci.yml": "spec: {inputs: {}}\n---\njob: {script: x}\n"})
    assert [job.name for job in pipeline.jobs] == ["job"]


def test_what_multiplies_has_an_end() -> None:
    levels = "".join(
        f".l{n}:\n  extends: [{', '.join([f'.l{n + 1}', f'.m{n + 1}'])}]\n  script:\n"
        + f"    - !reference [.l{n + 1}, script]\n" * 20
        + f".m{n}:\n  extends: [.l{n + 1}]\n"
        for n in range(5)
    )
    text = levels + ".l5: {script: [x]}\n.m5: {script: [x]}\njob: {extends: .l0}\n"
    (pipeline,) = pipelines({".gitlab-ci.yml": text})
    assert 0 < len(pipeline.jobs[0].scripts) <= 60_000


_TREE = st.recursive(
    st.none() | st.booleans() | st.sampled_from(["a", "b", ".a", "x.yml", "*/**.yml", "never"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "a .a script extends default inherit variables include local artifacts paths services name".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from("a .a b include default variables".split()), _TREE, max_size=6))
def test_any_tree_is_taken(tree: dict[str, object]) -> None:
    for pipeline in pipelines({".gitlab-ci.yml": json.dumps(tree), "x.yml": json.dumps({"b": {"extends": ".a"}})}):
        assert all(not job.name.startswith(".") for job in pipeline.jobs)
