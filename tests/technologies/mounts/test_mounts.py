"""Mounts and exports; what mount(8) made of lines when tried is in tests/oracle/mounts."""

from string import printable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.credential import Credential
from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.model.unknown import UndecidedError, Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.mounts import MOUNTS, FileSystem, Fstab, NfsExport
from auditor.technologies.recognition.mounts import recognise

PACKAGED = "[Mount]\nWhat=tmpfs\nWhere=/tmp\nType=tmpfs\nOptions=mode=1777,strictatime,nosuid,nodev\n"


def facts(files: dict[str, str]) -> tuple[Fact, ...]:
    return tuple(take_estate(MemoryTree(files)).facts)


def mounts(files: dict[str, str]) -> dict[str, FileSystem]:
    return {fact.target: fact for fact in facts(files) if isinstance(fact, FileSystem)}


def restrictions(mount: FileSystem) -> set[str]:
    return {flag for flag in ("noexec", "nosuid", "nodev") if mount.has(flag) is True}


def of_options(options: str) -> FileSystem:
    return mounts({"etc/fstab": f"/dev/vdb1 /srv ext4 {options} 0 2\n"})["/srv"]


def exports(text: str) -> list[NfsExport]:
    return [fact for fact in facts({"etc/exports": text}) if isinstance(fact, NfsExport)]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("defaults", set[str]()),
        ("noexec,exec", set[str]()),
        ("exec,noexec", {"noexec"}),
        ("noexec,defaults", {"noexec"}),
        ("user", {"noexec", "nosuid", "nodev"}),
        ("user,exec", {"nosuid", "nodev"}),
        ("exec,user", {"noexec", "nosuid", "nodev"}),
        ("owner", {"nosuid", "nodev"}),
        ("user,nouser", {"noexec", "nosuid", "nodev"}),
        ('context="a,noexec,b",nodev', {"nodev"}),
    ],
)
def test_options_come_to_flags_as_mount_has_it(options: str, expected: set[str]) -> None:
    assert restrictions(of_options(options)) == expected


def test_a_unit_of_the_administrator_goes_before_fstab() -> None:
    found = mounts(
        {"etc/fstab": "tmpfs /tmp tmpfs noexec 0 0\n", "etc/systemd/system/tmp.mount": PACKAGED},
    )
    assert restrictions(found["/tmp"]) == {"nosuid", "nodev"}


def test_fstab_goes_before_a_packaged_unit() -> None:
    found = mounts(
        {"etc/fstab": "tmpfs /tmp tmpfs noexec 0 0\n", "usr/lib/systemd/system/tmp.mount": PACKAGED},
    )
    assert restrictions(found["/tmp"]) == {"noexec"}


def test_options_of_a_drop_in_replace_those_of_the_unit() -> None:
    found = mounts(
        {
            "usr/lib/systemd/system/tmp.mount": PACKAGED,
            "etc/systemd/system/tmp.mount.d/10-a.conf": "[Mount]\nOptions=noexec\n",
            "etc/systemd/system/tmp.mount.d/20-b.conf": "[Mount]\nTimeoutSec=5\n",
        }
    )
    assert restrictions(found["/tmp"]) == {"noexec"}
    assert found["/tmp"].kind == "tmpfs"


def test_a_unit_s_name_tells_its_folder() -> None:
    text = "[Mount]\nWhat=/dev/vdb1\nOptions=nodev\n"
    assert set(mounts({"srv-my\\x2ddata.mount": text})) == {"/srv/my-data"}


def test_the_first_line_of_a_folder_counts() -> None:
    found = mounts({"etc/fstab": "tmpfs /tmp tmpfs nosuid 0 0\ntmpfs /tmp/ tmpfs noexec 0 0\n"})
    assert restrictions(found["/tmp"]) == {"nosuid"}


def test_tables_of_several_machines_stay_apart() -> None:
    found = facts(
        {"etc/fstab.web": "tmpfs /tmp tmpfs noexec 0 0\n", "etc/fstab.records": "tmpfs /tmp tmpfs nosuid 0 0\n"}
    )
    assert len([fact for fact in found if isinstance(fact, FileSystem)]) == 2


def test_a_bind_mount_has_its_source_s_flags() -> None:
    table = "tmpfs /tmp tmpfs noexec,nosuid 0 0\n/tmp/build /build none bind 0 0\n/srv/x /x none bind 0 0\n"
    found = mounts({"etc/fstab": table})
    assert restrictions(found["/build"]) == {"noexec", "nosuid"}
    with pytest.raises(UndecidedError):
        found["/x"].missing("noexec")


def test_two_slashes_in_front_are_one() -> None:
    found = mounts({"etc/fstab": "//nas/x //srv/x none bind 0 0\n"})
    assert isinstance(found["/srv/x"].has("noexec"), Unknown)


def test_octal_codes_stand_for_blanks() -> None:
    assert set(mounts({"etc/fstab": "/dev/vdb1 /srv/my\\040data ext4 nodev 0 2\n"})) == {"/srv/my data"}


@pytest.mark.parametrize(
    ("line", "is_skipped"),
    [
        ("tmpfs /tmp tmpfs noexec, nosuid 0 0", True),
        ("tmpfs /tmp tmpfs noexec # why", True),
        ("tmpfs /tmp tmpfs noexec 0 0 # why", False),
        ("tmpfs /tmp tmpfs", False),
    ],
)
def test_lines_that_mount_passes_over(line: str, is_skipped: bool) -> None:
    (table,) = (fact for fact in facts({"etc/fstab": f"/dev/a / ext4 rw 0 1\n{line}\n"}) if isinstance(fact, Fstab))
    assert bool(table.skipped) == is_skipped


