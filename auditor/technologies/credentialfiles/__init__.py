"""Files with the log-ins of a program or a person; all that is in them is who logs in where with what."""

from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.credentialfiles import recognise

from .document import CredentialFile, parse

__all__ = ["CREDENTIAL_FILES", "CredentialFile", "CredentialFiles"]


@dataclass(frozen=True)
class CredentialFiles:
    """Recognises and reads credential files."""

    id: str = "credentialfiles"
    title: str = "Credential files"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> CredentialFile:
        """Read the file.

        Raises:
            FormatError: it is not JSON, where its name says so.
        """
        return parse(source)


CREDENTIAL_FILES = CredentialFiles()
