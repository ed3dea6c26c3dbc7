"""Kubernetes: manifests in YAML or JSON, kustomizations and the templates of Helm charts."""

from auditor.model.cluster import ServiceObject

from .cluster_files import AuditPolicy, AuditRule, EncryptionConfiguration, EncryptionRule, KubeletConfiguration
from .control_plane import ApiServer, ControllerManager, Etcd, Program
from .datastores import datastore_of
from .facts import (
    Entrance,
    Ingress,
    IngressController,
    NamespaceObject,
    NamespaceOverview,
    PodGroup,
    RbacBinding,
    RbacRole,
    RbacRule,
    RbacSubject,
    SecretManifest,
)
from .renewal import CertificateManifest, ExternalSecret
from .technology import KUBERNETES, Kubernetes

__all__ = [
    "KUBERNETES",
    "ApiServer",
    "AuditPolicy",
    "AuditRule",
    "CertificateManifest",
    "ControllerManager",
    "EncryptionConfiguration",
    "EncryptionRule",
    "Entrance",
    "Etcd",
    "ExternalSecret",
    "Ingress",
    "IngressController",
    "KubeletConfiguration",
    "Kubernetes",
    "NamespaceObject",
    "NamespaceOverview",
    "PodGroup",
    "Program",
    "RbacBinding",
    "RbacRole",
    "RbacRule",
    "RbacSubject",
    "SecretManifest",
    "ServiceObject",
    "datastore_of",
]
