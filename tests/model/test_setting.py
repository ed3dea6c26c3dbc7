from auditor.api import Location, Origin, Setting, Settings, Unknown
from auditor.model.secret import seal


def setting(value: str, origin: Origin) -> Setting:
    return Setting("ssl", value, origin, Location("postgresql.conf", 3))


def test_the_last_source_is_in_force() -> None:
    settings = Settings([setting("off", Origin.DEFAULT), setting("on", Origin.FILE), setting("off", Origin.FLAG)])
    assert settings["ssl"].value == "off"
    assert settings["ssl"].origin is Origin.FLAG
    assert len(settings) == 1


def test_a_default_is_not_explicit() -> None:
    assert not Settings([setting("off", Origin.DEFAULT)]).is_explicit("ssl")
    assert not Settings([setting("off", Origin.IMAGE)]).is_explicit("ssl")
    assert Settings([setting("off", Origin.FILE)]).is_explicit("ssl")
    assert not Settings().is_explicit("ssl")


def test_what_is_shown_of_a_secret_and_of_an_unknown() -> None:
    secret = Setting("requirepass", seal("Rm7-quiet-Harbor-41"), Origin.FILE)
    assert secret.shown() == "19 characters, mixed characters"
    assert "Harbor" not in repr(secret)
    assert Setting("x", Unknown("it is templated"), Origin.FILE).shown() == "not known: it is templated"


def test_secrets_are_equal_exactly_when_their_values_are() -> None:
    assert seal("a-secret") == seal("a-secret")
    assert seal("a-secret") != seal("a-secreT")
    assert seal("").is_empty
