"""The secrets in an older version of a file, read as the file itself is."""

from typing import Final

from auditor.discovery import decode, examine_file
from auditor.inventory.credentials import find_credentials
from auditor.inventory.tokens import facts_of_inscriptions
from auditor.model.credential import Credential
from auditor.sources.git_objects_error import TooLargeError
from auditor.sources.history import History
from auditor.sources.tree import Entry, MemoryTree
from auditor.technologies.document import Document

Slot = tuple[str, bytes]
"""A key's name and the digest of the value there."""
_KEPT_TEXTS: Final = 8


class Versions:
    """Older versions by the id of their blob; each is parsed once."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._texts: dict[bytes, str | None] = {}
        self._slots: dict[bytes, frozenset[Slot] | None] = {}

    def data(self, blob: bytes) -> bytes | None:
        """Return the content of a version, None if it is too large for a configuration.

        Raises:
            ObjectError: it cannot be read.
        """
        try:
            return self._history.blob(blob)
        except TooLargeError:
            return None

    def text(self, blob: bytes) -> str | None:
        """Return the text of a version, None if it is not text or too large.

        Raises:
            ObjectError: it cannot be read.
        """
        if blob not in self._texts:
            data = self.data(blob)
            text, problem = decode(data) if data is not None else ("", "too large")
            if len(self._texts) >= _KEPT_TEXTS:
                self._texts.clear()
            self._texts[blob] = None if problem else text
        return self._texts[blob]

    def slots(self, path: str, blob: bytes) -> frozenset[Slot] | None:
        """Return the secrets of a version of the file at `path`, None if it cannot be read."""
        if blob not in self._slots:
            text = self.text(blob)
            self._slots[blob] = None if text is None else _slots(path, text)
        return self._slots[blob]


def _slots(path: str, text: str) -> frozenset[Slot] | None:
    data = text.encode("utf-8", "surrogatepass")
    examined = examine_file(MemoryTree({path: data}), Entry(path, len(data)))
    if examined.status == "unreadable":
        return None
    documents: dict[str, list[Document]] = {}
    for technology, document in examined.documents:
        documents.setdefault(technology, []).append(document)
    try:
        credentials = list(find_credentials(documents, ()))
        inscribed = facts_of_inscriptions([examined], documents, credentials)
        credentials += [fact for fact in inscribed if isinstance(fact, Credential)]
    except Exception:  # noqa: BLE001  # a version that the program fails on tells nothing; the text could be quoted
        return None
    return frozenset((credential.key, credential.secret.digest) for credential in credentials if credential.is_written)
