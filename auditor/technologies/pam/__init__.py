"""PAM: who gets in with which password."""

from .service import CHECKERS, PamPart, PamService, PasswordRules, remembers, shortest
from .technology import PAM

__all__ = ["CHECKERS", "PAM", "PamPart", "PamService", "PasswordRules", "remembers", "shortest"]
