"""A Rails session stays open for more than half an hour without use.

## Why it matters
At a shared workstation the next person finds the last one's session. Automatic logoff ends a session that nobody uses.

## Bad
```ruby config/environments/production.rb
Rails.application.configure do
  config.session_store :cookie_store, key: "_portal", expire_after: 14.days  # <-
end
```

## Bad: Devise
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/initializers/devise.rb
Devise.setup do |config|
  config.timeout_in = 8.hours  # <-
end
```

## Good
```ruby config/environments/production.rb
Rails.application.configure do
  config.session_store :cookie_store, key: "_portal", expire_after: 15.minutes
end
```

## Fix
End unused sessions after a quarter of an hour:
```ruby
config.session_store :cookie_store, key: "_portal", expire_after: 15.minutes
```

## References
- Rails Guides 8.0, Configuring Rails Applications, config.session_store: https://guides.rubyonrails.org/v8.0/configuring.html#config-session-store
- Devise 4.9, Timeoutable: https://www.rubydoc.info/github/heartcombo/devise/Devise/Models/Timeoutable
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, span_words
from auditor.technologies.rails import RailsSettings, seconds_in

_STORE, _DEVISE = "session_store", "devise.timeout_in"


@check("rails-session-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def rails_session_lifetime(rails: RailsSettings) -> Iterator[Diagnostic]:
    spans = (
        ("expire_after", _STORE, known(rails.option(_STORE, "expire_after"))),
        ("timeout_in", _DEVISE, known(rails.word(_DEVISE, ""))),
    )
    for name, statement, span in spans:
        seconds = seconds_in(span or "")
        if seconds is not None and seconds > 1800:
            message = f"{name} keeps an unused session open for {span_words(seconds)}"
            yield fail(message, at=rails.where(statement), key=name, expected="15.minutes")
