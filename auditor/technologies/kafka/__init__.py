"""Apache Kafka: brokers, KRaft controllers, Connect workers; property files of clients and JAAS files for secrets."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import kafka as recognition

from .build import producer_of_file, service_of_file, service_of_workload
from .document import KafkaConfig, ServerProperties, parse_document, server_properties
from .listeners import Listener
from .service import KafkaBroker, KafkaConnect, KafkaProducer, KafkaService

__all__ = [
    "KAFKA",
    "KafkaBroker",
    "KafkaConnect",
    "KafkaProducer",
    "KafkaService",
    "Listener",
    "ServerProperties",
    "server_properties",
]


class KafkaTechnology:
    """The technology `kafka`."""

    id = "kafka"
    title = "Apache Kafka"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read a property file or a JAAS file; never raises."""
        return parse_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the broker, controller or Connect worker that the container runs."""
        if workload.role is Role.INIT:
            return ()
        service = service_of_workload(workload, view)
        return () if service is None else (service,)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield a service for every configuration of a broker, a worker or a producer."""
        for document in documents:
            if not isinstance(document, KafkaConfig):
                continue
            if document.kind == recognition.CLIENT:
                producer = producer_of_file(document.source)
                if producer is not None:
                    yield producer
            else:
                yield service_of_file(document.source, document.kind, views[document.source.key])


KAFKA = KafkaTechnology()
