"""Profiles: which are active, and what an expression says of them (Spring Boot 3.5 reference, Profiles)."""

from auditor.patterns import lazy

_WORDS = lazy(r"[\s,]+")
_DEVELOPMENT = lazy(
    r"(?:^|[-_.])(?:dev|develop|development|local|localhost|test|tests|testing|it|ci|e2e|unit|integration|qa|uat|stage"
    r"|staging|h2|demo|sandbox|debug)(?:[-_.]|$)"
)
_PRODUCTION = lazy(r"(?:^|[-_.])(?:prod|prd|production|live)(?:[-_.]|$)")


def names_in(text: str) -> tuple[str, ...]:
    """Return the profiles in a list with commas."""
    return tuple(word for word in _WORDS.split(text) if word)


def is_active(expression: str, active: tuple[str, ...]) -> bool | None:
    """Tell whether an expression (`prod`, `!dev`, `prod & cloud`, `a,b`) holds, None if it nests.

    Without an active profile the one named `default` is.
    """
    if "(" in expression:
        return None
    names = active or ("default",)
    alternatives = [part for part in expression.replace("|", ",").split(",") if part.strip()]
    return not alternatives or any(
        all(_holds(word.strip(), names) for word in alternative.split("&")) for alternative in alternatives
    )


def _holds(word: str, names: tuple[str, ...]) -> bool:
    return word[1:].strip() not in names if word.startswith("!") else word in names


def is_production(name: str) -> bool:
    """Tell whether a profile's name says that patients' data is worked on."""
    return _PRODUCTION.search(name.lower()) is not None


def is_development(name: str) -> bool:
    """Tell whether a profile's name says that it is for development or tests."""
    return not is_production(name) and _DEVELOPMENT.search(name.lower()) is not None
