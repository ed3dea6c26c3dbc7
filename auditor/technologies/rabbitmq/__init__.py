"""RabbitMQ: rabbitmq.conf, Erlang terms, definitions, plugins, and the brokers they configure."""

from .definitions import BrokerUser, Permission, Policy, Queue, RabbitDefinitions
from .service import MANAGEMENT, PROMETHEUS, Listener, RabbitMq
from .technology import RABBITMQ

__all__ = [
    "MANAGEMENT",
    "PROMETHEUS",
    "RABBITMQ",
    "BrokerUser",
    "Listener",
    "Permission",
    "Policy",
    "Queue",
    "RabbitDefinitions",
    "RabbitMq",
]
