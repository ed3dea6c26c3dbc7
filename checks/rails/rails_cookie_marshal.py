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

## Bad: the default before 7.0
```ruby config/application.rb
module Portal
  class Application < Rails::Application
    config.load_defaults 6.1  # <-
  end
end
```
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
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

## Good: the default since 7.0
```ruby config/application.rb
module Portal
  class Application < Rails::Application
    config.load_defaults 7.0
  end
end
```
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
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
    if rails.last(_NAME) is None:
        version = known(rails.word("load_defaults", ""))
        if version.partition(".")[0] in {"5", "6"}:
            yield fail(
                f"load_defaults {version} reads cookies that make objects of any class, unless told otherwise",
                at=rails.where("load_defaults"),
                key=_NAME,
                expected=":json",
            )
        return
    serializer = known(rails.word(_NAME, "json"))
    if serializer in _SEVERITIES:
        yield fail(
            f"cookies_serializer {serializer} reads cookies that make objects of any class",
            at=rails.where(_NAME),
            severity=_SEVERITIES[serializer],
            key=_NAME,
            expected=":json",
        )
