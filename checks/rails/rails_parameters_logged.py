"""Rails logs the parameters of requests, passwords among them.

## Why it matters
Rails writes the parameters of every request to the log at level info. Nothing is left out unless `filter_parameters` says
so: log-ins, names and diagnoses end up in files that are copied to more places than the database.

## Bad: nothing is filtered
```ruby config/application.rb
module Portal
  class Application < Rails::Application
    config.load_defaults 8.0
  end
end
```
```ruby config/environments/production.rb
Rails.application.configure do  # <-
  config.force_ssl = true
end
```

## Bad: emptied
```ruby config/environments/production.rb
Rails.application.configure do
  config.filter_parameters = []  # <-
end
```

## Good
```ruby config/application.rb
module Portal
  class Application < Rails::Application
    config.load_defaults 8.0
  end
end
```
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/initializers/filter_parameter_logging.rb
Rails.application.config.filter_parameters += [ :passw, :email, :ssn, :diagnosis ]
```

## Fix
Name what is not for the log, by parts of the names:
```ruby
Rails.application.config.filter_parameters += [ :passw, :email, :ssn, :token, :diagnosis ]
```

## References
- Rails Guides 8.0, Configuring Rails Applications, config.filter_parameters: https://guides.rubyonrails.org/v8.0/configuring.html#config-filter-parameters
- Rails Guides 8.0, Action Controller Advanced Topics, Parameters Filtering
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.rails import RailsSettings

_NAME = "filter_parameters"


@check(
    "rails-parameters-logged",
    severity=MEDIUM,
    control=Control.PHI_EXPOSURE,
    also=(Control.PLAINTEXT_SECRET,),
    cwe=532,
)
def rails_parameters_logged(rails: RailsSettings) -> Iterator[Diagnostic]:
    given = rails.last(_NAME)
    # Without application.rb, which gives load_defaults, the initializers may stand elsewhere too.
    is_default = given is None and rails.last("load_defaults") is not None
    is_emptied = given is not None and given.operator == "=" and given.value in {"nil", "[]"}
    if is_default or is_emptied:
        default = " by default" if is_default else ""
        message = f"No parameter is filtered from the log{default}: passwords are written as they are sent"
        yield fail(message, at=rails.where(_NAME), key=_NAME, expected="a list of what is not for the log")
