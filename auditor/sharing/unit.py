"""Which folders are parts of one system."""

from functools import lru_cache

from auditor.patterns import lazy

_WRAPPING = frozenset(
    "k8s kubernetes deploy deployment deployments manifests helm charts chart templates base overlays overlay envs "
    "environments environment env config conf configs configuration secrets secret docker compose infra infrastructure "
    "terraform tf .github workflows ansible group_vars host_vars ops src app prod production live dev develop "
    "development local test tests testing ci e2e stage staging uat qa common shared default".split()
)
"""Names of folders that say how or where something runs, not what it is."""
_VERSION = lazy(r"v?\d+(\.\d+)*")


@lru_cache(maxsize=4096)
def system_of(folder: str) -> tuple[str, ...]:
    """Return the folders that name the system which the files of `folder` belong to: () is the whole repository."""
    parts = [part for part in folder.split("/") if part]
    return tuple(part for part in parts if part.lower() not in _WRAPPING and not _VERSION.fullmatch(part))


def are_related(first: str, second: str) -> bool:
    """Tell whether two folders belong to one system: the same one, or one within the other."""
    a, b = system_of(first), system_of(second)
    length = min(len(a), len(b))
    return a[:length] == b[:length]
