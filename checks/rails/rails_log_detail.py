"""Rails logs SQL statements with their values in production.

## Why it matters
At level debug every statement is logged with the values bound to it, which are patients' data. Logs are copied to more
places and read by more people than the database, and are kept without its protection.

## Bad
```ruby config/environments/production.rb
Rails.application.configure do
  config.log_level = :debug  # <-
end
```

## Bad: unless a variable says otherwise
```ruby config/environments/production.rb
Rails.application.configure do
  config.log_level = ENV.fetch("RAILS_LOG_LEVEL", "debug")  # <-
end
```

## Good
```ruby config/environments/production.rb
Rails.application.configure do
  config.log_level = ENV.fetch("RAILS_LOG_LEVEL", "info")
end
```

## Fix
Log at level info:
```ruby
config.log_level = :info
```

## References
- Rails Guides 8.0, Configuring Rails Applications, config.log_level: https://guides.rubyonrails.org/v8.0/configuring.html#config-log-level
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.rails import RailsSettings

_NAME = "log_level"


@check(
    "rails-log-detail",
    severity=MEDIUM,
    control=Control.PHI_EXPOSURE,
    also=(Control.INFORMATION_DISCLOSURE,),
    cwe=532,
)
def rails_log_detail(rails: RailsSettings) -> Iterator[Diagnostic]:
    if known(rails.word(_NAME, "info")) == "debug":
        message = "log_level debug writes SQL statements with their values to the log"
        yield fail(message, at=rails.where(_NAME), key=_NAME, expected="config.log_level = :info")
