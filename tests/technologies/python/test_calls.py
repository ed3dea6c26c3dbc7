"""Calls and settings by which code configures Flask, FastAPI and Starlette."""

import pytest

from auditor.model.application import ApplicationSettings
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.python import FlaskApplication, FrameworkCall


def calls(text: str, path: str = "portal/main.py", **files: str) -> list[FrameworkCall]:
    estate = take_estate(MemoryTree({path: text, **files}))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, FrameworkCall)]


def settings(text: str, **files: str) -> dict[str, str]:
    estate = take_estate(MemoryTree({"portal/config.py": text, **files}))
    assert not estate.faults
    found = [fact for fact in estate.facts if isinstance(fact, ApplicationSettings) and fact.technology == "python"]
    return {entry.name: entry.value for fact in found for entry in fact.entries}


SESSION = "from starlette.middleware.sessions import SessionMiddleware\n"


@pytest.mark.parametrize(
    "call",
    [
        "app.add_middleware(SessionMiddleware, https_only=True)",
        "m = [Middleware(SessionMiddleware, https_only=True)]",
        "app = SessionMiddleware(app, https_only=True)",
        "def make(app):\n    app.add_middleware(SessionMiddleware, https_only=True)",
    ],
)
def test_every_way_to_add_middleware_is_seen(call: str) -> None:
    (found,) = calls(SESSION + call)
    assert (found.name, found.argument("https_only", None)) == ("SessionMiddleware", True)


@pytest.mark.parametrize(
    "text",
    [
        "from own import SessionMiddleware\napp.add_middleware(SessionMiddleware, https_only=False)\n",
        SESSION + "x = SessionMiddleware\n",
        "from flask import request\nrequest.run(debug=True)\n# Flask(\n",
    ],
)
def test_what_only_looks_alike_is_left_out(text: str) -> None:
    assert calls(text) == []


def test_names_are_those_of_the_module_unless_a_function_has_its_own() -> None:
    text = (
        SESSION
        + "AGE = 60 * 15\ndef a():\n    app.add_middleware(SessionMiddleware, max_age=AGE)\n"
        + "def b(AGE):\n    app.add_middleware(SessionMiddleware, max_age=AGE)\n"
    )
    known, unknown = calls(text)
    assert known.argument("max_age", None) == 900
    assert isinstance(unknown.argument("max_age", None), Unknown)


def test_options_that_code_puts_together_are_not_decided() -> None:
    (found,) = calls(SESSION + "app.add_middleware(SessionMiddleware, same_site='lax', **options)\n")
    assert isinstance(found.argument("https_only", False), Unknown)
    assert found.argument("same_site", "") == "lax"


def test_modules_for_development_and_tests_are_not_judged() -> None:
    text = SESSION + "app.add_middleware(SessionMiddleware)\n"
    assert calls(text, "tests/main.py") == calls(text, "portal/dev/main.py") == []


SCRIPT = 'from flask import Flask\nportal = Flask(__name__)\nif __name__ == "__main__":\n    portal.run(debug=True)\n'


@pytest.mark.parametrize(
    ("command", "expected"),
    [('["python3", "main.py"]', True), ('["gunicorn", "main:portal"]', False), ("other.py", False)],
)
def test_a_script_runs_where_a_container_starts_it(command: str, expected: bool) -> None:
    found = {call.name: call for call in calls(SCRIPT, **{"portal/Dockerfile": f"FROM python:3.12\nCMD {command}\n"})}
    assert found["Flask.run"].is_script
    assert found["Flask.run"].is_run is expected


FLASK = "from flask import Flask\napp = Flask(__name__)\n"


@pytest.mark.parametrize(
    "text",
    [
        'app.config["SESSION_COOKIE_SECURE"] = False\n',
        "app.config.update(SESSION_COOKIE_SECURE=False)\n",
        "app.config.from_mapping(SECRET_KEY=key(), SESSION_COOKIE_SECURE=False)\n",
        "class ProductionConfig:\n    SESSION_COOKIE_SECURE = False\n",
        "class Config:\n    SESSION_COOKIE_SECURE = False\nclass ProductionConfig(Config):\n    X = 1\n",
    ],
)
def test_explicit_settings_are_judged_as_those_of_any_application(text: str) -> None:
    assert settings(FLASK + text)["SESSION_COOKIE_SECURE"] == "False"


def test_a_class_overrides_the_one_it_is_based_on() -> None:
    text = "class Config:\n    DEBUG = True\nclass ProductionConfig(Config):\n    DEBUG = False\nclass DevConfig(Config):\n    TESTING = True\n"
    assert settings(FLASK + text) == {"DEBUG": "False"}


PYDANTIC = "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    ACCESS_TOKEN_EXPIRE_MINUTES: int = 60 * 24 * 8\n    SECRET: str\n"


def test_the_default_of_a_field_counts_unless_something_sets_its_variable() -> None:
    assert settings(PYDANTIC) == {"ACCESS_TOKEN_EXPIRE_MINUTES": "11520"}
    assert settings(PYDANTIC, **{".env": "ACCESS_TOKEN_EXPIRE_MINUTES=15\n"}) == {}


