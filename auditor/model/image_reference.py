"""The name of a container image taken apart."""

from auditor.patterns import lazy

from .unknown import HOLE

IMAGE = lazy(r"(?P<name>(?:[^/:@]+(?::\d+)?/)?[^:@]+)(?::(?P<tag>[^@:/]+))?(?:@(?P<digest>[A-Za-z0-9]+:[0-9A-Fa-f]+))?")
"""`[registry[:port]/]path[:tag][@digest]`, as Docker reads it."""


def image_prefix(written: str) -> str | None:
    """Return `redis` for a `redis:${TAG}` in which only the tag or digest holds a HOLE, None for anything else."""
    if HOLE not in written:
        return None
    name, separator, rest = written.rpartition("@" if "@" in written else ":")
    return name if separator and name and HOLE not in name and "/" not in rest else None


ROOT_BASES = frozenset(
    "alpine almalinux amazoncorretto amazonlinux buildpack-deps busybox centos clojure composer debian eclipse-temurin "
    "elixir erlang fedora golang haskell httpd julia maven node openjdk oraclelinux perl php pypy python r-base "
    "rockylinux ruby rust swift tomcat ubuntu".split()
)
"""Docker Official Images for operating systems and languages whose Dockerfiles (docker-library on GitHub, 2026) set
no USER, so that what is built on them runs as root until it says otherwise."""
