"""Docker's daemon: what daemon.json and dockerd's flags put in force."""

from .service import Docker, TcpHost
from .technology import DOCKER

__all__ = ["DOCKER", "Docker", "TcpHost"]
