"""etcd: configuration files, files of variables, and the containers that start it."""

from .service import EtcdServer, Url
from .technology import ETCD

__all__ = ["ETCD", "EtcdServer", "Url"]
