"""rsyslog and the journal."""

from .actions import Action, Listener
from .journal import seconds
from .service import Journal, JournalUpload, Rsyslog
from .technology import SYSLOG

__all__ = ["SYSLOG", "Action", "Journal", "JournalUpload", "Listener", "Rsyslog", "seconds"]
