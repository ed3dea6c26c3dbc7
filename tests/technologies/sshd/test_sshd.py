"""sshd's configuration; cases that a comparison with OpenSSH 9.2 found have their own names."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.exposure import Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.recognition.sshd import recognise
from auditor.technologies.sshd import Sshd
from auditor.technologies.sshd.document import read_document
from auditor.technologies.sshd.patterns import matches, matches_list
from auditor.technologies.sshd.words import QuoteError, split_arguments


def servers(files: dict[str, str]) -> list[Sshd]:
    return [fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Sshd)]


def server(text: str, **others: str) -> Sshd:
    (found,) = servers({"sshd_config": text, **others})
    return found


def messages(found: Sshd) -> list[str]:
    return [problem.message for problem in found.refused]


def test_the_first_value_counts_across_includes() -> None:
    found = server(
        "Include sshd_config.d/*.conf\nPasswordAuthentication no\n",
        **{"sshd_config.d/50-a.conf": "PasswordAuthentication yes\n", "sshd_config.d/60-b.conf": "X11Forwarding yes\n"},
    )
    assert found.everyone.text("PasswordAuthentication") == "yes"
    assert found.everyone.where("PasswordAuthentication").path == "sshd_config.d/50-a.conf"
    assert found.everyone.text("X11Forwarding") == "yes"
    assert len(servers({"sshd_config": "Include x.conf\n", "x.conf": "UsePAM yes\n"})) == 1


def test_a_block_in_an_included_file_ends_with_it() -> None:
    found = server(
        "Include sshd_config.d/a.conf\nX11Forwarding yes\n",
        **{"sshd_config.d/a.conf": "Match User backup\nX11Forwarding no\n"},
    )
    assert [(session.client.label, session.text("X11Forwarding")) for session in found.sessions] == [
        ("", "yes"),
        ("the user backup", "no"),
    ]


def test_the_word_none_of_one_time_out_counts_wherever_it_stands() -> None:
    text = "UnusedConnectionTimeout 10m\nMatch User backup\nUnusedConnectionTimeout none\n"
    assert server(text).everyone.text("UnusedConnectionTimeout") == "none"


def test_match_all_replaces_the_global_value_for_everybody() -> None:
    found = server("PasswordAuthentication no\nMatch all\nPasswordAuthentication yes\n")
    assert found.everyone.text("PasswordAuthentication") == "yes"


def test_match_all_cannot_change_what_no_block_may_hold() -> None:
    found = server("UsePAM no\nMatch all\nUsePAM yes\n")
    assert found.everyone.text("UsePAM") == "no"


def test_a_global_keyword_in_a_block_is_refused() -> None:
    assert messages(server("Match User a\nUsePAM yes\n")) == ["expected UsePAM before the first Match block"]


def test_an_alias_may_be_more_limited_than_what_it_stands_for() -> None:
    assert messages(server("Match User a\nPubkeyAuthentication no\n")) == []
    assert messages(server("Match User a\nDSAAuthentication no\n"))


def test_any_behind_other_methods_is_refused_even_in_a_block() -> None:
    text = "AuthenticationMethods publickey\nMatch User a\nAuthenticationMethods any\n"
    assert messages(server(text)) == ["expected no AuthenticationMethods before the word any"]


def test_methods_that_are_all_switched_off_are_refused() -> None:
    assert messages(server("PubkeyAuthentication no\nAuthenticationMethods publickey\n"))
    assert not messages(server("PubkeyAuthentication no\nAuthenticationMethods publickey password\n"))


def test_an_address_of_another_family_is_refused() -> None:
    assert messages(server("AddressFamily inet\nListenAddress [::1]:24\n"))


def test_a_port_may_be_the_name_of_its_service() -> None:
    assert not messages(server("Port ssh\nMatch LocalPort ssh\nX11Forwarding no\n"))
    assert messages(server("Match LocalPort somewhere\n"))


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("PasswordAuthentication yes", True),
        ("PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM yes", False),
        ("PasswordAuthentication no\nUsePAM yes", True),
        ("PasswordAuthentication no\nUsePAM no", False),
        ("UsePAM yes\nAuthenticationMethods publickey,password publickey,keyboard-interactive", False),
        ("UsePAM yes\nAuthenticationMethods publickey keyboard-interactive:pam", True),
        ("UsePAM yes\nAuthenticationMethods password,keyboard-interactive", True),
        ("PasswordAuthentication no\nAuthenticationMethods publickey password,keyboard-interactive", False),
    ],
)
def test_what_is_enough_to_log_in(text: str, enough: bool) -> None:
    assert server(text).everyone.password_is_enough is enough


@pytest.mark.parametrize(
    ("lists", "let_in"),
    [
        ("", True),
        ("AllowUsers backup", False),
        ("AllowUsers backup\nAllowUsers ro*", True),
        ("AllowUsers root@10.0.0.0/8", False),
        ("DenyUsers root", False),
        ("AllowGroups wheel", False),
        ("AllowGroups root", True),
        ("DenyGroups ro?t", False),
    ],
)
def test_who_is_let_in(lists: str, let_in: bool) -> None:
    assert server(f"UsePAM yes\n{lists}\n").root_sessions[0].is_let_in is let_in


def test_a_folder_that_is_not_scanned_is_taken_as_empty_and_said_to_be() -> None:
    found = server("PermitRootLogin no\nInclude /etc/ssh/sshd_config.d/*.conf\nX11Forwarding yes\n")
    assert found.everyone.text("X11Forwarding") == "yes"
    assert [at.line for at in found.assumed] == [2]


@pytest.mark.parametrize("word", ["/etc/ssh/sshd_config.d/extra.conf", "/etc/ssh/conf.d/*.conf", "/srv/*.conf"])
def test_other_files_that_are_not_scanned_leave_open_what_they_may_set(word: str) -> None:
    found = server(f"PermitRootLogin no\nInclude {word}\nX11Forwarding yes\n")
    assert found.everyone.text("PermitRootLogin") == "no"
    assert isinstance(found.everyone.text("X11Forwarding"), Unknown)
    assert isinstance(found.everyone.text("UsePAM"), Unknown)
    assert not found.assumed


def test_beside_other_files_of_a_host_an_empty_folder_is_empty() -> None:
    found = server("Include /etc/ssh/sshd_config.d/*.conf\nX11Forwarding yes\n", ssh_config="Host *\n")
    assert found.everyone.text("X11Forwarding") == "yes"


def test_drop_ins_without_a_main_file_say_only_what_they_set() -> None:
    (found,) = servers({"roles/ssh/files/sshd_config.d/10-a.conf": "PasswordAuthentication no\nUsePAM yes\n"})
    assert found.everyone.text("PasswordAuthentication") == "no"
    assert isinstance(found.everyone.text("PermitRootLogin"), Unknown)


def test_a_template_leaves_its_own_values_open_only() -> None:
    found = server("PermitRootLogin {{ root }}\n{% if x %}\nX11Forwarding yes\n{% endif %}\nUsePAM yes\n")
    assert isinstance(found.everyone.text("PermitRootLogin"), Unknown)
    assert isinstance(found.everyone.text("X11Forwarding"), Unknown)
    assert found.everyone.text("UsePAM") == "yes"


def test_flags_come_before_the_file() -> None:
    compose = """
