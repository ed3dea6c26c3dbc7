"""Tell the configuration of Rails applications from other Ruby code."""

from .claim import Recognition
from .registered import Registered

FOLDERS = ("config/environments/", "config/initializers/", "config/application.rb")
"""Where Rails reads its configuration from, below an application's root."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file configures Rails, None if it does not."""
    if not name.endswith(".rb") or not any(folder in path for folder in FOLDERS):
        return None
    if "config." not in head and "Rails.application" not in head and "Rack::Cors" not in head:
        return None
    return Recognition("configuration of a Rails application by its folder", 2)


TECHNOLOGY = Registered(
    "rails",
    "Ruby on Rails",
    "auditor.technologies.rails:RAILS",
    recognise,
    variables=("RAILS_ENV",),
    files="config/environments/production.rb, config/application.rb, config/initializers/*.rb",
    versions="Rails 6.1 to 8.0",
    compared_with="ruby-railties 6.1, ruby-rack-cors 1.1",
)
