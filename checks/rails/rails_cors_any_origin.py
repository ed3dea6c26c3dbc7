"""Pages of any site may read a Rails application's answers.

## Why it matters
CORS decides which sites' scripts may read an answer. With `*` a page that a clinician happens to open in the clinic's
network reads whatever the application answers there without a log-in.

## Bad
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/initializers/cors.rb
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins "*"  # <-
    resource "*", headers: :any, methods: [:get]
  end
end
```

## Good
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/initializers/cors.rb
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins "https://portal.clinic.example"
    resource "*", headers: :any, methods: [:get]
  end
end
```

## Fix
Name the origins of your own pages:
```ruby
origins "https://portal.clinic.example"
```

## References
- rack-cors 2.0, Configuration Reference: https://github.com/cyu/rack-cors#configuration-reference
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.rails import RailsSettings

_ANY = frozenset({'"*"', "'*'"})


@check(
    "rails-cors-any-origin",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AUTHORIZATION,),
    cwe=942,
)
def rails_cors_any_origin(rails: RailsSettings) -> Iterator[Diagnostic]:
    for item in rails.given.get("cors.origins", ()):
        if isinstance(item.value, Unknown):
            yield not_evaluated(item.value.reason)
        elif _ANY & {word.strip() for word in item.value.split(",")}:
            message = "Rack::Cors lets pages of any site read answers"
            yield fail(message, at=item.at, key="origins", expected="the origins of the clinic's own pages")
