"""First match of pg_hba.conf as a whole server: what earlier lines and a missing TLS leave of a line."""

import pytest

from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.postgres import PgHba


def lines_reached(hba: str, conf: str) -> list[int]:
    """Return the line numbers of the records that a connection can come to."""
    estate = take_estate(MemoryTree({"pg/postgresql.conf": conf, "pg/pg_hba.conf": hba}))
    (fact,) = (fact for fact in estate.facts if isinstance(fact, PgHba))
    return [rule.at.line for rule in fact.reachable()]


CONF = "listen_addresses = '*'\nport = 5432\nssl = {}\n"


@pytest.mark.parametrize(
    ("hba", "ssl", "reached"),
    [
        # hostssl matches nothing where the server has no TLS, so it neither lets in nor shields what follows.
        ("hostssl all all 0.0.0.0/0 reject\nhost all all 0.0.0.0/0 trust\n", "off", [2]),
        ("hostssl all all 0.0.0.0/0 reject\nhost all all 0.0.0.0/0 trust\n", "on", [1, 2]),
        ("hostssl all all 0.0.0.0/0 trust\n", "off", []),
        ("hostssl all all 0.0.0.0/0 trust\n", "on", [1]),
        # Both kinds of line together take everything.
        ("hostssl all all all reject\nhostnossl all all all reject\nhost all all all trust\n", "on", [1, 2]),
        ("host all all 0.0.0.0/0 reject\nhost all all 10.0.0.0/8 trust\n", "off", [1]),
        ("host all all 10.0.0.0/8 trust\nhost all all 0.0.0.0/0 reject\n", "off", [1, 2]),
        # Two halves cover the whole; IPv6 stays open.
        (
            "host all all 0.0.0.0/1 reject\nhost all all 128.0.0.0/1 reject\nhost all all 0.0.0.0/0 trust\n",
            "off",
            [1, 2],
        ),
        ("host all all 0.0.0.0/0 reject\nhost all all ::/0 trust\n", "off", [1, 2]),
        # `all` does not match physical replication.
        ("host all all all reject\nhost replication all all trust\n", "off", [1, 2]),
        # A quoted keyword is a name.
        ('host "all" all all reject\nhost all all all trust\n', "off", [1, 2]),
    ],
)
def test_what_is_reached(hba: str, ssl: str, reached: list[int]) -> None:
    assert lines_reached(hba, CONF.format(ssl)) == reached
