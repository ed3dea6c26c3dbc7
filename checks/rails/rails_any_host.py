r"""Rails is told to believe any host name.

## Why it matters
A request's Host header ends up in links that the application mails out, such as a password reset. Without a list of hosts
every client chooses it.

## Bad
```ruby config/environments/production.rb
Rails.application.configure do
  config.hosts.clear  # <-
end
```

## Bad: nil
```ruby config/environments/production.rb
Rails.application.configure do
  config.hosts = nil  # <-
end
```

## Bad: after hosts were named
```ruby config/environments/production.rb
Rails.application.configure do
  config.hosts << "portal.clinic.example"
  config.hosts.clear  # <-
end
```

## Good
```ruby config/environments/production.rb
Rails.application.configure do
  config.hosts = ["portal.clinic.example", /.*\.wards\.clinic\.example/]
end
```

## Good: added after it was emptied
```ruby config/environments/production.rb
Rails.application.configure do
  config.hosts.clear
  config.hosts << "portal.clinic.example"
end
```

## Fix
Name the hosts in use:
```ruby
config.hosts = ["portal.clinic.example"]
```

## References
- Rails Guides 8.0, Configuring Rails Applications, ActionDispatch::HostAuthorization: https://guides.rubyonrails.org/v8.0/configuring.html#actiondispatch-hostauthorization
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail
from auditor.technologies.rails import Given, RailsSettings


@check("rails-any-host", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=348)
def rails_any_host(rails: RailsSettings) -> Iterator[Diagnostic]:
    emptied: Given | None = None
    for item in rails.given.get("hosts", ()):
        # Called is `clear`; what is added afterwards are the hosts in use.
        empties = item.operator == "()" or (item.operator == "=" and item.value in {"nil", "[]"})
        emptied = item if empties else None
    if emptied is not None and not isinstance(emptied.value, Unknown):
        yield fail(
            "config.hosts is emptied, so that any host name is believed",
            at=emptied.at,
            key="hosts",
            expected="the names in use",
        )
