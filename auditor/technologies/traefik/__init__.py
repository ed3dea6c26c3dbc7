"""Traefik: its entry points, routers, middlewares, TLS options and services."""

from .parts import Part
from .routes import EntryPoint, Middleware, Route
from .service import Target, TlsOptions, Traefik
from .technology import TRAEFIK

__all__ = ["TRAEFIK", "EntryPoint", "Middleware", "Part", "Route", "Target", "TlsOptions", "Traefik"]
