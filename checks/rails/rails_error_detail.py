"""Rails shows its developers' error pages in production.

## Why it matters
The pages show source code, parameters and the session, which in a clinic are patients' data, to whoever provokes an error.

## Bad
```ruby config/environments/production.rb
Rails.application.configure do
  config.consider_all_requests_local = true  # <-
end
```

## Good
```ruby config/environments/production.rb
Rails.application.configure do
  config.consider_all_requests_local = false
end
```

## Good: in development
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/environments/development.rb
Rails.application.configure do
  config.consider_all_requests_local = true
end
```

## Fix
Show such pages in development only:
```ruby
config.consider_all_requests_local = false
```

## References
- Rails Guides 8.0, Configuring Rails Applications, config.consider_all_requests_local: https://guides.rubyonrails.org/v8.0/configuring.html#config-consider-all-requests-local
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.rails import RailsSettings

_NAME = "consider_all_requests_local"


@check("rails-error-detail", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=209)
def rails_error_detail(rails: RailsSettings) -> Iterator[Diagnostic]:
    if known(rails.word(_NAME, "false")) == "true":
        message = f"{_NAME} is true, so that everybody sees source code and parameters on an error"
        yield fail(message, at=rails.where(_NAME), key=_NAME, expected="false")
