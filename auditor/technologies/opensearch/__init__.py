"""OpenSearch and Open Distro: settings files, the security plugin's files, and nodes in containers."""

from .security import (
    AuditSettings,
    AuthDomain,
    InternalUser,
    InternalUsers,
    Role,
    RoleMapping,
    RoleMappings,
    Roles,
    SecuritySettings,
)
from .service import OpenSearch
from .technology import OPENSEARCH, OpenSearchTechnology

__all__ = [
    "OPENSEARCH",
    "AuditSettings",
    "AuthDomain",
    "InternalUser",
    "InternalUsers",
    "OpenSearch",
    "OpenSearchTechnology",
    "Role",
    "RoleMapping",
    "RoleMappings",
    "Roles",
    "SecuritySettings",
]
