"""Kubernetes: manifests in YAML or JSON, kustomizations and the templates of Helm charts."""

from .technology import KUBERNETES, Kubernetes

__all__ = ["KUBERNETES", "Kubernetes"]
