"""Every technology in the order in which ties of recognition are decided, its reading code loaded when it is needed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import cast

from auditor.model.source import Source
from auditor.model.workload import Workload

from .document import Document, Platform, Server, Technology
from .recognition import Recognition, compose, dockerfile, dotenv, helm, kubernetes, mongodb, postgres, redis, terraform

Recogniser = Callable[[str, str, str], Recognition | None]


@dataclass(frozen=True)
class Registered:
    """A technology known by its recogniser; `constant` of the package `auditor.technologies.<id>` does the rest."""

    id: str
    title: str
    constant: str
    recognise: Recogniser
    words: tuple[str, ...] = ()
    """For a server: one of these stands in the image's name or in the words that start the container."""

    @property
    def implementation(self) -> Technology:
        """Return the technology, importing it at the first use."""
        return _load(self.id, self.constant)

    def parse(self, source: Source) -> Document:
        return self.implementation.parse(source)


@cache
def _load(name: str, constant: str) -> Technology:
    return cast("Technology", getattr(import_module(f"auditor.technologies.{name}"), constant))


_ENTRIES = (
    Registered("dotenv", "Env file", "DOTENV", dotenv.recognise),
    Registered("compose", "Docker Compose", "COMPOSE", compose.recognise),
    Registered("dockerfile", "Dockerfile", "DOCKERFILE", dockerfile.recognise),
    Registered("kubernetes", "Kubernetes", "KUBERNETES", kubernetes.recognise),
    Registered("helm", "Helm", "HELM", helm.recognise),
    Registered("mongodb", "MongoDB", "MONGODB", mongodb.recognise, ("mongo",)),
    Registered(
        "postgres", "PostgreSQL", "POSTGRES", postgres.recognise, ("postgres", "postgis", "pgvector", "timescale")
    ),
    Registered("redis", "Redis and Valkey", "REDIS", redis.recognise, ("redis", "valkey", "sentinel")),
    Registered("terraform", "Terraform", "TERRAFORM", terraform.recognise),
)
_PLATFORMS = ("compose", "dockerfile", "kubernetes", "terraform")


def technologies() -> tuple[Registered, ...]:
    """Return all technologies."""
    return _ENTRIES


def platforms(found: frozenset[str]) -> list[Platform]:
    """Return the technologies that declare workloads and resources, of those found in the scan."""
    return [
        cast("Platform", entry.implementation) for entry in _ENTRIES if entry.id in _PLATFORMS and entry.id in found
    ]


def servers(found: frozenset[str]) -> list[Server]:
    """Return the technologies that are servers, of those found in the scan."""
    return [cast("Server", entry.implementation) for entry in _ENTRIES if entry.words and entry.id in found]


def servers_in(workload: Workload) -> list[Server]:
    """Return the servers that a container may run by the words that name and start it."""
    texts = [word.value for word in workload.arguments if isinstance(word.value, str)]
    if workload.image is not None and isinstance(workload.image.value, str):
        texts.append(workload.image.value)
    text = " ".join([*texts, workload.image_prefix or ""]).lower()
    return [cast("Server", entry.implementation) for entry in _ENTRIES if any(word in text for word in entry.words)]
