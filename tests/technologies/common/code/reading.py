"""Read modules of one program as a scan does, and say shortly what was found."""

from collections.abc import Mapping

from auditor.model.code import KeyUse, SecretsDiffer, TokenPayload
from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.technologies.document import Assignment, Document
from auditor.technologies.javascript import JAVASCRIPT
from auditor.technologies.python import PYTHON


class Files:
    """A tree of texts."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def source(self, path: str) -> Source | None:
        return Source(path=path, text=self._texts[path]) if path in self._texts else None

    def paths(self, folder: str) -> list[str]:
        return sorted(path for path in self._texts if path.startswith(folder))


def parse(path: str, text: str) -> Document:
    technology = PYTHON if path.endswith(".py") else JAVASCRIPT
    return technology.parse(Source(path=path, text=text))


def facts(files: Mapping[str, str]) -> list[Fact]:
    documents = [parse(path, text) for path, text in files.items() if not path.endswith(".json")]
    view = Files(files)
    return [*PYTHON.facts(documents, view), *JAVASCRIPT.facts(documents, view)]


def uses(files: Mapping[str, str]) -> list[KeyUse]:
    return [fact for fact in facts(files) if isinstance(fact, KeyUse)]


def mechanisms(files: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the symbols and what each is a key for."""
    return {(use.symbol, use.mechanism) for use in uses(files)}


def payloads(files: Mapping[str, str]) -> list[TokenPayload]:
    return [fact for fact in facts(files) if isinstance(fact, TokenPayload)]


def kept_apart(files: Mapping[str, str]) -> set[frozenset[str]]:
    return {fact.symbols for fact in facts(files) if isinstance(fact, SecretsDiffer)}


def literals(path: str, text: str) -> dict[str, str]:
    return {item.key: item.value for item in assignments(path, text) if isinstance(item.value, str)}


def assignments(path: str, text: str) -> list[Assignment]:
    return list(parse(path, text).assignments())
