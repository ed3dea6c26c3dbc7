"""The group in the result names every place once and says of each pair whether it counts."""

from tests.inventory.scanning import scan

VALUE = "kd83-Plover-19-lamp-Qz4-hazel-55"


def test_a_group_says_what_counts_and_what_does_not() -> None:
    compose = (
        "services:\n  api:\n    image: registry.example/api:1\n    environment:\n      JWT_SECRET: ${JWT_SECRET}\n"
    )
    result = scan({".env": f"JWT_SECRET={VALUE}\nCSRF_SECRET={VALUE}\n", "compose.yaml": compose})
    (finding,) = [f for f in result.report.findings if f.check_id == "secret-shared-purposes"]
    assert finding.group is not None
    assert finding.group.name == "S-1"
    uses = [(use.path, use.line, use.key, use.use) for use in finding.group.uses]
    assert uses == [
        (".env", 1, "JWT_SECRET", "jwt"),
        (".env", 2, "CSRF_SECRET", "csrf"),
        ("compose.yaml", 5, "JWT_SECRET", "jwt"),
    ]
    pairs = [(pair.first, pair.second, pair.counted, pair.why) for pair in finding.group.pairs]
    assert pairs == [(0, 1, True, "one key serves csrf and jwt")]  # handing JWT_SECRET on is no use of its own
    assert VALUE not in str(result.report)
