"""Which secrets are shared between uses that should each have their own.

A secret's places are brought together by value (keyed digests) and by the names through which the value is passed on.
Each pair of uses is then judged: a client and its own server, or one setting handed from file to file, is as it should
be.
"""

from .groups import uses_of_secrets

__all__ = ["uses_of_secrets"]
