"""Origins of strangers that a regular expression about an Origin header may let in."""

from collections.abc import Iterator

from auditor.patterns import lazy

ANYBODY = "https://stranger.invalid"
"""The origin of somebody that no configuration names (RFC 2606, section 2)."""
MAX_HOSTS = 20
_HOST = lazy(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def strangers(pattern: str) -> Iterator[str]:
    """Yield origins outside the domains that a regular expression names, which it may match all the same.

    They are what is registered to get past an expression without an anchor: the domain as the beginning of another
    one, and as the end of another one where it consists of two labels.
    """
    yield ANYBODY
    hosts = dict.fromkeys(_HOST.findall(pattern.lower().replace("\\.", ".")))
    for host in list(hosts)[:MAX_HOSTS]:
        for scheme in ("https", "http"):
            yield f"{scheme}://{host}.stranger.invalid"
            yield f"{scheme}://www.{host}.stranger.invalid"
            if host.count(".") == 1:
                yield f"{scheme}://stranger-{host}"
