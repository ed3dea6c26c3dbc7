"""Which technology a file belongs to, by name, path and content: one cheap module each.

Nothing here imports a technology's reading code, so that recognising files costs no more than looking at them.
"""

from .claim import Recognition

__all__ = ["Recognition"]
