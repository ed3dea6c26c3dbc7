"""Settings of applications in common formats: Spring, .NET, properties, INI, TOML, YAML, JSON and XML.

Only their secrets are looked at; what the settings mean is the application's own affair.
"""

from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.settings import recognise

from .document import SettingsDocument, parse

__all__ = ["SETTINGS", "Settings", "SettingsDocument"]


@dataclass(frozen=True)
class Settings:
    """Recognises and reads settings files."""

    id: str = "settings"
    title: str = "Application settings"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> SettingsDocument:
        """Read the file.

        Raises:
            FormatError: it is not YAML or JSON, where its name says so.
        """
        return parse(source)


SETTINGS = Settings()
