"""Env files: `.env` and its variants, read by applications and by Compose."""

from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.dotenv import recognise

from .document import DotenvDocument, Entry, evaluate, parse

__all__ = ["DOTENV", "Dotenv", "DotenvDocument", "Entry", "evaluate", "parse"]


@dataclass(frozen=True)
class Dotenv:
    """Recognises and reads env files."""

    id: str = "dotenv"
    title: str = "Env file"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> DotenvDocument:
        return parse(source)


DOTENV = Dotenv()
