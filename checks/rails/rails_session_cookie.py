"""Rails' session cookie is kept from neither http nor scripts.

## Why it matters
A cookie without Secure goes along with requests over http, where anybody on the network reads it; one without HttpOnly is
read by an injected script. Either hands over a clinician's session.

## Bad
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = false
  config.session_store :cookie_store, key: "_portal", secure: false  # <-
end
```

## Bad: force_ssl marks no cookies while its redirect is off
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
  config.ssl_options = { redirect: false }
  config.session_store :cookie_store, key: "_portal", secure: false  # <-
end
```

## Bad: scripts
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/initializers/session_store.rb
Rails.application.config.session_store :cookie_store,
                                       key: "_portal",
                                       httponly: false
```

## Good
```ruby config/environments/production.rb
Rails.application.configure do
  config.session_store :cookie_store, key: "_portal", secure: true, httponly: true
end
```

## Good: force_ssl marks all cookies Secure
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
  config.session_store :cookie_store, key: "_portal", secure: false
end
```

## Fix
Send the cookie over https only, and keep it from scripts:
```ruby
config.session_store :cookie_store, key: "_portal", secure: true, httponly: true
```

## References
- Rails Guides 8.0, Configuring Rails Applications, config.session_store: https://guides.rubyonrails.org/v8.0/configuring.html#config-session-store
- Rails API 8.0, ActionDispatch::SSL (secure cookies)
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.rails import RailsSettings

from ._common import ssl_option_off

_NAME = "session_store"


@check("rails-session-cookie", severity=HIGH, control=Control.SESSION_MANAGEMENT, cwe=614)
def rails_session_cookie(rails: RailsSettings) -> Iterator[Diagnostic]:
    at = rails.where(_NAME)
    if known(rails.option(_NAME, "httponly")) == "false":
        message = "httponly is false, so that scripts can read the session cookie"
        yield fail(message, at=at, severity=MEDIUM, key="httponly", expected="httponly: true")
    # Where the redirect is off, cookies are not marked either.
    spares = any(ssl_option_off(rails, name) for name in ("redirect", "secure_cookies"))
    marks_all = known(rails.word("force_ssl", "false")) == "true" and not spares
    if known(rails.option(_NAME, "secure")) == "false" and not marks_all:
        message = "secure is false, so that the session cookie is also sent over http"
        yield fail(message, at=at, key="secure", expected="secure: true")
