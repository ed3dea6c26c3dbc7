"""Options on the command line."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.technologies.mongodb.flags import read_flags
from auditor.technologies.mongodb.names import canonical

AT = Location("compose.yaml", 1)


def options(*words: str) -> dict[str, str | Unknown]:
    found, gaps = read_flags([Located(value=word, at=AT) for word in words])
    assert not gaps
    return {option.name: option.value for option in found}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--auth"], {"security.authorization": "enabled"}),
        (["--noauth"], {"security.authorization": "disabled"}),
        (["--bind_ip", "10.0.0.1", "--auth"], {"net.bindIp": "10.0.0.1", "security.authorization": "enabled"}),
        (["--bind_ip=10.0.0.1"], {"net.bindIp": "10.0.0.1"}),
        (["--sslMode", "requireSSL"], {"net.tls.mode": "requireSSL"}),
        (["--sslPEMKeyFile", "/a.pem"], {"net.tls.certificateKeyFile": "/a.pem"}),
        (["-f", "/etc/mongod.conf"], {"config": "/etc/mongod.conf"}),
        (["--setParameter", "a=1", "--setParameter", "b=2"], {"setParameter.a": "1", "setParameter.b": "2"}),
        (["--setParameter=a=b=c"], {"setParameter.a": "b=c"}),
        (["--nojournal", "--quiet"], {"storage.journal.enabled": "false", "systemLog.quiet": "true"}),
        (
            ["--wiredTigerCacheSizeGB", "1", "--auth"],
            {"wiredTigerCacheSizeGB": "1", "security.authorization": "enabled"},
        ),
        (["--someNewSwitch", "--auth"], {"someNewSwitch": "true", "security.authorization": "enabled"}),
        (["--shardsvr"], {"sharding.clusterRole": "shardsvr"}),
    ],
)
def test_flags(words: list[str], expected: dict[str, str]) -> None:
    assert options(*words) == expected


def test_an_unknown_value_is_not_known_and_opens_nothing_else() -> None:
    found, gaps = read_flags([Located(value="--port", at=AT), Located(value=Unknown("${P} is not set"), at=AT)])
    assert isinstance(found[0].value, Unknown)
    assert not gaps


def test_a_switch_takes_no_value() -> None:
    assert isinstance(options("--auth=false")["security.authorization"], Unknown)


@pytest.mark.parametrize("name", ["net.ssl.CAFile", "net.tls.CAFile"])
def test_old_names(name: str) -> None:
    assert canonical(name) == "net.tls.CAFile"


VALUES = st.text(string.ascii_letters + string.digits + "/.:,", min_size=1, max_size=10)
FLAGS = ["bind_ip", "port", "dbpath", "keyFile", "replSet", "tlsCAFile", "logpath"]


@given(st.dictionaries(st.sampled_from(FLAGS), VALUES), st.lists(st.booleans(), min_size=7, max_size=7))
def test_both_spellings_say_the_same(values: dict[str, str], joined: list[bool]) -> None:
    words: list[str] = []
    for (flag, value), is_joined in zip(values.items(), joined, strict=False):
        words += [f"--{flag}={value}"] if is_joined else [f"--{flag}", value]
    found, _ = read_flags([Located(value=word, at=AT) for word in words])
    assert {option.written: option.value for option in found} == values
