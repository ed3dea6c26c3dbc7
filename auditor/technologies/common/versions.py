"""Which versions of a product a configuration may belong to: what an image's tag says, or what its settings allow."""

from collections.abc import Iterable, Mapping

from auditor.records import dataclass

from .configured import Version, major_of, version_of


@dataclass(frozen=True)
class Range:
    """Versions from `least` on and below `below`; `exact` where an image's tag says it."""

    least: Version = (0,)
    below: Version = (999,)
    exact: Version | None = None

    def is_at_least(self, *version: int) -> bool:
        """Tell whether every version of the range is `version` or later."""
        return self.least >= version

    def is_below(self, *version: int) -> bool:
        """Tell whether every version of the range is earlier than `version`."""
        return self.below <= version


def range_of(
    tag: str | None, names: Iterable[str], since: Mapping[str, Version], before: Mapping[str, Version]
) -> Range:
    """Return the versions that an image's tag, or else the settings' names allow (a tag `7` is any 7).

    `since` tells in which version a setting and those below it appeared, `before` in which one they were gone.
    """
    exact = version_of(tag)
    if exact is not None:
        return Range(exact, (exact[0], exact[1] + 1), exact)
    major = major_of(tag)
    if major is not None:
        return Range((major, 0), (major + 1, 0))
    least: Version = (0,)
    below: Version = (999,)
    for name in names:
        least = max([least, *(version for prefix, version in since.items() if _is_under(name, prefix))])
        below = min([below, *(version for prefix, version in before.items() if _is_under(name, prefix))])
    found = Range(least, below)
    return found if found.least < found.below else Range(least)  # what a newer version dropped was left in the file


def _is_under(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")