def test_cloud_init_fills_fields_in() -> None:
    text = "#cloud-config\nmounts:\n  - [/dev/vdb, /srv/data]\n  - [tmpfs, /tmp, tmpfs, noexec]\n  - [/dev/vdc, null]\n"
    found = mounts({"user-data": text})
    assert {target: mount.at.line for target, mount in found.items()} == {"/srv/data": 3, "/tmp": 4}
    assert restrictions(found["/tmp"]) == {"noexec"}
    assert found["/srv/data"].kind == "auto"


def test_user_data_in_terraform_mounts_too() -> None:
    text = 'resource "aws_instance" "db" {\n  user_data = <<-EOT\n    #cloud-config\n    mounts:\n'
    found = mounts({"main.tf": f"{text}      - [tmpfs, /tmp, tmpfs, nosuid]\n  EOT\n}}\n"})
    assert (found["/tmp"].at.path, found["/tmp"].at.line) == ("main.tf", 5)
    assert restrictions(found["/tmp"]) == {"nosuid"}


def test_kickstart_partitions_are_mounts() -> None:
    text = (
        'part /tmp --fstype=xfs --fsoptions="nodev,noexec"\nlogvol /var/tmp --vgname=v --name=t\npart swap\n%packages\n'
    )
    found = mounts({"server.ks": text})
    assert {target: restrictions(mount) for target, mount in found.items()} == {
        "/tmp": {"nodev", "noexec"},
        "/var/tmp": set(),
    }


def test_templates_leave_open_what_they_fill_in() -> None:
    table = "{{ disk }} /srv ext4 {{ options }} 0 2\n{% if hardened %}\ntmpfs /tmp tmpfs noexec 0 0\n{% endif %}\n"
    found = mounts({"fstab.j2": table})
    assert isinstance(found["/srv"].has("noexec"), Unknown)
    assert isinstance(found["/tmp"].has("noexec"), Unknown)


def test_passwords_of_shares_are_credentials_at_their_place() -> None:
    line = "//nas/x /srv/x cifs username=app,password=hunter7Zq,vers=3.0 0 0"
    (found,) = (fact for fact in facts({"etc/fstab": line + "\n"}) if isinstance(fact, Credential))
    assert line[found.at.column - 1 : found.at.end_column] == "hunter7Zq"


def test_a_blank_before_the_options_gives_them_to_everybody() -> None:
    first, second = exports("/srv client (rw)\n")
    assert (first.client, first.is_writable, second.is_for_everybody, second.is_writable) == (
        "client",
        False,
        True,
        True,
    )


def test_defaults_of_a_line_are_for_its_clients_only() -> None:
    found = exports("/srv/a -sec=krb5p,rw one(ro) \\\n  two\n/srv/b three(rw)\n")
    assert [(each.client, each.is_writable, each.is_encrypted) for each in found] == [
        ("one", False, True),
        ("two", True, True),
        ("three", True, False),
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("rw", False),
        ("no_root_squash", True),
        ("no_root_squash,root_squash", False),
        ("no_root_squash,all_squash", False),
        ("all_squash,anonuid=0", True),
        ("anonuid=65534", False),
    ],
)
def test_whom_root_becomes(options: str, expected: bool) -> None:
    (export,) = exports(f"/srv client(rw,{options})\n")
    assert export.trusts_root is expected


@pytest.mark.parametrize(
    ("name", "path", "head", "is_ours"),
    [
        ("fstab", "etc/fstab", "tmpfs /tmp tmpfs noexec 0 0", True),
        ("fstab.append", "snippets/fstab.append", "/dev/xvdd /mnt/docker ext4 defaults,nofail 0 0", True),
        ("fstab.c", "src/fstab.c", "/* a */ /tmp tmpfs rw\n", False),
        ("fstab", "test/fstab", "# nothing\n", False),
        ("fstab.qcom", "device/fstab.qcom", "/dev/block/sda /system ext4 ro wait", False),
        ("tmp.mount", "tmp.mount", "[Mount]\nWhat=tmpfs", True),
        ("options.conf", "etc/systemd/system/tmp.mount.d/options.conf", "[Mount]\nOptions=noexec", True),
        ("exports", "etc/exports", "/srv client(rw,sync)", True),
        ("exports", "app/exports", "export = (rw)", False),
        ("web.ks", "web.ks", "part / --size=1\n", True),
        ("tasks.cfg", "tasks.cfg", "part / --size=1\n", False),
    ],
)
def test_recognition(name: str, path: str, head: str, is_ours: bool) -> None:
    assert (recognise(name, path, head) is not None) == is_ours


WORDS = st.sampled_from(
    ["noexec", "exec", "nosuid", "suid", "nodev", "dev", "user", "group", "defaults", "rw", "size=1m"]
)


@given(st.lists(WORDS, max_size=8))
def test_a_restriction_at_the_end_is_in_force(words: list[str]) -> None:
    """Whatever stands before them, the last three words decide."""
    assert restrictions(of_options(",".join([*words, "noexec", "nosuid", "nodev"]))) == {"noexec", "nosuid", "nodev"}
    assert restrictions(of_options(",".join([*words, "exec", "suid", "dev"]))) == set()


@given(st.sampled_from(["fstab", "tmp.mount", "exports", "web.ks"]), st.text(printable, max_size=80))
def test_no_text_breaks_the_reader(name: str, text: str) -> None:
    document = MOUNTS.parse(Source(path=name, text=text))
    list(document.assignments())
    assert document.source.text == text
