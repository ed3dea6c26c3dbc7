"""Lines of a configuration: places, secrets, templates."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.redis.document import parse_acl, parse_config

LINES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                "bind 127.0.0.1",
                "# comment",
                "user a on >b",
                "  PORT 6379",
                'requirepass "x',
                "{{ extra }}",
                "{% if x %}",
                "{% endif %}",
            ]
        ),
    ),
    max_size=12,
)


@given(LINES)
def test_any_text_is_read_and_places_are_inside_it(lines: list[str]) -> None:
    text = "\n".join(lines)
    rows = text.split("\n")
    for document in (
        parse_config(Source(path="redis.conf", text=text)),
        parse_acl(Source(path="users.acl", text=text)),
    ):
        places = [directive.at for directive in document.directives]
        places += [problem.at for problem in document.problems]
        places += [assignment.at for assignment in document.assignments()]
        for at in places:
            assert 1 <= at.line <= len(rows)
            assert 1 <= at.column <= max(len(rows[at.line - 1]), 1)
            assert at.end_column <= len(rows[at.line - 1])


def test_secrets_have_the_place_of_their_characters() -> None:
    text = (
        'requirepass "sample one"\n'
        "masterauth  sample-two\n"
        "user api on >sample-three ~* +@all\n"
        "sentinel auth-pass main sample-four\n"
        "port 6379\n"
    )
    rows = text.split("\n")
    found = [
        (a.key, a.value, rows[a.at.line - 1][a.at.column - 1 : a.at.end_column], a.principal)
        for a in parse_config(Source(path="redis.conf", text=text)).assignments()
    ]
    assert found == [
        ("requirepass", "sample one", "sample one", "default"),
        ("masterauth", "sample-two", "sample-two", None),
        ("user password", "sample-three", "sample-three", "api"),
        ("sentinel auth-pass", "sample-four", "sample-four", None),
    ]


def test_secrets_of_an_acl_file_have_their_places() -> None:
    text = "user default off\nuser  api on >sample\n"
    acl = parse_acl(Source(path="users.acl", text="user api on >sample +@all\n"))
    (assignment,) = acl.assignments()
    assert (assignment.value, assignment.at.column, assignment.at.end_column) == ("sample", 14, 19)
    # Two blanks make an empty word, which the server takes for the name.
    assert parse_acl(Source(path="users.acl", text=text)).directives[1].arguments[0].value == ""


def test_no_value_in_the_text_of_a_problem_or_a_repr() -> None:
    document = parse_config(Source(path="redis.conf", text='requirepass "canary-sample\nmasterauth canary-sample\n'))
    shown = (
        repr(document) + "".join(problem.message for problem in document.problems) + repr(list(document.assignments()))
    )
    assert document.problems
    assert "canary" not in shown


def test_a_template_leaves_values_and_lines_open() -> None:
    text = (
        "bind {{ address }}\n"
        "{% if redis_password %}\n"
        "requirepass {{ redis_password }}\n"
        "{% endif %}\n"
        "{{ extra_lines }}\n"
        "port 6379\n"
    )
    document = parse_config(Source(path="redis.conf.j2", text=text))
    names = {directive.name: directive for directive in document.directives}
    assert isinstance(names["bind"].arguments[0].value, Unknown)
    assert names["requirepass"].conditional
    assert not names["port"].conditional
    assert document.inserts == {5}
    assert document.partial == "template expressions"
