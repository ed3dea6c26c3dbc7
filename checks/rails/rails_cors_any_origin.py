r"""Pages of any site may read a Rails application's answers.

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

## Bad: an expression that every origin matches
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/initializers/cors.rb
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins /https?:\/\/.*/  # <-
    resource "*"
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

import re
from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, lazy, not_evaluated, takes_any_origin
from auditor.technologies.rails import RailsSettings

_TEXT = lazy(r"\"(?P<double>[^\"#]*)\"|'(?P<single>[^']*)'|%w\[(?P<words>[^\]]*)\]|/(?P<expression>(?:[^/\\]|\\.)*)/")


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
        elif any(_takes_any(match) for match in _TEXT.finditer(item.value)):
            message = "Rack::Cors lets pages of any site read answers"
            yield fail(message, at=item.at, key="origins", expected="the origins of the clinic's own pages")
        elif re.fullmatch(r"[\s,\[\]()]*", _TEXT.sub("", item.value)) is None:
            yield not_evaluated("code puts the origins together")


def _takes_any(match: re.Match[str]) -> bool:
    if match["expression"] is not None:
        return takes_any_origin(match["expression"].replace("\\A", "^").replace("\\z", "$"))
    return "*" in (match["double"] or match["single"] or match["words"] or "").split()
