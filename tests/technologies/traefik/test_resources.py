"""Custom resources of Kubernetes are read as the dynamic configuration that Traefik makes of them."""

from typing import Any

import pytest
import yaml

from auditor.model.credential import Credential
from auditor.model.exposure import Reach
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.kubernetes import Entrance
from auditor.technologies.traefik import Part, Traefik

Json = dict[str, Any]


def resource(kind: str, name: str, spec: Json, group: str = "traefik.io", namespace: str | None = "clinic") -> Json:
    metadata = {"name": name, **({"namespace": namespace} if namespace is not None else {})}
    return {"apiVersion": f"{group}/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec}


def objects(*documents: Json) -> Part:
    (found,) = (fact for fact in facts(*documents) if isinstance(fact, Traefik))
    return found.providers["kubernetescrd"]


def facts(*documents: Json) -> list[object]:
    estate = take_estate(MemoryTree({"a.yaml": yaml.safe_dump_all(documents)}))
    assert not estate.faults
    return list(estate.facts)


def route(**more: object) -> Json:
    return {"match": "Host(`a.example`)", "kind": "Rule", "services": [{"name": "records", "port": 80}], **more}


@pytest.mark.parametrize("group", ["traefik.io", "traefik.containo.us"])
def test_an_object_is_called_by_its_namespace_and_name(group: str) -> None:
    found = objects(resource("Middleware", "strict", {"headers": {"stsSeconds": 1}}, group))
    assert found.text("http", "middlewares", "clinic-strict", "headers", "stsseconds") == "1"
    found = objects(resource("Middleware", "strict", {"headers": {}}, group, namespace=None))
    assert isinstance(found.find("http", "middlewares", "default-strict"), Part)


def test_the_tls_options_called_default_have_no_namespace() -> None:
    found = objects(
        resource("TLSOption", "default", {"minVersion": "VersionTLS10"}), resource("TLSOption", "other", {})
    )
    assert [part.name for part in found.each("tls", "options")] == ["default", "clinic-other"]


def test_references_are_to_the_object_s_namespace_unless_they_name_one() -> None:
    middlewares = [{"name": "a"}, {"name": "b", "namespace": "shared"}, {"name": "c@file"}]
    tls = {"options": {"name": "old", "namespace": "shared"}}
    spec = {"entryPoints": ["websecure"], "tls": tls, "routes": [route(middlewares=middlewares)]}
    found = objects(resource("IngressRoute", "records", spec))
    (router,) = found.each("http", "routers")
    assert router.words("middlewares") == ("clinic-a", "shared-b", "c@file")
    assert (router.text("tls", "options"), router.text("rule")) == ("shared-old", "Host(`a.example`)")
    assert router.words("entrypoints") == ("websecure",)


def test_middlewares_of_a_chain_are_names_as_in_a_file() -> None:
    spec = {"chain": {"middlewares": [{"name": "a"}, {"name": "b", "namespace": "shared"}]}}
    found = objects(resource("Middleware", "all", spec))
    assert found.find("http", "middlewares", "clinic-all") is not None
    (chain,) = found.each("http", "middlewares")
    assert chain.words("chain", "middlewares") == ("clinic-a", "shared-b")


def test_each_route_is_a_router_and_the_dashboard_is_a_service_of_traefik() -> None:
    dashboard = route(services=[{"name": "api@internal", "kind": "TraefikService"}], priority=7)
    found = objects(resource("IngressRoute", "own", {"routes": [route(), dashboard]}))
    routers = {part.name: part for part in found.each("http", "routers")}
    assert set(routers) == {"clinic-own-1", "clinic-own-2"}
    assert routers["clinic-own-2"].text("service") == "api@internal"
    assert routers["clinic-own-2"].text("priority") == "7"
    assert routers["clinic-own-1"].has("tls") is False


def test_a_templated_value_is_not_known_and_lines_are_those_of_the_file() -> None:
    text = (
        "apiVersion: traefik.io/v1alpha1\nkind: ServersTransport\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n"
        "  insecureSkipVerify: {{ .Values.skip }}\n---\napiVersion: traefik.io/v1alpha1\nkind: ServersTransport\n"
        "metadata:\n  name: b\nspec:\n  insecureSkipVerify: true\n"
    )
    estate = take_estate(MemoryTree({"templates/a.yaml": text}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Traefik))
    switches = {name: part.is_on("insecureskipverify") for name, part in found.transports()}
    assert switches.pop("default-b@kubernetescrd") is True
    (unknown,) = switches.values()
    assert isinstance(unknown, Unknown)
    assert [part.where("insecureskipverify").line for _, part in found.transports()] == [6, 13]


def test_the_name_of_a_secret_is_no_secret() -> None:
    made = facts(resource("Middleware", "staff", {"basicAuth": {"secret": "staff-users"}}))
    assert not [fact for fact in made if isinstance(fact, Credential)]


def test_a_plugin_s_reference_to_a_secret_is_no_secret() -> None:
    made = facts(resource("Middleware", "a", {"plugin": {"x": {"secret": "urn:k8s:secret:staff:key", "user": "u"}}}))
    assert not [fact for fact in made if isinstance(fact, Credential)]


def test_values_of_headers_and_plugins_are_assignments() -> None:
    headers = {"headers": {"customRequestHeaders": {"Authorization": "Basic bWFkZTp1cC0wMTky"}}}
    made = facts(
        resource("Middleware", "a", headers), resource("Middleware", "b", {"plugin": {"x": {"secret": "q7Gw2"}}})
    )
    found = {fact.key for fact in made if isinstance(fact, Credential)}
    assert found == {"Authorization", "secret"}


def installation(kind: str, spec: Json) -> list[object]:
    labels = {"app": "redis"}
    service = {"selector": labels, "ports": [{"port": 6379}]}
    pod = {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "c", "image": "redis:7.2"}]}}
    deployment = {"selector": {"matchLabels": labels}, "template": pod}
    metadata = {"name": "records", "namespace": "clinic"}
    return facts(
        resource(kind, "way", spec),
        {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": service},
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": deployment},
    )


@pytest.mark.parametrize(
    ("kind", "tls", "ends"),
    [
        ("IngressRoute", {"tls": {}}, True),
        ("IngressRouteTCP", {"tls": {"secretName": "a"}}, True),
        ("IngressRouteTCP", {"tls": {"passthrough": True}}, False),
        ("IngressRouteTCP", {}, False),
        ("IngressRoute", {}, None),
    ],
)
def test_a_route_publishes_the_pods_behind_its_service(kind: str, tls: Json, ends: bool | None) -> None:
    made = installation(kind, {"routes": [route(services=[{"name": "records", "port": 6379}])], **tls})
    (workload,) = (fact for fact in made if isinstance(fact, Workload))
    exposure = workload.exposure(6379)
    assert exposure.reach is Reach.PUBLISHED
    assert exposure.tls_ends is (ends is True)
    entrances = [fact.ends_tls for fact in made if isinstance(fact, Entrance)]
    assert len(entrances) == (0 if ends is False else 1)
    assert all(isinstance(each, Unknown) if ends is None else each is True for each in entrances)


@pytest.mark.parametrize(
    ("service", "encrypted"),
    [
        ({"port": 6379}, False),
        ({"port": 6379, "scheme": "https"}, True),
        ({"port": 443}, True),
        ({"port": "https"}, True),
    ],
)
def test_what_a_route_passes_on_is_encrypted_by_scheme_or_port(service: Json, encrypted: bool) -> None:
    made = installation("IngressRoute", {"tls": {}, "routes": [route(services=[{"name": "records", **service}])]})
    (entrance,) = (fact for fact in made if isinstance(fact, Entrance))
    assert entrance.encrypts is encrypted
