"""Every technology in the order in which ties of recognition are decided."""

from functools import cache

from .compose import COMPOSE
from .dockerfile import DOCKERFILE
from .document import Platform, Server, Technology
from .dotenv import DOTENV
from .helm import HELM
from .kubernetes import KUBERNETES
from .mongodb import MONGODB
from .postgres import POSTGRES
from .redis import REDIS
from .terraform import TERRAFORM


@cache
def technologies() -> tuple[Technology, ...]:
    """Return all technologies."""
    return (
        DOTENV,
        COMPOSE,
        DOCKERFILE,
        KUBERNETES,
        HELM,
        MONGODB,
        POSTGRES,
        REDIS,
        TERRAFORM,
    )  # in the order in which ties are decided


@cache
def platforms() -> tuple[Platform, ...]:
    """Return the technologies that declare workloads and resources."""
    return tuple(technology for technology in technologies() if isinstance(technology, Platform))


@cache
def servers() -> tuple[Server, ...]:
    """Return the technologies that are servers."""
    return tuple(technology for technology in technologies() if isinstance(technology, Server))
