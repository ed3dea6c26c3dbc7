"""Releases that Flux, Argo CD and helmfile install."""

import pytest

from auditor.model.unknown import Unknown
from auditor.technologies.mongodb import Mongod
from auditor.technologies.postgres import Postgres
from auditor.technologies.redis import Redis

from .releases import facts, workloads

REPOSITORY = """apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: {name: shelf}
spec: {url: "%s"}
"""
BITNAMI = REPOSITORY % "oci://registry-1.docker.io/bitnamicharts"
RELEASE = """apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: cache
  namespace: clinic
spec:
  chart:
    spec:
      chart: redis
      version: 20.x
      sourceRef: {kind: HelmRepository, name: shelf}
"""
OPEN = "  values:\n    auth:\n      enabled: false\n"
PATCH = """apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: cache
spec:
  values:
    auth:
      enabled: true
"""


def is_open(redis: Redis) -> bool:
    assert not isinstance(redis.users, Unknown)
    return redis.users["default"].nopass


def test_a_release_of_flux_has_its_values_and_namespace() -> None:
    redis = facts(Redis, {"a/repository.yaml": BITNAMI, "b/cache.yaml": RELEASE + OPEN})[0]
    assert redis.component == "statefulset/clinic/cache-redis-master/redis"
    assert is_open(redis)
    assert str(redis.where("requirepass")) == "b/cache.yaml:14"
    assert (str(redis.at), redis.version) == ("b/cache.yaml:2", "7.4")


def test_a_chart_of_another_repository_is_not_judged() -> None:
    other = REPOSITORY % "https://charts.example.org/stable"
    assert not workloads({"a/repository.yaml": other, "b/cache.yaml": RELEASE + OPEN})
    assert not workloads({"b/cache.yaml": RELEASE + OPEN})
    assert len(workloads({"b/cache.yaml": RELEASE.replace("name: shelf", "name: bitnami")})) == 2


def test_a_chart_reference_to_an_artifact() -> None:
    artifact = BITNAMI.replace("kind: HelmRepository", "kind: OCIRepository").replace('charts"', 'charts/redis"')
    release = RELEASE.partition("  chart:")[0] + "  chartRef: {kind: OCIRepository, name: shelf}\n" + OPEN
    assert is_open(facts(Redis, {"a.yaml": artifact, "b.yaml": release})[0])


@pytest.mark.parametrize(
    "more",
    [
        "  valuesFrom:\n    - {kind: Secret, name: more}\n",
        "  postRenderers:\n    - kustomize: {patches: []}\n",
    ],
)
@pytest.mark.parametrize("values", [OPEN, ""])
def test_values_from_elsewhere_decide_nothing(more: str, values: str) -> None:
    redis = facts(Redis, {"a.yaml": BITNAMI, "b.yaml": RELEASE + values + more})[0]
    assert isinstance(redis.users, Unknown)
    assert isinstance(redis.settings["tls-port"].value, Unknown)


@pytest.mark.parametrize("values", [OPEN, ""])
def test_one_value_from_elsewhere_stands_over_that_written(values: str) -> None:
    more = "  valuesFrom:\n    - {kind: Secret, name: more, targetPath: auth.enabled, valuesKey: x}\n"
    redis = facts(Redis, {"a.yaml": BITNAMI, "b.yaml": RELEASE + values + more})[0]
    assert isinstance(redis.users, Unknown)
    assert redis.settings["tls-port"].value == "0"


def test_values_written_in_the_release_stand_over_those_from_elsewhere() -> None:
    release = RELEASE.replace("redis", "postgresql").replace("20.x", "15.x") + (
        "  values:\n    audit:\n      logConnections: true\n  valuesFrom:\n    - {kind: Secret, name: more}\n"
    )
    server = facts(Postgres, {"a.yaml": BITNAMI, "b.yaml": release})[0]
    assert isinstance(server.settings["log_connections"].value, str)
    assert isinstance(server.settings["log_disconnections"].value, Unknown)


