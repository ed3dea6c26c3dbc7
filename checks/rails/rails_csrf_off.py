"""Rails does not protect forms against other sites.

## Why it matters
Without the token that Rails puts into forms, another site's page sends requests in the name of a signed-in clinician.

## Bad
```ruby config/environments/production.rb
Rails.application.configure do
  config.action_controller.allow_forgery_protection = false  # <-
end
```

## Good
```ruby config/environments/production.rb
Rails.application.configure do
  config.action_controller.allow_forgery_protection = true
end
```

## Good: in tests
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/environments/test.rb
Rails.application.configure do
  config.action_controller.allow_forgery_protection = false
end
```

## Fix
Leave the protection on:
```ruby
config.action_controller.allow_forgery_protection = true
```

## References
- Rails Guides 8.0, Securing Rails Applications, CSRF Countermeasures: https://guides.rubyonrails.org/v8.0/security.html#csrf-countermeasures
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.rails import RailsSettings

_NAMES = ("action_controller.allow_forgery_protection", "action_controller.default_protect_from_forgery")


@check("rails-csrf-off", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=352)
def rails_csrf_off(rails: RailsSettings) -> Iterator[Diagnostic]:
    for name in _NAMES:
        if known(rails.word(name, "true")) == "false":
            message = f"{name} is false, so that other sites' pages can send forms"
            yield fail(message, at=rails.where(name), key=name, expected="true")