def test_what_stands_on_a_variable_is_left_out() -> None:
    assert settings(FLASK + 'import os\napp.config["DEBUG"] = os.environ.get("DEBUG", "1")\n') == {}


APPLICATION = "from flask import Flask, session\napp = Flask(__name__)\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('app.config.update({"SESSION_COOKIE_SECURE": False})', "False"),
        ("app.config.from_mapping(dict(SESSION_COOKIE_SECURE=False))", "False"),
        ('app.config["OTHER"] = app.config["SESSION_COOKIE_SECURE"] = False', "False"),
        (
            'app.config["SESSION_COOKIE_SECURE"] = False\nif app.debug:\n    app.config["SESSION_COOKIE_SECURE"] = True',
            None,
        ),
        ('if True:\n    app.config["SESSION_COOKIE_SECURE"] = False', "False"),
        ('if app.debug:\n    app.config["SESSION_COOKIE_SECURE"] = False', None),
        (
            'def make():\n    app.config["SESSION_COOKIE_SECURE"] = False\napp.config["SESSION_COOKIE_SECURE"] = True',
            "True",
        ),
        ('try:\n    app.config["SESSION_COOKIE_SECURE"] = False\nfinally:\n    pass', None),
        ('ON = False\napp.config["SESSION_COOKIE_SECURE"] = ON', "False"),
        ('def make(ON):\n    app.config["SESSION_COOKIE_SECURE"] = ON\nON = False', None),
    ],
)
def test_configuration_of_flask_is_followed_in_source_order(text: str, expected: str | None) -> None:
    assert settings(APPLICATION + text + "\n").get("SESSION_COOKIE_SECURE") == expected


def test_the_attribute_of_a_lifetime_is_the_setting() -> None:
    text = APPLICATION + "from datetime import timedelta\napp.permanent_session_lifetime = timedelta(hours=8)\n"
    assert settings(text)["PERMANENT_SESSION_LIFETIME"] == "28800s"


@pytest.mark.parametrize(
    ("call", "argument", "expected"),
    [
        ('app.add_middleware(SessionMiddleware, "k", "session", 900, "/", "none", True)', "https_only", True),
        ('SessionMiddleware(app, "k", "session", 900)', "max_age", 900),
        ("app.add_middleware(SessionMiddleware, *words)", "max_age", Unknown),
    ],
)
def test_arguments_by_position_are_named(call: str, argument: str, expected: object) -> None:
    (found,) = calls(SESSION + call)
    value = found.argument(argument, None)
    assert type(value) is Unknown if expected is Unknown else value == expected


@pytest.mark.parametrize(
    ("text", "is_known"),
    [
        ("CORS(app)", True),
        ("cors = CORS()\ncors.init_app(app, origins=OWN)", False),
        ('app.config["CORS_ORIGINS"] = OWN\nCORS(app)', False),
        ("@cross_origin()\ndef view(): ...", True),
    ],
)
def test_origins_that_a_call_leaves_out_may_be_set_elsewhere(text: str, is_known: bool) -> None:
    (found,) = calls("from flask_cors import CORS, cross_origin\n" + text)
    assert isinstance(found.argument("origins", None), Unknown) is not is_known


def applications(**files: str) -> list[FlaskApplication]:
    estate = take_estate(MemoryTree({path.replace("__", "/") + ".py": text for path, text in files.items()}))
    return [fact for fact in estate.facts if isinstance(fact, FlaskApplication)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"portal__app": APPLICATION}, True),
        ({"portal__app": APPLICATION.replace(", session", "")}, False),
        (
            {
                "portal__app": APPLICATION.replace(", session", ""),
                "portal__views": "from flask_login import x\nPASSWORD = 1\n",
            },
            True,
        ),
        ({"portal__app": APPLICATION, "portal__config": "class Config:\n    SESSION_COOKIE_SECURE = True\n"}, False),
        ({"portal__app": APPLICATION, "other__config": "class Config:\n    SESSION_COOKIE_SECURE = True\n"}, True),
        ({"portal__app": APPLICATION + 'app.config.from_envvar("PORTAL_SETTINGS")\n'}, Unknown),
        ({"portal__app": APPLICATION + "from flask_talisman import Talisman\nTalisman(app)\n"}, Unknown),
    ],
)
def test_the_default_of_flask_is_in_force_where_nothing_names_the_setting(
    files: dict[str, str], expected: object
) -> None:
    (found,) = applications(**files)
    answer = found.leaves_default("SESSION_COOKIE_SECURE")
    assert type(answer) is Unknown if expected is Unknown else answer is expected


def test_a_long_chain_of_conditions_ends() -> None:
    chain = "".join(f'elif x == {n}:\n    app.config["SESSION_COOKIE_SECURE"] = False\n' for n in range(1500))
    assert "SESSION_COOKIE_SECURE" not in settings(f"{APPLICATION}if x:\n    pass\n{chain}")
