import string

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.credential import Credential, FileRole, SecretForm
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.source import Source
from auditor.redaction import MASK, Redactor

SECRET = "Rm7-quiet-Harbor-41"


def credential(at: Location, form: SecretForm = SecretForm.LITERAL) -> Credential:
    return Credential(
        component=at.path, technology="dotenv", at=at, key="DB_PASSWORD", form=form, secret=seal(SECRET), mechanism="db",
        login=None, container="env-file", unit="", environment="", role=FileRole.LIVE,
    )  # fmt: skip


def redactor(text: str, *credentials: Credential) -> Redactor:
    return Redactor({".env": Source(path=".env", text=text)}, credentials)


def test_a_secret_is_masked_in_its_place_and_wherever_else_it_stands() -> None:
    text = f"X={SECRET}\n# old: {SECRET}\nY=plain"
    found = redactor(text, credential(Location(".env", 1, 3, 1, 2 + len(SECRET))))
    frame = found.frame(Location(".env", 1))
    assert [line.text for line in frame] == [f"X={MASK}", f"# old: {MASK}", "Y=plain"]
    assert [line.marked for line in frame] == [True, False, False]
    assert found.clean(f"it is {SECRET}!") == f"it is {MASK}!"


def test_a_default_password_is_masked_in_its_place_only() -> None:
    """Masking `postgres` everywhere would make every message about PostgreSQL unreadable, and it is no secret."""
    text = "POSTGRES=postgres\nimage=postgres"
    found = redactor(text, credential(Location(".env", 1, 10, 1, 17), SecretForm.DEFAULT))
    assert found.line(".env", 1) == f"POSTGRES={MASK}"
    assert found.line(".env", 2) == "image=postgres"


def test_a_password_that_is_a_word_is_masked_as_a_word() -> None:
    """It is in the names of images and settings too, which a reader needs to find the place."""
    text = "PASSWORD=kitchen\nimage: kitcheninc/core:4\n# kitchen_password is kitchen"
    found = redactor(text, credential(Location(".env", 1, 10, 1, 16)))
    assert [found.line(".env", number) for number in (1, 2, 3)] == [
        f"PASSWORD={MASK}",
        "image: kitcheninc/core:4",
        f"# kitchen_password is {MASK}",
    ]
    random = "PASSWORD=xkqjvbnmwe\nurl: x_xkqjvbnmwe_y"
    assert redactor(random, credential(Location(".env", 1, 10, 1, 19))).line(".env", 2) == f"url: x_{MASK}_y"


def test_expressions_of_templates_stay_readable_unless_a_text_stands_in_them() -> None:
    for text in (
        "mysql --password={{ root_password }} -e 'SELECT 1'",
        "mysql -p{{ root_password }}",
        "pass: ${{ secrets[matrix.name] }}",
        "password: '{{ vault_password }}'",
    ):
        assert redactor(text).line(".env", 1) == text
    assert "canary" not in redactor("password: {{ given or 'canary-3f9' }}").line(".env", 1)


def test_what_no_parser_saw_is_masked_by_its_name() -> None:
    text = '# API_TOKEN=canary-3f9\nconst dbPassword = "canary-3f9";\nurl: amqp://u:canary-3f9@mq\nauth: ${TOKEN}'
    found = redactor(text)
    for line in (1, 2, 3):
        assert "canary" not in found.line(".env", line)
    assert found.line(".env", 4) == "auth: ${TOKEN}"


def test_a_value_with_quotes_in_the_wrong_places_is_masked() -> None:
    for value in (f"''{SECRET}", f'""{SECRET}', f'\\"{SECRET}"'):
        assert redactor(f"requirepass {value}").line(".env", 1) == f"requirepass {MASK}"
    for text in ('PASSWORD="" # set by the host', "password: ''", "password: ''}", "password \\"):
        assert redactor(text).line(".env", 1) == text


def test_a_value_around_a_template_expression_is_masked_whole() -> None:
    assert redactor("password: Rm7-{{ .Values.site }}-Harbor").line(".env", 1) == f"password: {MASK}"
    assert redactor("password: {{ site }}-Harbor").line(".env", 1) == f"password: {MASK}"
    assert redactor("DB_PASSWORD=Rm7-${{ site }}-Harbor").line(".env", 1) == f"DB_PASSWORD={MASK}"


def test_references_and_switches_stay_readable() -> None:
    for text in ("requirepass ${REDIS_PASSWORD}", "password: true", "PASSWORD_FILE=/run/secrets/x", "secret: |"):
        assert redactor(text).line(".env", 1) == text


def test_a_private_key_is_masked_line_by_line() -> None:
    text = "key: |\n  -----BEGIN PRIVATE KEY-----\n  " + "MIIcanary" * 8 + "\n  -----END PRIVATE KEY-----"
    found = redactor(text, credential(Location(".env", 2, 3, 4, 27)))
    assert not any("canary" in line.text for line in found.frame(Location(".env", 3)))


def test_a_frame_is_bounded() -> None:
    text = "\n".join(f"line {number} " + "x" * 500 for number in range(100))
    frame = redactor(text).frame(Location(".env", 20, 1, 90, 1))
    assert len(frame) <= 10
    assert all(len(line.text) <= 200 for line in frame)


@given(
    before=st.text(string.ascii_letters + " =:", max_size=20),
    secret=st.text(string.ascii_letters + string.digits + "-_!", min_size=6, max_size=30),
    after=st.text(string.ascii_letters + " ", max_size=20),
)
def test_no_secret_survives_anywhere_in_its_file(before: str, secret: str, after: str) -> None:
    text = f"{before}{secret}{after}\nsecond {secret} line"
    at = Location(".env", 1, len(before) + 1, 1, len(before) + len(secret))
    found = redactor(text, credential(at))
    assert secret not in "\n".join(line.text for line in found.frame(at)).replace(MASK, "")
