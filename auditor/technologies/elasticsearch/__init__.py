"""Elasticsearch: elasticsearch.yml, and the effective configuration of the nodes it and its images configure."""

from .service import Elasticsearch
from .technology import ELASTICSEARCH, ElasticsearchTechnology

__all__ = ["ELASTICSEARCH", "Elasticsearch", "ElasticsearchTechnology"]
