"""Apache Solr: security.json, its include scripts, solr.xml, cores, and the containers and units that start it."""

from .actions import ADMINISTRATION, ALL, RECORDS, SECURITY, Action, Open, open_actions
from .permissions import Permission, Rules, Whom
from .security import Security
from .service import Solr, SolrCore
from .technology import SOLR
from .users import SolrUser

__all__ = [
    "ADMINISTRATION",
    "ALL",
    "RECORDS",
    "SECURITY",
    "SOLR",
    "Action",
    "Open",
    "Permission",
    "Rules",
    "Security",
    "Solr",
    "SolrCore",
    "SolrUser",
    "Whom",
    "open_actions",
]
