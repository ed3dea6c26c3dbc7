"""Rails reads cookies with Marshal.

## Why it matters
Marshal makes objects of any class that the data names. Whoever learns secret_key_base runs code on the server; `hybrid`
still reads such cookies.

## Bad
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/initializers/cookies_serializer.rb
Rails.application.config.action_dispatch.cookies_serializer = :marshal  # <-
```

## Good
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/initializers/cookies_serializer.rb
Rails.application.config.action_dispatch.cookies_serializer = :json
```

## Fix
Use JSON:
```ruby
Rails.application.config.action_dispatch.cookies_serializer = :json
```

## References
- Rails Guides 8.0, Configuring Rails Applications, config.action_dispatch.cookies_serializer: https://guides.rubyonrails.org/v8.0/configuring.html#config-action-dispatch-cookies-serializer
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.rails import RailsSettings

_NAME = "action_dispatch.cookies_serializer"
_SEVERITIES = {"marshal": HIGH, "hybrid": MEDIUM}


@check(
    "rails-cookie-marshal",
    severity=HIGH,
    control=Control.CODE_EXECUTION,
    also=(Control.SESSION_MANAGEMENT,),
    cwe=502,
)
def rails_cookie_marshal(rails: RailsSettings) -> Iterator[Diagnostic]:
    serializer = known(rails.word(_NAME, "json"))
    if serializer in _SEVERITIES:
        yield fail(
            f"cookies_serializer {serializer} reads cookies that make objects of any class",
            at=rails.where(_NAME),
            severity=_SEVERITIES[serializer],
            key=_NAME,
            expected=":json",
        )
