"""A Rails application does not enforce https in production.

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

## Bad: the redirect is switched off again
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
  config.ssl_options = { redirect: false }  # <-
end
```

## Bad: no HSTS
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
  config.ssl_options = { hsts: false }  # <-
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

## Good: a path of the health check is left out of the redirect
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = Rails.env.production?
  config.ssl_options = { redirect: { exclude: ->(request) { request.path == "/up" } }, hsts: { subdomains: true } }
end
```

## Fix
Force https, and leave the redirect, cookies and HSTS of `ssl_options` on:
```ruby
config.force_ssl = true
config.ssl_options = { hsts: { subdomains: true } }
```

## References
- Rails Guides 8.0, Configuring Rails Applications, config.force_ssl: https://guides.rubyonrails.org/v8.0/configuring.html#config-force-ssl
"""

import re
from collections.abc import Iterator

from auditor.api import HIGH, LOW, MEDIUM, Control, Diagnostic, check, fail, known, span_words
from auditor.technologies.rails import RailsSettings, seconds_in

from ._common import ssl_option_off


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
        return
    options = rails.last("ssl_options")
    if options is None:
        return
    if ssl_option_off(rails, "redirect"):
        message = "ssl_options switches the redirect off: requests over http are answered, and cookies are not Secure"
        yield fail(message, at=options.at, severity=MEDIUM, key="force_ssl", expected="no redirect: false")
    span = re.search(r"\bexpires(?:: ?| ?=> ?)([\w.]+)", known(options.value))
    seconds = seconds_in(span[1]) if span is not None else None
    if ssl_option_off(rails, "hsts"):
        message = "ssl_options switches HSTS off, so that browsers are not told to stay with https"
        yield fail(message, at=options.at, severity=MEDIUM, key="hsts", expected="hsts left at two years")
    elif seconds is not None and seconds < 2592000:
        message = f"ssl_options makes browsers stay with https for {span_words(seconds)} only"
        yield fail(message, at=options.at, severity=LOW, key="hsts", expected="hsts left at two years")
