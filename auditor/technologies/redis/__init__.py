"""Redis, Valkey and Sentinel: redis.conf, sentinel.conf, ACL files, and the containers that start them."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import redis as recognition

from .acl import AclUser
from .build import service_of_acl_file, service_of_file, service_of_workload
from .command import invocation_of
from .document import AclFile, RedisConfig, parse_acl, parse_config
from .service import Monitor, Redis, RedisSentinel, RedisServer

__all__ = ["REDIS", "AclUser", "Monitor", "Redis", "RedisSentinel", "RedisServer"]


class RedisTechnology:
    """The technology `redis`."""

    id = "redis"
    title = "Redis and Valkey"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read a configuration or an ACL file; never raises."""
        if source.file_name.lower().endswith(".acl") or recognition.is_acl(source.text):
            return parse_acl(source)
        return parse_config(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the Redis server or Sentinel that the container runs."""
        if workload.role is Role.INIT:
            return ()
        invocation = invocation_of(workload)
        return () if invocation is None else (service_of_workload(workload, invocation, view),)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield a server for every configuration that no other one includes, and for ACL files left over."""
        services: list[tuple[str, Service]] = []
        for document in documents:
            if isinstance(document, RedisConfig):
                view = views[document.source.key]
                service = service_of_file(document.source, view, is_sentinel=_is_sentinel(document))
                services.append((document.source.key, service))
        included = {key for own, service in services for key in service.consumed if key != own}
        yield from (service for own, service in services if own not in included)
        for document in documents:
            if isinstance(document, AclFile) and document.source.key not in included:
                yield service_of_acl_file(document, views[document.source.key])


def _is_sentinel(document: RedisConfig) -> bool:
    return document.is_sentinel or "sentinel" in document.source.file_name.lower()


REDIS = RedisTechnology()
