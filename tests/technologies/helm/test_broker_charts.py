"""Bitnami's charts of Kafka and RabbitMQ, judged by the adapters of these servers."""

import pytest

from auditor.model.exposure import Reach
from auditor.model.unknown import Unknown
from auditor.technologies.kafka import KafkaBroker
from auditor.technologies.rabbitmq import RabbitMq

from .releases import facts, umbrella, workloads


def kafka(version: str, values: str = "{}") -> KafkaBroker:
    return facts(KafkaBroker, umbrella("kafka", version, f"kafka:\n  {values}\n"))[0]


def protocols(broker: KafkaBroker) -> object:
    return broker.settings["listener.security.protocol.map"].value


def test_kafka_24_and_later_log_clients_in_over_plain_text() -> None:
    broker = kafka("32.4.4")
    assert protocols(broker) == ("CLIENT:SASL_PLAINTEXT,INTERBROKER:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT")
    assert not broker.refused
    assert broker.settings["log.dirs"].value == "/bitnami/kafka/data"


def test_a_plain_client_listener_is_found_at_its_line() -> None:
    broker = kafka("^28.0.0", "listeners:\n    client:\n      protocol: PLAINTEXT")
    assert "CLIENT:PLAINTEXT" in str(protocols(broker))
    assert str(broker.where("listeners")) == "values.yaml:4"


@pytest.mark.parametrize(
    "values",
    [
        "listeners: {extraListeners: [{name: more, containerPort: 9096, protocol: PLAINTEXT}]}",
        "listeners: {client: {protocol: '{{ .Values.x }}'}}",
        "existingConfigmap: settings",
        "extraConfig: auto.create.topics.enable=false",
    ],
)
def test_listeners_that_are_not_known(values: str) -> None:
    assert isinstance(protocols(kafka("28.3.0", values)), Unknown)


def test_kafka_before_24_is_open_by_default() -> None:
    broker = kafka("14.8.1")
    assert protocols(broker) == "INTERNAL:PLAINTEXT,CLIENT:PLAINTEXT"
    broker = kafka("14.8.1", "auth: {clientProtocol: sasl_tls, interBrokerProtocol: tls}")
    assert protocols(broker) == "INTERNAL:SSL,CLIENT:SASL_SSL"
    assert str(broker.where("listener.security.protocol.map")) == "values.yaml:2"


def test_a_kafka_chart_without_a_version_is_not_judged() -> None:
    assert not workloads(umbrella("kafka", "", ""))


def test_brokers_beside_the_controllers() -> None:
    values = "kafka:\n  broker: {replicaCount: 3}\n  controller: {controllerOnly: true}\n"
    (broker,) = workloads(umbrella("kafka", "28.3.0", values))
    assert broker.unit == "statefulset/default/clinic-kafka-broker"
    assert broker.replicas is not None
    assert broker.replicas.value == 3


def test_external_access_publishes_its_own_listener() -> None:
    (broker,) = workloads(umbrella("kafka", "28.3.0", "kafka:\n  externalAccess:\n    enabled: true\n"))
    assert [(port.container, str(port.at)) for port in broker.ports if port.published] == [(9095, "values.yaml:3")]


def rabbit(values: str, version: str = "14.7.0") -> RabbitMq:
    return facts(RabbitMq, umbrella("rabbitmq", version, f"rabbitmq:\n  {values}\n"))[0]


def test_rabbitmq_without_values() -> None:
    broker = rabbit("{}")
    assert broker.listeners("ssl") == ()
    assert isinstance(broker.plugins, frozenset)
    assert sorted(broker.plugins) == [
        "rabbitmq_auth_backend_ldap",
        "rabbitmq_management",
        "rabbitmq_peer_discovery_k8s",
    ]
    assert broker.version == "3.13"


def test_tls_and_metrics_of_rabbitmq() -> None:
    broker = rabbit(
        "{auth: {tls: {enabled: true, sslOptionsVerify: verify_none, failIfNoPeerCert: false}}, metrics: {enabled: true}}"
    )
    listeners = broker.listeners("ssl")
    assert not isinstance(listeners, Unknown)
    assert [listener.port for listener in listeners] == [5671]
    assert broker.settings["ssl_options.verify"].value == "verify_none"
    assert isinstance(broker.plugins, frozenset)
    assert "rabbitmq_prometheus" in broker.plugins


def test_extra_configuration_of_rabbitmq_stands_at_its_lines() -> None:
    broker = rabbit("extraConfiguration: |-\n    log.connection.level = none")
    assert str(broker.where("log.connection.level")) == "values.yaml:3"


def test_configuration_of_rabbitmq_replaces_the_charts_own() -> None:
    broker = rabbit("{auth: {tls: {enabled: true}}, configuration: 'listeners.tcp.default = 5672'}")
    assert "listeners.ssl.default" not in broker.settings


@pytest.mark.parametrize(
    "values",
    ["configurationExistingSecret: settings", "auth: {tls: {enabled: 'yes'}}", "loadDefinition: {enabled: true}"],
)
def test_a_configuration_of_rabbitmq_that_is_not_known(values: str) -> None:
    assert isinstance(rabbit(values).listeners("ssl"), Unknown)


def test_a_service_of_rabbitmq_for_everybody() -> None:
    broker = rabbit("service:\n    type: LoadBalancer")
    assert (broker.exposure.reach, str(broker.exposure.at)) == (Reach.PUBLISHED, "values.yaml:3")
