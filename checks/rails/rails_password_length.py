"""Devise accepts passwords of fewer than twelve characters.

## Why it matters
Short passwords are guessed from a stolen table of hashes within hours, and online by trying the common ones. Length is
what counts most.

## Bad
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/initializers/devise.rb
Devise.setup do |config|
  config.password_length = 6..128  # <-
end
```

## Good
```ruby config/environments/production.rb
Rails.application.configure do
  config.force_ssl = true
end
```
```ruby config/initializers/devise.rb
Devise.setup do |config|
  config.password_length = 12..128
end
```

## Fix
Require at least twelve characters:
```ruby
config.password_length = 12..128
```

## References
- Devise 4.9, Validatable, password_length: https://www.rubydoc.info/github/heartcombo/devise/Devise/Models/Validatable
- NIST SP 800-63B-4, section 3.1.1 (passwords)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, is_whole_number, known
from auditor.technologies.rails import RailsSettings

_NAME = "devise.password_length"


@check("rails-password-length", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=521)
def rails_password_length(rails: RailsSettings) -> Iterator[Diagnostic]:
    shortest = known(rails.word(_NAME, "")).partition(".")[0]
    if is_whole_number(shortest) and int(shortest) < 12:
        message = f"password_length accepts passwords of {shortest} characters"
        yield fail(message, at=rails.where(_NAME), key="password_length", expected="12..128")
