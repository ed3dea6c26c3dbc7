"""What Elasticsearch and OpenSearch have in common: their settings file, variables, flags and addresses."""

from .document import NodeFile
from .node import SearchNode

__all__ = ["NodeFile", "SearchNode"]
