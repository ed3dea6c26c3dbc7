"""Settings of Django: what modules bind, compared with Python itself, and which modules are judged."""

import ast
from datetime import timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.application import ApplicationSettings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.python import DjangoSettings, Span
from auditor.technologies.python.namespaces import Namespaces
from auditor.technologies.python.values import entries_of, items_of

BASE = 'INSTALLED_APPS = ["django.contrib.sessions"]\n'


def judged(files: dict[str, str]) -> list[DjangoSettings]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, DjangoSettings)]


def only(files: dict[str, str]) -> DjangoSettings:
    (fact,) = judged(files)
    return fact


def names_of(text: str) -> dict[str, object]:
    source = Source(path="settings.py", text=text)
    namespace = Namespaces({"settings.py": (ast.parse(text), source)}, {}).of("settings.py")
    assert namespace is not None
    return {name: bound.value.value for name, bound in namespace.names.items()}


def is_unknown(value: object) -> bool:
    parts = items_of(value) or list((entries_of(value) or {}).values())
    return isinstance(value, Unknown) or any(is_unknown(part) for part in parts)


def as_ours(value: object) -> object:
    if isinstance(value, timedelta):
        return Span(value.total_seconds())
    plain: object = list(cast("tuple[object, ...]", value)) if isinstance(value, tuple) else value
    items, entries = items_of(plain), entries_of(plain)
    if items is not None:
        return [as_ours(item) for item in items]
    return plain if entries is None else {key: as_ours(item) for key, item in entries.items()}


