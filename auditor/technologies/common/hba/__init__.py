"""Host-based authentication as PostgreSQL and PgBouncer have it: records in order, of which the first match decides."""

from .address import Address, AddressKind
from .records import HbaRecords
from .rule import TRANSPORTS, Gap, HbaRule, Name, NameKind, Transport

__all__ = ["TRANSPORTS", "Address", "AddressKind", "Gap", "HbaRecords", "HbaRule", "Name", "NameKind", "Transport"]
