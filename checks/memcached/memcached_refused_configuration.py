"""Memcached would refuse to start with these options.

## Why it matters
The server says what is wrong and ends. Whatever is running now runs with something else, and the next restart fails. Its
other settings are not judged.

## Bad: SASL and the text protocol
```text memcached.conf
-l 127.0.0.1
-S
-B ascii  # <-
```

## Bad: a log-in and UDP
```text memcached.conf
-l 127.0.0.1
-S
-U 11211  # <-
```

## Bad: TLS without a certificate
```text memcached.conf
-l 127.0.0.1
-Z  # <-
```

## Good
```text memcached.conf
-l 127.0.0.1
-S
-B binary
```

## Good: lines that Debian's start script leaves out
```text memcached.conf
-d
logfile /var/log/memcached.log
-l 127.0.0.1
```

## Fix
Correct the option and try it by hand:
```text
memcached -l 127.0.0.1 -p 0 -S
```

## References
- memcached 1.6 -h
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.memcached import Memcached


@check(
    "memcached-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def memcached_refused_configuration(cache: Memcached) -> Iterator[Diagnostic]:
    for problem in cache.refused:
        yield fail(f"Memcached would refuse to start: {problem.message}", at=problem.at, key=problem.message)
    if cache.unrecognised:
        where = ", ".join(str(problem.at) for problem in cache.unrecognised[:3])
        yield not_evaluated(f"a part of -o is not known here ({where}); a newer version may have it")