def test_a_patch_of_an_overlay_is_merged_with_its_base() -> None:
    files = {"a.yaml": BITNAMI, "base/cache.yaml": RELEASE + OPEN, "production/cache.yaml": PATCH}
    assert [is_open(redis) for redis in facts(Redis, files)] == [False, False]
    files["test/cache.yaml"] = PATCH.replace("true", "false")
    assert [is_open(redis) for redis in facts(Redis, files)] == [False, False, True, True]


APPLICATION = """apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: db}
spec:
  destination: {namespace: clinic}
  sources:
    - repoURL: registry-1.docker.io/bitnamicharts
      chart: postgresql
      targetRevision: 16.4.1
      helm:
        valueFiles: [%s]
        values: |
          audit:
            logConnections: false
        %s
    - repoURL: https://git.example.org/clinic.git
      ref: here
"""


def postgres(files: str, more: str) -> Postgres:
    tree = {
        "app.yaml": APPLICATION % (files, more),
        "env/db.yaml": "audit: {logConnections: true, logHostname: true}\n",
    }
    return facts(Postgres, tree)[0]


def test_values_of_argo_cd_in_their_order() -> None:
    found = postgres("$here/env/db.yaml", 'parameters: [{name: audit.logDisconnections, value: "true"}]')
    assert found.settings["log_connections"].value == "off"
    assert str(found.where("log_connections")) == "app.yaml:14"
    assert found.settings["log_disconnections"].value == "on"
    found = postgres("$here/env/db.yaml", "valuesObject: {audit: {logConnections: true}}")
    assert found.settings["log_connections"].value == "on"


def test_a_values_file_that_is_not_in_the_tree_leaves_open_what_nothing_else_sets() -> None:
    found = postgres("$here/env/other.yaml", "valuesObject: {architecture: standalone}")
    assert isinstance(found.settings["log_connections"].value, str)
    assert isinstance(found.settings["log_disconnections"].value, Unknown)


HELMFILE = """repositories:
  - name: shelf
    url: https://charts.bitnami.com/bitnami
releases:
  - name: store
    chart: shelf/mongodb
    version: ~15.1
    values:
      - values/store.yaml
      - auth:
          enabled: false
"""


def test_a_release_of_a_helmfile() -> None:
    files = {"helmfile.yaml": HELMFILE, "values/store.yaml": "tls: {enabled: true}\narchitecture: standalone\n"}
    (server,) = facts(Mongod, files)
    assert server.settings["net.tls.mode"].value == "requireTLS"
    assert "security.authorization" not in server.settings or not server.settings.is_explicit("security.authorization")
    assert server.version == "7.0"


@pytest.mark.parametrize("more", ["    installed: false\n", "    condition: store.enabled\n"])
def test_a_release_that_may_not_be_installed_is_not_judged(more: str) -> None:
    assert not workloads({"helmfile.yaml": HELMFILE + more, "values/store.yaml": "{}\n"})


GENERATOR = """apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [cache.yaml]
configMapGenerator:
  - name: more
    files: [%s]
"""


@pytest.mark.parametrize("files", ["values.yaml=cache-values.yaml", "sub/values.yaml"])
def test_values_of_a_generated_config_map_are_read(files: str) -> None:
    tree = {
        "a.yaml": BITNAMI,
        "b/cache.yaml": RELEASE + "  valuesFrom:\n    - {kind: ConfigMap, name: more}\n",
        "b/kustomization.yaml": GENERATOR % files,
        "b/cache-values.yaml": "auth:\n  enabled: false\n",
        "b/sub/values.yaml": "auth:\n  enabled: false\n",
    }
    redis = facts(Redis, tree)[0]
    assert is_open(redis)
    assert str(redis.where("requirepass")) == f"b/{files.rpartition('=')[2]}:2"
    tree["b/kustomization.yaml"] = GENERATOR % "values.yaml=missing.yaml"
    assert isinstance(facts(Redis, tree)[0].users, Unknown)
