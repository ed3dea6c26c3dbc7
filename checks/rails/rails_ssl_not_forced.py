"""A Rails application answers over http in production.

## Why it matters
`force_ssl` redirects to https, sends HSTS and marks cookies Secure. Without it log-ins and patients' data cross the network
in clear text, and the session cookie goes along with any request over http.

## Bad: Rails' default
```ruby config/environments/production.rb
Rails.application.configure do  # <-
  config.eager_load = true
  # config.force_ssl = true
end
```

## Bad
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = false  # <-
end
```

## Good
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```

## Good: for all environments
```ruby config/application.rb
module Portal
  class Application < Rails::Application
    config.force_ssl = true
  end
end
```
```ruby config/environments/production.rb
Rails.application.configure do
  config.eager_load = true
end
```

## Fix
Force https:
```ruby
config.force_ssl = true
```

## References
- Rails Guides 8.0, Configuring Rails Applications, config.force_ssl: https://guides.rubyonrails.org/v8.0/configuring.html#config-force-ssl
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.rails import RailsSettings


@check(
    "rails-ssl-not-forced",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.SESSION_MANAGEMENT,),
    cwe=319,
)
def rails_ssl_not_forced(rails: RailsSettings) -> Iterator[Diagnostic]:
    if known(rails.word("force_ssl", "false")) in {"false", "nil"}:
        default = "" if rails.last("force_ssl") is not None else " by default"
        yield fail(
            f"force_ssl is off{default}: requests over http are answered, and cookies are not Secure",
            at=rails.where("force_ssl"),
            key="force_ssl",
            expected="config.force_ssl = true",
        )
