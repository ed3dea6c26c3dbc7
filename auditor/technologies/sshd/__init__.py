"""OpenSSH's server: sshd_config, its drop-ins, and the containers and units that start it."""

from .algorithms import weak_in
from .service import Ineffective, Session, Sshd
from .technology import SSHD

__all__ = ["SSHD", "Ineffective", "Session", "Sshd", "weak_in"]
