"""Which technology a file belongs to, by name, path and content: one cheap module each.

Every module with a `TECHNOLOGY` is a technology of the program. Nothing here imports a technology's reading code, so
that recognising files costs no more than looking at them.
"""

from .claim import STRONGEST, Recognition
from .registered import Registered

__all__ = ["STRONGEST", "Recognition", "Registered"]
