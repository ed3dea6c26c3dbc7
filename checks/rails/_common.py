"""What several checks of Rails ask."""

import re

from auditor.api import known
from auditor.technologies.rails import RailsSettings


def ssl_option_off(rails: RailsSettings, name: str) -> bool:
    """Tell whether ssl_options switches off one of what force_ssl does: redirect, hsts, secure_cookies.

    Raises:
        UndecidedError: code decides it.
    """
    options = rails.last("ssl_options")
    return options is not None and re.search(rf"\b{name}(?:: ?| ?=> ?)false\b", known(options.value)) is not None
