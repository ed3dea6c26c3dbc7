"""Envoy: its listeners, HTTP connection managers, clusters and their TLS."""

from .fields import Message, field_of, is_on, message_at, messages, place_of, text_at
from .headers import answer_header
from .resources import Chain, Cluster, Listener, Manager, Route, VirtualHost
from .service import Admin, Envoy
from .technology import ENVOY
from .transport import Tls

__all__ = [
    "ENVOY",
    "Admin",
    "Chain",
    "Cluster",
    "Envoy",
    "Listener",
    "Manager",
    "Message",
    "Route",
    "Tls",
    "VirtualHost",
    "answer_header",
    "field_of",
    "is_on",
    "message_at",
    "messages",
    "place_of",
    "text_at",
]
