"""PAM: who gets in with which password."""

from .service import CHECKERS, QUALITY_LEAST, PamPart, PamService, PasswordRules, remembers, shortest
from .technology import PAM

__all__ = ["CHECKERS", "PAM", "QUALITY_LEAST", "PamPart", "PamService", "PasswordRules", "remembers", "shortest"]