def filled(template: str, *parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return texts of the template with the parts in place of its numbers."""

    def fill(texts: tuple[str, ...]) -> str:
        return "".join(texts[int(c)] if c.isdigit() else c for c in template)

    return st.tuples(*parts).map(fill)


_NAMES = st.sampled_from(["A", "B", "C"])
_LITERALS = st.sampled_from(
    [
        "True",
        "False",
        "None",
        "0",
        "60 * 60",
        "1209600",
        '"x"',
        '"a,b"',
        "[]",
        '["a"]',
        '["a", "b"]',
        '("a",)',
        '{"k": 1}',
        "(not A)",
    ]
)
_TESTS = st.sampled_from(['== "x"', "!= 0", 'in ["a", True]', "or 3", "and 4", "is None"])
_EXPRESSIONS = st.one_of(
    _LITERALS,
    filled("0 + 1", _NAMES, st.one_of(_NAMES, _LITERALS)),
    filled("0 if 1 else None", _LITERALS, _NAMES),
    filled("0 1", _NAMES, _TESTS),
    filled("timedelta(minutes=0, days=0)", st.sampled_from(["0", "15", "90"])),
    filled("[*0, 'z']", _NAMES),
    filled("bool(0)", _NAMES),
)
_STATEMENTS = st.one_of(
    filled("0 = 1", _NAMES, _EXPRESSIONS),
    filled("0 += 1", _NAMES, _LITERALS),
    filled("0.append(1)", _NAMES, _LITERALS),
    filled("0.insert(False, 1)", _NAMES, _LITERALS),
    filled('0.remove("a")', _NAMES),
    filled("0.extend(1)", _NAMES, _LITERALS),
    filled('0["k"] = 1', _NAMES, _LITERALS),
    filled('0.update({"q": 1})', _NAMES, _LITERALS),
    filled("if 0:\n    1 = 2\nelse:\n    1 = None", _NAMES, _NAMES, _LITERALS),
    filled("for _ in [True]:\n    0 = 1", _NAMES, _LITERALS),
    filled("try:\n    0 = 1\nexcept KeyError:\n    0 = None", _NAMES, _LITERALS),
)


@given(st.lists(_STATEMENTS, max_size=8))
def test_what_is_decided_is_what_python_decides(statements: list[str]) -> None:
    ran = ["A = []", 'B = ["a"]', 'C = {"k": 2}']
    real: dict[str, object] = {"timedelta": timedelta}
    exec("\n".join(ran), real)  # the statements above, to compare with
    for statement in statements:
        try:
            exec(statement, real)  # the same
        except (TypeError, AttributeError, ValueError):
            return  # Python stops there
        ran.append(statement)
        for name, value in names_of("\n".join(ran)).items():
            if name in "ABC" and not is_unknown(value):
                assert value == as_ours(real[name]), f"{name} after {ran}"


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('os.environ.get("A", "yes") == "yes"', True),
        ('os.getenv("A", "0")', "0"),
        ('os.environ.get("A")', None),
        ('bool(os.environ.get("A", "False"))', True),
        ('env.bool("A", default=False)', False),
        ('env("A", default=True)', True),
        ('config("A", default="off", cast=bool)', False),
        ('config("A", default="a, b", cast=Csv())', ["a", "b"]),
        ('os.environ.get("A", "a b").split()', ["a", "b"]),
        ('int(os.environ.get("A", "900"))', 900),
        ('os.environ.get("A", "TRUE").lower() in ("true", "1")', True),
    ],
)
def test_a_variable_that_nothing_sets_has_its_default(expression: str, value: object) -> None:
    names = names_of(f"import os\nX = {expression}\n")
    assert (names["X"], type(names["X"])) == (value, type(value))


@pytest.mark.parametrize(
    "expression", ['os.environ["A"]', 'env("A")', "secrets.token_hex()", "[i for i in x]", 'f"{a}"', "Path(__file__)"]
)
def test_what_code_or_the_deployment_decides_is_not_known(expression: str) -> None:
    assert isinstance(names_of(f"X = {expression}\n")["X"], Unknown)


def test_defaults_of_a_reader_made_with_them() -> None:
    assert names_of('env = environ.Env(DEBUG=(bool, True))\nX = env("DEBUG")\n')["X"] is True


def test_a_default_is_named_in_what_stands_on_it() -> None:
    text = BASE + 'DEBUG = env.bool("DJANGO_DEBUG", default=True)\nif DEBUG:\n    ALLOWED_HOSTS = ["*"]\n'
    fact = only({"portal/settings.py": text})
    assert fact.unless("ALLOWED_HOSTS") == " unless DJANGO_DEBUG is set"
    assert fact.unless("SESSION_COOKIE_SECURE") == " by default"


def test_a_variable_that_a_container_sets_has_not_its_default() -> None:
    files = {
        "settings.py": BASE + 'import os\nDEBUG = os.environ.get("DEBUG", "1") == "1"\n',
        "compose.yaml": "services:\n  portal:\n    image: clinic/portal:1\n    environment: {DEBUG: '0'}\n",
    }
    assert isinstance(only(files).value("DEBUG"), Unknown)


def test_deployed_modules_are_judged_with_what_they_are_based_on() -> None:
    files = {
        "portal/settings/__init__.py": "",
        "portal/settings/base.py": BASE + "DEBUG = True\nSESSION_COOKIE_AGE = 900\n",
        "portal/settings/local.py": "from .base import *\nSESSION_COOKIE_AGE = 1\n",
        "portal/settings/test.py": "from portal.settings.base import *\n",
        "portal/settings/production.py": "from portal.settings.base import *\nDEBUG = False\n",
    }
    fact = only(files)
    assert (fact.component, fact.value("DEBUG"), fact.value("SESSION_COOKIE_AGE")) == (
        "portal/settings/production.py",
        False,
        900,
    )
    assert fact.where("SESSION_COOKIE_AGE").path == "portal/settings/base.py"


def test_a_base_that_only_development_takes_names_of_is_judged_itself() -> None:
    files = {"settings.py": BASE + "DEBUG = False\n", "settings_dev.py": "from settings import *\nDEBUG = True\n"}
    assert [fact.component for fact in judged(files)] == ["settings.py"]


def test_a_module_that_is_not_scanned_may_set_what_is_absent() -> None:
    text = "try:\n    from .local_settings import *\nexcept ImportError:\n    pass\n"
    fact = only({"settings.py": BASE + text})
    assert isinstance(fact.value("DEBUG"), Unknown)
    assert fact.value("INSTALLED_APPS") == ["django.contrib.sessions"]


def test_modules_that_import_each_other_end() -> None:
    files = {"settings/a.py": "from .b import *\n" + BASE, "settings/b.py": "from .a import *\n" + BASE}
    assert len(judged(files)) <= 2


def test_a_base_that_does_not_parse_leaves_settings_open() -> None:
    files = {"portal/base.py": "INSTALLED_APPS = [\n", "portal/settings.py": "from .base import *\n" + BASE}
    (fact,) = judged(files)
    assert isinstance(fact.value("DEBUG"), Unknown)


READERS = "import os\nimport environ\nfrom decouple import config\nenv = environ.Env()\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DEBUG = True\ndel DEBUG", None),
        ("DEBUG, OTHER = True, 1", True),
        ("(OTHER, *DEBUG) = [1, True]", Unknown),
        ('globals()["DEBUG"] = True', True),
        ('for name in ("DEBUG",):\n    globals()[name] = True', Unknown),
        ("globals().update(overrides)", Unknown),
        ('exec(open("local.py").read())', Unknown),
        ("django_heroku.settings(locals())", Unknown),
        ('setattr(sys.modules[__name__], "DEBUG", True)', Unknown),
        ('print(len(globals()), "DEBUG" in globals())', False),
        ("def change():\n    global DEBUG\n    DEBUG = True\nchange()", Unknown),
        ("from .missing import *", Unknown),
        ("try:\n    from .missing import *\nexcept ImportError:\n    pass", False),
        ("from django.conf.global_settings import *", False),
        ('DEBUG = env.bool("PORTAL_DEBUG", "False")', "False"),
        ('DEBUG = env("PORTAL_DEBUG", cast=bool, default="off")', "off"),
        ('DEBUG = env("PORTAL_DEBUG", bool, True)', True),
        ('DEBUG = config("PORTAL_DEBUG", "off", bool)', False),
        ('DEBUG = config("PORTAL_DEBUG", cast=bool, default="on")', True),
        ('DEBUG = "PORTAL_DEBUG" not in os.environ', True),
        ("DEBUG = 60 * 60 // 3600 == 10 ** 0", True),
        ("DEBUG = dict(on=True)['on']", True),
    ],
)
def test_what_was_told_apart_by_comparison_with_django(text: str, expected: object) -> None:
    fact = only({"settings.py": BASE + READERS + "DEBUG = False\n" + text + "\n"})
    bound = fact.bound.get("DEBUG")
    found = None if bound is None else bound.value.value
    assert type(found) is Unknown if expected is Unknown else found == expected


def test_other_modules_are_no_settings() -> None:
    assert judged({"settings/views.py": "DEBUG = True\n", "portal/apps.py": "SECRET_KEY = 'x'\n"}) == []


def test_secrets_are_in_no_fact_of_settings() -> None:
    text = (
        BASE
        + 'SIMPLE_JWT = {"SIGNING_KEY": "kd83-Plover-19", "ROTATE_REFRESH_TOKENS": True}\nSECRET_KEY = "kd83-Plover-19"\n'
    )
    fact = only({"settings.py": text})
    assert fact.entry("SIMPLE_JWT", "ROTATE_REFRESH_TOKENS") is True
    assert "Plover" not in repr([b.value.value for b in fact.bound.values()]) + repr(list(fact.shown_settings()))


def test_checks_of_all_applications_judge_what_no_check_of_django_does() -> None:
    estate = take_estate(MemoryTree({"settings.py": BASE + "DEBUG = True\nCSRF_COOKIE_HTTPONLY = False\n"}))
    (found,) = [fact for fact in estate.facts if isinstance(fact, ApplicationSettings)]
    assert [entry.key for entry in found.entries] == ["CSRF_COOKIE_HTTPONLY"]


@given(st.text(alphabet="AB=[]+({'\"})\n if:#,.x", max_size=60))
def test_any_text_is_read(text: str) -> None:
    judged({"settings.py": BASE + text})


def test_deep_nesting_ends() -> None:
    judged({"settings.py": BASE + "X = " + "[" * 90 + "]" * 90 + "\n" + "Y = " + "not " * 500 + "X\n"})
