"""What the stacks of a service answer to somebody who types something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.common.pam.flatten import Flattener
from auditor.technologies.common.pam.lines import PamLines, read_lines
from auditor.technologies.common.pam.log_in import LogIn

MODULES = (
    "pam_unix.so", "pam_unix.so nullok", "pam_permit.so", "pam_deny.so", "pam_env.so", "pam_sss.so forward_pass",
    "pam_faillock.so preauth", "pam_localuser.so", "pam_usertype.so isregular", "pam_succeed_if.so uid >= 1000",
    "pam_google_authenticator.so", "pam_google_authenticator.so nullok", "pam_oath.so", "pam_house.so", "pam_rootok.so",
)  # fmt: skip
CONTROLS = (
    "required", "requisite", "sufficient", "optional", "[success=1 default=ignore]", "[default=1 success=ok]",
    "[success=done default=die]", "[success=reset default=ok]",
)  # fmt: skip
LINES = st.lists(st.tuples(st.sampled_from(CONTROLS), st.sampled_from(MODULES)), min_size=1, max_size=6)


def read(text: str) -> PamLines:
    return read_lines(Source(path="etc/pam.d/sshd", text=text))


def log_in(text: str, **others: str) -> LogIn:
    """Return the service of a text; `others` are the files that it may include."""
    files = {name.replace("_", "-"): read(each) for name, each in others.items()}
    flattener = Flattener(files.get)
    own = read(text)
    return LogIn(
        service="sshd",
        at=Source(path="etc/pam.d/sshd", text="").at(),
        auth=tuple(flattener.stack(own, "auth")),
        account=tuple(flattener.stack(own, "account")),
        gap=flattener.gap,
        missing=flattener.missing,
    )


@given(LINES)
def test_who_gets_in_with_any_password_gets_in_with_the_right_one(lines: list[tuple[str, str]]) -> None:
    found = log_in("".join(f"auth {control} {module}\n" for control, module in lines))
    if found.lets_anyone_in is True:
        assert found.takes_password() is True
    if found.takes_password() is False:
        assert found.lets_anyone_in is False


@given(LINES)
def test_a_second_factor_is_needed_only_where_a_password_is_not_enough(lines: list[tuple[str, str]]) -> None:
    found = log_in("".join(f"auth {control} {module}\n" for control, module in lines))
    if found.needs_second_factor is True:
        assert found.second_factors
        assert found.takes_password() is False


@given(LINES, st.integers(0, 6))
def test_a_file_that_is_not_scanned_decides_nothing_that_it_could_change(
    lines: list[tuple[str, str]], place: int
) -> None:
    rows = [f"auth {control} {module}" for control, module in lines]
    rows.insert(min(place, len(rows)), "@include common-auth")
    unknown = log_in("\n".join(rows) + "\n").lets_anyone_in
    if not isinstance(unknown, Unknown):
        for inner in ("auth required pam_permit.so\n", "auth requisite pam_deny.so\n", "auth optional pam_env.so\n"):
            known = log_in("\n".join(rows) + "\n", common_auth=inner).lets_anyone_in
            assert known is unknown or isinstance(known, Unknown)


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("auth required pam_unix.so\nauth required pam_oath.so\n", True),
        ("auth required pam_oath.so\n", True),
        ("auth sufficient pam_oath.so\nauth required pam_unix.so\n", False),
        ("auth required pam_unix.so\n", False),
        ("auth required pam_unix.so\nauth required pam_oath.so\nauth required pam_deny.so\n", False),
        ("auth required pam_unix.so\nauth required pam_u2f.so nouserok\n", None),
    ],
)
def test_whether_a_second_factor_is_needed(text: str, needed: bool | None) -> None:
    answer = log_in(text).needs_second_factor
    assert isinstance(answer, Unknown) if needed is None else answer is needed


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("auth required pam_unix.so nullok\n", True),
        ("auth required pam_unix.so\n", False),
        ("auth required pam_unix.so nullok\nauth required pam_oath.so\n", False),
        ("auth required pam_unix.so nullok_secure\n", None),
        ("account required pam_unix.so\n", None),
    ],
)
def test_whether_an_empty_password_is_taken(text: str, taken: bool | None) -> None:
    answer = log_in(text).takes_empty_password
    assert isinstance(answer, Unknown) if taken is None else answer is taken


def test_files_of_one_kind_leave_the_others_known() -> None:
    text = "auth required pam_unix.so\n@include common-account\n@include common-session\n"
    assert log_in(text).takes_password() is True
    assert isinstance(log_in(f"@include common-auth\n{text}").takes_password(), Unknown)


def test_root_may_be_asked_something_else() -> None:
    text = "auth requisite pam_succeed_if.so uid >= 1000 quiet\nauth required pam_unix.so\n"
    assert log_in(text).takes_password() is True
    assert isinstance(log_in(text).takes_password(is_root=True), Unknown)
