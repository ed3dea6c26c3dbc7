"""Charts of the tree with dependencies, as something of the tree installs them, and with several values files."""

import pytest

from auditor.model.unknown import Unknown
from auditor.technologies.redis import Redis

from .releases import facts, umbrella

CLOSED, OPEN = "redis:\n  auth:\n    enabled: true\n", "redis:\n  auth:\n    enabled: false\n"
CHART = {f"charts/clinic/{path}": text for path, text in umbrella("redis", "20.1.0", OPEN).items()}
ARGO = """apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: clinic}
spec:
  source:
    repoURL: https://git.example.org/clinic.git
    path: charts/clinic
    helm:
      %s
"""
FLUX = """apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: clinic}
spec:
  chart:
    spec:
      chart: ./charts/clinic
      sourceRef: {kind: GitRepository, name: clinic}
  values: {redis: {auth: {enabled: %s}}}
"""
HELMFILE = "releases:\n  - name: clinic\n    chart: ../charts/clinic\n    values:\n      - production.yaml\n"


def passwords(files: dict[str, str]) -> list[bool]:
    """Tell of each master whether it asks for a password."""
    masters = [redis for redis in facts(Redis, CHART | files) if "-master/" in redis.component]
    return [isinstance(redis.users, dict) and not redis.users["default"].nopass for redis in masters]


def test_a_chart_that_nothing_installs_is_judged_alone() -> None:
    assert passwords({}) == [False]


@pytest.mark.parametrize(
    "files",
    [
        {"app.yaml": ARGO % "parameters: [{name: redis.auth.enabled, value: 'true'}]"},
        {"app.yaml": ARGO % "valueFiles: [production.yaml]", "charts/clinic/production.yaml": CLOSED},
        {"app.yaml": ARGO % "valueFiles: [/production.yaml]", "production.yaml": CLOSED},
        {"release.yaml": FLUX % "true"},
        {"deploy/helmfile.yaml": HELMFILE, "deploy/production.yaml": CLOSED},
        {"charts/clinic/values-production.yaml": CLOSED},
    ],
)
def test_values_of_its_use_stand_over_its_own(files: dict[str, str]) -> None:
    assert passwords(files) == [True]


def test_a_use_that_changes_nothing_leaves_its_own_values() -> None:
    assert passwords({"app.yaml": ARGO % "parameters: [{name: page.title, value: clinic}]"}) == [False]


def test_values_of_a_use_that_are_not_in_the_tree_are_not_known() -> None:
    found = facts(Redis, CHART | {"deploy/helmfile.yaml": HELMFILE})
    assert [isinstance(redis.users, Unknown) for redis in found] == [True]


def test_each_values_file_that_speaks_of_it_is_a_release() -> None:
    files = {
        "charts/clinic/values-production.yaml": CLOSED,
        "charts/clinic/values-test.yaml": "redis: {auth: {sentinel: true}}\n",
    }
    assert passwords(files) == [True, False]
    assert passwords({"charts/clinic/values-test.yaml": "page: {title: clinic}\n"}) == [False]


def test_a_chart_within_another_has_the_values_of_that_one() -> None:
    parent = {"charts/clinic/charts/cache/" + path: text for path, text in umbrella("redis", "20.1.0", OPEN).items()}
    files = {"charts/clinic/Chart.yaml": "apiVersion: v2\nname: hospital\nversion: 1.0.0\n"}
    files["charts/clinic/values.yaml"] = "clinic:\n  redis:\n    auth:\n      enabled: true\n"
    masters = [redis for redis in facts(Redis, parent | files) if "-master/" in redis.component]
    assert [isinstance(redis.users, dict) and not redis.users["default"].nopass for redis in masters] == [True]


def test_a_values_file_that_leaves_it_out_hides_nothing() -> None:
    chart = umbrella("redis", "20.1.0", OPEN, more="    condition: redis.enabled\n")
    off = {"values-test.yaml": "redis: {enabled: false}\n"}
    assert len(facts(Redis, chart | off)) == 2
    application = ARGO.replace("charts/clinic", ".") % "parameters: [{name: redis.enabled, value: 'false'}]"
    assert not facts(Redis, chart | {"app.yaml": application})
