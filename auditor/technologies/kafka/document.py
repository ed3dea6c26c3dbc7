"""What stands in a property file of Kafka's, and in a JAAS file."""

from collections.abc import Iterator, Mapping

from auditor.formats.properties import Lines, Property
from auditor.formats.properties_template import PropertyFile, read, settle_value
from auditor.formats.template import is_templated, mask
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document
from auditor.technologies.recognition.kafka import JAAS, kind_of

from .jaas import module_secrets

SECRETS = lazy(
    r"(?:.*\.)?(?:ssl\.(?:keystore|truststore|key)\.password|ssl\.keystore\.key|delegation\.token\.(?:master|secret)\.key"
    r"|password\.encoder\.(?:old\.)?secret|basic\.auth\.user\.info|sasl\.(?:oauthbearer|login)\.client\.secret)"
)
"""Keys whose value is a secret (Kafka's type PASSWORD), with or without a listener's prefix."""
_JAAS_KEY = lazy(r"(?:.*\.)?sasl\.jaas\.config")


@dataclass(frozen=True, kw_only=True)
class KafkaConfig(Document):
    """A property file. `kind` is broker, connect or client."""

    kind: str
    content: PropertyFile

    def assignments(self) -> Iterator[Assignment]:
        for each in self.content.properties:
            if SECRETS.fullmatch(each.key):
                yield _secret(each.key, self.content.value(each), each.value_at)
            elif _JAAS_KEY.fullmatch(each.key):
                yield from _jaas_of(each)


@dataclass(frozen=True, kw_only=True)
class JaasFile(Document):
    """A file of login modules, for brokers, clients and ZooKeeper alike; `text` has holes for template expressions."""

    text: str

    def assignments(self) -> Iterator[Assignment]:
        lines = Lines(self.text)
        for found in module_secrets(self.text):
            at = self.source.at(*lines.place(found.start), *lines.place(max(found.end - 1, found.start)))
            yield _secret(found.option, settle_value(found.value), at, found.principal)


def _jaas_of(each: Property) -> Iterator[Assignment]:
    for found in module_secrets(each.value):
        value = settle_value(found.value)
        yield _secret(f"{each.key} {found.option}", value, each.part(found.start, found.end), found.principal)


def _secret(key: str, value: str | Unknown, at: Location, principal: str | None = None) -> Assignment:
    return Assignment(key=key, value=value, at=at, container="server-config", server_secret=True, principal=principal)


def parse_document(source: Source) -> Document:
    """Read a property file or a JAAS file; never raises."""
    kind = kind_of(source.file_name.lower(), source.text)
    if kind == JAAS:
        text = mask(source.text)[0] if is_templated(source.text) else source.text
        return JaasFile(source=source, text=text, partial="template expressions" if text != source.text else "")
    content = read(source)
    return KafkaConfig(
        source=source, kind=kind or "broker", content=content, problems=content.problems, partial=content.partial
    )


@dataclass(frozen=True)
class ServerProperties:
    """The properties of a broker whose configuration is a text elsewhere (Amazon MSK)."""

    values: Mapping[str, str | Unknown]
    places: Mapping[str, Location]
    doubt: Unknown | None = None
    """Why a key that is not here may be set."""

    def value(self, name: str) -> str | Unknown | None:
        """Return a property as Kafka reads it; None if the text does not set it."""
        return self.values.get(name, self.doubt)


def server_properties(source: Source) -> ServerProperties:
    """Return the properties of a broker's configuration text; of a key the last assignment counts."""
    content = read(source)
    return ServerProperties(
        {each.key: content.value(each) for each in content.properties},
        {each.key: each.at for each in content.properties},
        Unknown("a part of the text is not known") if content.inserts else None,
    )
