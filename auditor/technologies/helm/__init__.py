"""Helm: a chart's description and its values; its templates are Kubernetes manifests."""

from .technology import HELM, Helm

__all__ = ["HELM", "Helm"]
