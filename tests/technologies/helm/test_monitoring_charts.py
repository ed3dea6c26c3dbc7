"""The charts of Grafana and Prometheus, judged by the adapters of these servers."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.unknown import Unknown
from auditor.technologies.grafana import Grafana
from auditor.technologies.prometheus import MonitoringServer

from .releases import GRAFANA, PROMETHEUS, facts, umbrella


def grafana(values: str, version: str = "8.5.9") -> Grafana:
    (found,) = facts(Grafana, umbrella("grafana", version, f"grafana:\n  {values}\n", repository=GRAFANA))
    return found


def test_grafana_without_values_has_a_password_of_its_own() -> None:
    server = grafana("{}")
    assert server.has_published_admin is not True
    assert server.is_on("auth.anonymous.enabled") is False
    assert server.version == "11"


def test_the_map_grafana_ini_is_read_at_its_lines() -> None:
    server = grafana("grafana.ini:\n    security:\n      cookie_secure: true\n    auth.anonymous:\n      enabled: true")
    assert server.is_on("auth.anonymous.enabled") is True
    assert str(server.where("auth.anonymous.enabled")) == "values.yaml:6"
    assert server.is_on("security.cookie_secure") is True


def test_a_map_on_one_line_is_read_too() -> None:
    server = grafana("grafana.ini: {auth.anonymous: {enabled: true}, app_mode: production}")
    assert server.is_on("auth.anonymous.enabled") is True
    assert str(server.where("auth.anonymous.enabled")) == "values.yaml:2"


@pytest.mark.parametrize("value", ["'{{ .Values.x }}'", "ENC[AES256_GCM,data:x]"])
def test_what_the_map_takes_from_elsewhere_is_not_known(value: str) -> None:
    assert isinstance(
        grafana(f"grafana.ini:\n    auth.anonymous:\n      enabled: {value}").is_on("auth.anonymous.enabled"), Unknown
    )


def test_variables_stand_over_the_map() -> None:
    server = grafana("grafana.ini: {auth.anonymous: {enabled: true}}\n  env: {GF_AUTH_ANONYMOUS_ENABLED: 'false'}")
    assert server.is_on("auth.anonymous.enabled") is False
    server = grafana("envFromSecret: more")
    assert isinstance(server.is_on("auth.anonymous.enabled"), Unknown)


@pytest.mark.parametrize(
    ("values", "published"),
    [
        ("adminPassword: admin", True),
        ("adminPassword: clinic-fake-5713", False),
        ("admin: {existingSecret: login}", False),
    ],
)
def test_the_administrators_password(values: str, published: bool) -> None:
    assert (grafana(values).has_published_admin is True) is published


def test_an_ingress_publishes_grafana() -> None:
    assert grafana("{}").exposure.reach is Reach.CONTAINER_NETWORK
    server = grafana("ingress:\n    enabled: true")
    assert (server.exposure.reach, str(server.exposure.at)) == (Reach.PUBLISHED, "values.yaml:3")
    assert grafana("route: {main: {enabled: true}}").exposure.reach is Reach.PUBLISHED


def servers(chart: str, version: str, values: str) -> list[MonitoringServer]:
    return facts(MonitoringServer, umbrella(chart, version, f"{chart}:\n  {values}\n", repository=PROMETHEUS))


def test_prometheus_reloads_over_http_unless_told_otherwise() -> None:
    (server,) = servers("prometheus", "25.1.0", "{}")
    assert server.settings["web.enable-lifecycle"].value == "true"
    (server,) = servers("prometheus", "25.1.0", "server:\n    extraFlags:\n      - web.enable-admin-api")
    assert server.settings["web.enable-lifecycle"].value == "false"
    assert str(server.where("web.enable-admin-api")) == "values.yaml:4"
    (server,) = servers("prometheus", "25.1.0", "server: {extraArgs: {web.config.file: /etc/config/web.yml}}")
    assert isinstance(server.web, Unknown)


def test_the_stack_has_prometheus_alertmanager_and_grafana() -> None:
    files = umbrella("kube-prometheus-stack", "65.0.0", "{}", repository=PROMETHEUS)
    prometheus, alertmanager = facts(MonitoringServer, files)
    assert (prometheus.title, alertmanager.title) == ("Prometheus", "Alertmanager")
    assert alertmanager.settings["cluster.listen-address"].value == ""
    assert facts(Grafana, files)[0].has_published_admin is True


def test_the_stack_published_a_password_up_to_version_78() -> None:
    def published(version: str, values: str = "{}") -> bool | Unknown:
        files = umbrella("kube-prometheus-stack", version, values, repository=PROMETHEUS)
        return facts(Grafana, files)[0].has_published_admin

    assert published("79.0.0") is not True
    assert published("45.1.0", "kube-prometheus-stack: {grafana: {admin: {existingSecret: login}}}") is not True
    assert isinstance(published(">=1"), Unknown)


def test_parts_of_the_stack_that_are_switched_off_are_not_judged() -> None:
    values = (
        "{grafana: {enabled: false}, alertmanager: {enabled: false}, prometheus: {prometheusSpec: {listenLocal: true}}}"
    )
    (server,) = servers("kube-prometheus-stack", "65.0.0", values)
    assert server.exposure.reach is Reach.LOOPBACK
    assert not facts(
        Grafana, umbrella("kube-prometheus-stack", "65.0.0", f"kube-prometheus-stack: {values}", repository=PROMETHEUS)
    )