services:
  ssh:
    image: registry.example.org/ssh:1
    command: ["/usr/sbin/sshd", "-D", "-e", "-p", "2200", "-o", "PasswordAuthentication=no"]
    volumes: ["./conf:/etc/ssh/sshd_config:ro"]
"""
    (found,) = servers({"compose.yaml": compose, "conf": "PasswordAuthentication yes\nUsePAM yes\n"})
    assert found.everyone.text("PasswordAuthentication") == "no"
    assert found.everyone.text("UsePAM") == "yes"
    assert found.exposure.reach is Reach.CONTAINER_NETWORK


def test_an_image_of_ones_own_without_a_file_is_not_known() -> None:
    compose = "services:\n  ssh:\n    image: registry.example.org/ssh:1\n    command: /usr/sbin/sshd -D\n"
    (found,) = servers({"compose.yaml": compose})
    assert isinstance(found.everyone.text("PasswordAuthentication"), Unknown)


@pytest.mark.parametrize(
    ("listen", "reach"),
    [("ListenAddress 127.0.0.1\nListenAddress [::1]:2222", Reach.LOOPBACK), ("Port 2222", Reach.HOST_NETWORK)],
)
def test_where_it_listens(listen: str, reach: Reach) -> None:
    assert server(f"{listen}\nUsePAM yes\n").exposure.reach is reach


@pytest.mark.parametrize(
    ("name", "text", "ours"),
    [
        ("sshd_config", "PermitRootLogin no\n", True),
        ("sshd_config.j2", "PermitRootLogin {{ x }}\nUsePAM yes\n", True),
        ("ssh_config", "Host *\n  PasswordAuthentication no\n", False),
        ("sshd.service", "[Service]\nExecStart=/usr/sbin/sshd -D\n", False),
        ("sshd.md", "PermitRootLogin no\nUsePAM yes\nMaxAuthTries 3\n", False),
        ("hardened", "PermitRootLogin no\nUsePAM yes\nMaxAuthTries 3\nX11Forwarding no\n", True),
        ("sshd_config_test.py", "def test(): pass\n", False),
    ],
)
def test_recognition(name: str, text: str, ours: bool) -> None:
    assert (recognise(name, f"x/{name}", text) is not None) is ours


def test_the_default_file_of_debian() -> None:
    path = Path("/etc/ssh/sshd_config")
    if not path.exists():
        pytest.skip("openssh-server is not installed")
    found = server(path.read_text(), ssh_config="Host *\n")
    assert not found.refused
    assert found.everyone.text("X11Forwarding") == "yes"


@given(st.text(alphabet="ab*?", max_size=12), st.text(alphabet="ab", max_size=12))
def test_patterns_agree_with_the_shells(pattern: str, text: str) -> None:
    from fnmatch import fnmatchcase  # noqa: PLC0415  # the oracle of this one test

    assert matches(text, pattern) is fnmatchcase(text, pattern)


@given(st.text(alphabet="abc", min_size=1, max_size=6))
def test_a_negated_pattern_denies_what_another_allows(name: str) -> None:
    assert not matches_list(name, f"*,!{name}")
    assert matches_list(name, f"!{name}x,*")


@given(st.lists(st.text(alphabet="ab'\"\\# ", min_size=1, max_size=6), max_size=4))
def test_quoted_words_are_read_back(words: list[str]) -> None:
    written = " ".join('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"' for word in words)
    assert split_arguments(written) == words


@given(st.text(max_size=200))
def test_no_text_is_too_strange(text: str) -> None:
    document = read_document(Source(path="sshd_config", text=text))
    assert all(line.at.line <= text.count("\n") + 1 for line in document.lines)
    with suppress(QuoteError):
        split_arguments(text)
