"""Site files as Hadoop loads them: what the real one has in force, and what must hold for any text.

`loaded_by_hadoop_3_3_4.json` was written by `org.apache.hadoop.conf.Configuration` of Hadoop 3.3.4: for random pairs of
core-site.xml and hdfs-site.xml, with files that they take in, what `get` returns. Values that hold the name of the user
who ran it are left out. HDP_ONE=one was the one environment variable that the files use and that was set.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.technologies.hadoop.document import SiteFile, parse_file
from auditor.technologies.hadoop.folder import Folder
from auditor.technologies.hadoop.scope import Scope

CASES = json.loads(Path(__file__).with_name("loaded_by_hadoop_3_3_4.json").read_text("utf-8"))


class Files:
    """Files beside each other."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def open(self, path: str) -> Source | Unknown | None:
        return Source(path=path, text=self.texts[path]) if path in self.texts else None

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        raise NotImplementedError(pattern)


def loaded(texts: Mapping[str, str]) -> Scope:
    folder = Folder(at=Location("core-site.xml", 1), variables={"HDP_ONE": "one"})
    for name in ("core-site.xml", "hdfs-site.xml"):
        folder.add(Source(path=name, text=texts[name]), Files(texts))
    return folder.scope("HDFS", "core", "hdfs")


@pytest.mark.parametrize("case", CASES)
def test_the_real_hadoop_has_the_same_in_force(case: dict[str, Any]) -> None:
    scope = loaded(case["files"])
    for name, value in case["in_force"].items():
        mine = scope.text(name)
        if isinstance(mine, Unknown):
            assert "${" in value or value.startswith(("dd", "ee")), name  # what the process could supply
        else:
            assert mine == (value or ""), name


def test_the_cases_decide_something() -> None:
    answers = [loaded(case["files"]).text(name) for case in CASES for name in case["in_force"]]
    assert len([answer for answer in answers if isinstance(answer, str)]) > 300


def property_text(name: str, value: str, *, final: bool) -> str:
    mark = "<final>true</final>" if final else ""
    return f"<property><name>{name}</name><value>{value}</value>{mark}</property>"


def document(*parts: str) -> str:
    return "<configuration>\n" + "\n".join(parts) + "\n</configuration>\n"


names = st.sampled_from(["a", "b", "dfs.replication", "hadoop.tmp.dir", "dfs.name.dir"])
values = st.text(alphabet="ab1/${}.-: ", min_size=1, max_size=12)
parts = st.lists(st.builds(property_text, names, values, final=st.booleans()), max_size=6)


@given(core=parts, hdfs=parts, value=st.from_regex(r"[a-z]{1,8}", fullmatch=True))
def test_nothing_behind_a_final_property_changes_it(core: list[str], hdfs: list[str], value: str) -> None:
    first = property_text("dfs.replication", value, final=True)
    scope = loaded({"core-site.xml": document(first, *core), "hdfs-site.xml": document(*hdfs)})
    assert scope.text("dfs.replication") == value


@given(core=parts, hdfs=parts)
def test_every_property_has_an_answer_without_a_hole(core: list[str], hdfs: list[str]) -> None:
    scope = loaded({"core-site.xml": document(*core), "hdfs-site.xml": document(*hdfs)})
    for name in scope.entries:
        value = scope.text(name)
        assert isinstance(value, Unknown) or HOLE not in value
    assert {setting.name for setting in scope.settings()} == set(scope.entries)


fragments = st.sampled_from(
    (
        "<configuration> </configuration> <property> </property> <name> </name> <value> </value> a.password {{x}} "
        "{%if\ty%} {%endif%} <!-- --> <include\thref='x'/> &amp; ä"
    ).split(" ")
)


@given(st.lists(fragments | st.text(max_size=5), max_size=25).map("".join))
@pytest.mark.parametrize("name", ["core-site.xml", "ssl-server.xml", "log4j.properties", "hadoop-env.sh"])
def test_reading_never_raises(name: str, text: str) -> None:
    found = parse_file(Source(path=name, text=text))
    assert list(found.assignments()) is not None


secrets = st.text(alphabet="abcXYZ019-_.!ä", min_size=1, max_size=20)


@given(st.lists(secrets, min_size=1, max_size=4), st.sampled_from(["", "\n  ", "<!-- x -->"]))
def test_a_secret_is_found_at_its_own_characters(found: list[str], before: str) -> None:
    text = document(
        *(
            f"<property><name>fs.s{number}.secret.key</name><value>{before}{secret}\n</value></property>"
            for number, secret in enumerate(found)
        ),
        '<property name="ssl.server.keystore.keypassword" value="Fake-Key-12"/>',
    )
    site = parse_file(Source(path="ssl-server.xml", text=text))
    assert isinstance(site, SiteFile)
    lines = text.split("\n")
    assignments = list(site.assignments())
    assert [assignment.value for assignment in assignments] == [*found, "Fake-Key-12"]
    for assignment in assignments:
        at = assignment.at
        assert lines[at.line - 1][at.column - 1 : at.end_column] == assignment.value
        assert "Fake-Key" not in repr(assignment)


@pytest.mark.parametrize(
    ("name", "value", "is_named"),
    [
        ("ssl.server.keystore.password", "Fake-Pass-1", True),
        ("javax.jdo.option.ConnectionPassword", "Fake-Pass-1", True),
        ("fs.azure.account.key.clinic.blob.core.windows.net", "RmFrZS1LZXk=", True),
        ("ha.zookeeper.auth", "digest:hdfs:Fake-Pass-1", True),
        ("hadoop.http.authentication.signature.secret.file", "/etc/hadoop/secret", False),
        ("hadoop.security.credential.provider.path", "jceks://file/etc/hadoop/c.jceks", False),
        ("ssl.server.keystore.password.alias", "server", False),
        ("dfs.namenode.keytab.file", "/etc/security/nn.keytab", False),
    ],
)
def test_which_properties_are_secrets(name: str, value: str, is_named: bool) -> None:
    text = document(property_text(name, value, final=False))
    found = [each.value for each in parse_file(Source(path="core-site.xml", text=text)).assignments()]
    assert found == ([value] if is_named else [])


def test_a_secret_in_a_file_or_another_property_is_not_here() -> None:
    text = document(
        property_text("ha.zookeeper.auth", "@/etc/hadoop/zk", final=False),
        property_text("ssl.server.keystore.password", "${pass}", final=False),
    )
    found = [each.value for each in parse_file(Source(path="core-site.xml", text=text)).assignments()]
    assert all(isinstance(value, Unknown) for value in found)


def test_a_final_property_without_a_value_keeps_the_default() -> None:
    core = document("<property><name>hadoop.rpc.protection</name><final>true</final></property>")
    hdfs = document(property_text("hadoop.rpc.protection", "privacy", final=False))
    assert loaded({"core-site.xml": core, "hdfs-site.xml": hdfs}).text("hadoop.rpc.protection") == "authentication"


def test_an_empty_value_sets_nothing_and_depth_does_not_matter() -> None:
    core = document(
        property_text("hadoop.rpc.protection", "privacy", final=False),
        property_text("hadoop.rpc.protection", "", final=False),
        f"<section>{property_text('fs.trash.interval', '5', final=False)}</section>",
    )
    scope = loaded({"core-site.xml": core, "hdfs-site.xml": document()})
    assert scope.text("hadoop.rpc.protection") == "privacy"
    assert scope.text("fs.trash.interval") == "5"
