"""ClamAV: the scanner's daemon, the updates of its signatures, and the filter for mail."""

from .service import SCANS, Clamd, Freshclam, Milter
from .technology import CLAMAV

__all__ = ["CLAMAV", "SCANS", "Clamd", "Freshclam", "Milter"]
