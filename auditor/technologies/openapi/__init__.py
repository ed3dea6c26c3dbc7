"""OpenAPI: what a document says of who may call an API, and what stands in its addresses."""

from .facts import ApiDocument, Operation, Parameter, Requirement, Scheme, Server
from .technology import OPENAPI

__all__ = ["OPENAPI", "ApiDocument", "Operation", "Parameter", "Requirement", "Scheme", "Server"]
