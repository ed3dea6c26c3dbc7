"""Keycloak: realms as they are imported, and the server with its options."""

from .realm import Client, KeycloakRealm
from .server import Keycloak
from .technology import KEYCLOAK

__all__ = ["KEYCLOAK", "Client", "Keycloak", "KeycloakRealm"]
