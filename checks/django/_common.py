"""What several checks of Django ask."""

from auditor.api import known
from auditor.technologies.python import DjangoSettings


def uses(django: DjangoSettings, *apps: str) -> bool:
    """Tell whether one of the apps is installed.

    Raises:
        UndecidedError: the list of apps is not known.
    """
    return known(django.lists("INSTALLED_APPS", *apps))


def has_middleware(django: DjangoSettings, name: str) -> bool:
    """Tell whether a class is among the middleware.

    Raises:
        UndecidedError: the list is not known.
    """
    return known(django.lists("MIDDLEWARE", name))
