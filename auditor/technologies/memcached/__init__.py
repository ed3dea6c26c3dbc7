"""Memcached: memcached.conf, sysconfig files, and the containers that start it."""

from .service import Address, Memcached
from .technology import MEMCACHED

__all__ = ["MEMCACHED", "Address", "Memcached"]
