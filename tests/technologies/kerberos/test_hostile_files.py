"""Files of Kerberos that are made to take long."""

from auditor.model.source import Source
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.kerberos import KadmAcl
from auditor.technologies.kerberos.document import read_profile


def test_subsections_inside_each_other_end_in_a_gap() -> None:
    found = read_profile(Source(path="krb5.conf", text="[realms]\n" + "a = {\n" * 100_000))
    assert "nests" in found.gap
    assert not found.problems


def test_files_that_include_each_other_many_times() -> None:
    text = "[libdefaults]\n default_realm = A.EXAMPLE\n" + "include /etc/krb5.conf\n" * 200
    unit = "[Service]\nExecStart=/usr/sbin/krb5kdc -n\n"
    estate = take_estate(MemoryTree({"etc/krb5.conf": text, "etc/systemd/system/krb5kdc.service": unit}))
    assert not estate.faults


def test_a_later_entry_of_the_same_principal_is_not_reached() -> None:
    text = "a@B *\nb@B i c@B\nb@B *\na@B i\n*@B i\n* i\nc@B *\n"
    (acl,) = [fact for fact in take_estate(MemoryTree({"kadm5.acl": text})).facts if isinstance(fact, KadmAcl)]
    assert [entry.who for entry in acl.reached] == ["a@B", "b@B", "b@B", "*@B", "*"]
