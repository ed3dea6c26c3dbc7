"""What rules of an ACL user add up to (each row as `ACL GETUSER` of redis-server 7.0.15 reports it)."""

import pytest

from auditor.technologies.redis.acl import AclUser, RuleError, evaluate


def user(rules: str, *, channels: bool = False) -> AclUser:
    return evaluate("api", rules.split(), None, channel_default=channels)


@pytest.mark.parametrize(
    ("rules", "is_open"),
    [
        ("on nopass", True),
        ("on >sample nopass", True),
        ("on nopass >sample", False),
        ("nopass", False),
        ("on nopass resetpass", False),
        ("ON NOPASS", True),
        ("on nopass reset", False),
        ("on nopass off on", True),
        ("on", False),
    ],
)
def test_open(rules: str, is_open: bool) -> None:
    assert user(rules).is_open is is_open


@pytest.mark.parametrize(
    ("rules", "administers", "void"),
    [
        ("+@all", True, ()),
        ("+@all -@dangerous", False, ()),
        ("-@dangerous +@all", True, ("-@dangerous",)),
        ("-@dangerous -@all +@read", False, ()),
        ("+@all -@all", False, ()),
        ("+@read +@write", False, ()),
        ("-@all +@admin", True, ()),
        ("-@dangerous +@dangerous +@all", True, ()),
        ("-flushall allcommands", True, ("-flushall",)),
    ],
)
def test_commands(rules: str, administers: bool, void: tuple[str, ...]) -> None:
    assert (user(rules).administers, user(rules).void) == (administers, void)


def test_all_commands_end_with_the_first_exception() -> None:
    assert user("+@all").all_commands
    assert not user("+@all -get").all_commands
    assert user("+get").any_commands
    assert not user("+get -@all").any_commands
    assert not user("-@all +PING +echo").acts
    assert user("+ping (~lab:* +get)").acts
    assert user("+ping (~* +@all)").may_administer
    assert not user("+ping (~* +@all) clearselectors").acts


def test_selectors_are_users_of_their_own() -> None:
    found = user("on (~a* +get) (+@all ~*)")
    assert [(each.all_keys, each.all_commands) for each in found.selectors] == [(False, False), (True, True)]
    assert not found.all_commands
    assert user("(~a +get) clearselectors").selectors == ()


@pytest.mark.parametrize(
    "rules",
    ["nonsense", "~* ~a", "&* &a", "#abc", "<unknown", "(~a +get", "%X~a", "+", "-", "#" + "A" * 64],
)
def test_refused_rules(rules: str) -> None:
    with pytest.raises(RuleError):
        user(rules)


def test_channels_start_as_the_setting_says() -> None:
    assert user("on", channels=True).all_channels
    assert not user("on resetchannels &a", channels=True).all_channels
    with pytest.raises(RuleError):
        user("&a", channels=True)
