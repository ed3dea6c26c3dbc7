"""Settings of Spring Boot: what is recognised, which properties are in force, and for which application."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.discovery import recognise
from auditor.model.application import ApplicationSettings
from auditor.model.source import Source
from auditor.model.unknown import Unknown, known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.spring import SPRING, SpringSettings
from auditor.technologies.spring.document import key_of
from auditor.technologies.spring.profiles import is_active, is_development, is_production

INCLUDE = "management.endpoints.web.exposure.include"
RESOURCES = "portal/src/main/resources"
BASE = f"spring.application.name=portal\n{INCLUDE}=*\n"


def facts(files: dict[str, str]) -> list[SpringSettings]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, SpringSettings)]


def only(files: dict[str, str]) -> SpringSettings:
    (fact,) = facts(files)
    return fact


@pytest.mark.parametrize(
    ("path", "text", "technology"),
    [
        ("application.yml", "spring:\n  application:\n    name: portal\n", "spring"),
        ("config/application-prod.properties", "management.endpoints.web.exposure.include=*\n", "spring"),
        ("application.yaml", "server:\n  # the port\n  port: 8080\n", "spring"),
        ("application.yml.j2", "spring:\n  datasource:\n    password: '{{ password }}'\n", "spring"),
        ("application.properties", "quarkus.http.port=8080\nspring.x=1\nquarkus.datasource.password=a\n", "settings"),
        ("application.yml", "database:\n  password: Rm7-quiet-Harbor-41\n", "settings"),
        ("application.ini", "[spring]\nname = 1\n", None),
    ],
)
def test_recognition(path: str, text: str, technology: str | None) -> None:
    found = recognise(path, text)
    assert (found[0].id if found else None) == technology


def test_secrets_are_found_where_they_stand() -> None:
    text = "spring:\n  datasource:\n    password: Rm7-quiet-Harbor-41\n"
    (found,) = SPRING.parse(Source(path="application.yml", text=text)).assignments()
    assert (found.key, found.at.line, found.at.column) == ("password", 3, 15)


def test_a_profile_overrides_the_base_and_properties_override_yaml() -> None:
    files = {
        f"{RESOURCES}/application.yml": f"spring:\n  profiles:\n    active: prod\n{INCLUDE}: a\nserver:\n  error:\n    include-message: 1\n",
        f"{RESOURCES}/application.properties": "server.error.include-message=2\nspring.application.name=portal\n",
        f"{RESOURCES}/application-prod.yml": f"spring: {{}}\n{INCLUDE}: b\n",
    }
    fact = only(files)
    assert (fact.value(INCLUDE, ""), fact.value("server.error.include-message", ""), fact.profiles) == (
        "b",
        "2",
        ("prod",),
    )


def test_the_config_folder_overrides_the_class_path_root() -> None:
    files = {
        f"{RESOURCES}/application.properties": BASE,
        f"{RESOURCES}/config/application.yml": f"spring: {{}}\n{INCLUDE}: x\n",
    }
    assert only(files).value(INCLUDE, "") == "x"


def test_documents_of_a_file_count_for_their_profiles_only() -> None:
    text = f"{BASE}#---\nspring.config.activate.on-profile=prod & cloud\n{INCLUDE}=a\n#---\nspring.profiles=prod\n{INCLUDE}=b\n"
    found = [f for f in facts({"application.properties": text}) if "prod" in f.profiles]
    assert [f.value(INCLUDE, "") for f in found] == ["b"]


def test_a_document_for_a_platform_is_not_decided() -> None:
    text = f"{BASE}#---\nspring.config.activate.on-cloud-platform=kubernetes\n{INCLUDE}=health\n"
    assert isinstance(only({"application.properties": text}).value(INCLUDE, ""), Unknown)


@pytest.mark.parametrize("profile", ["dev", "local", "test", "application-it", "staging"])
def test_a_developers_profile_is_not_judged(profile: str) -> None:
    assert is_development(profile)
    files = {
        f"{RESOURCES}/application.properties": "spring.application.name=portal\n",
        f"{RESOURCES}/application-{profile}.properties": BASE,
    }
    assert [fact.value(INCLUDE, "") for fact in facts(files)] == [""]


def test_settings_of_tests_and_examples_are_nobodys() -> None:
    assert (
        facts(
            {
                "portal/src/test/resources/application.yml": "spring: {a: b}\n",
                "application.yml.example": "spring: {a: b}\n",
            }
        )
        == []
    )


def test_other_profiles_are_judged_on_what_they_add() -> None:
    files = {
        f"{RESOURCES}/application.properties": BASE,
        f"{RESOURCES}/application-docker.properties": "spring.a=b\nserver.error.include-stacktrace=always\n",
    }
    base, docker = facts(files)
    assert base.explicit(INCLUDE) is not None
    assert docker.explicit(INCLUDE) is None
    assert docker.value(INCLUDE, "") == "*"
    assert docker.explicit("server.error.include-stacktrace") is not None


COMPOSE = "services:\n  portal:\n    build: portal\n    environment:\n      {variables}\n"


@pytest.mark.parametrize(
    ("variables", "value"),
    [
        ("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE: health", "health"),
        ("SPRING_PROFILES_ACTIVE: prod", "info"),
        ("JAVA_TOOL_OPTIONS: -Xmx1g -Dmanagement.endpoints.web.exposure.include=beans", "beans"),
        ("OTHER: a", "*"),
    ],
)
def test_a_container_overrides_the_files_it_is_built_of(variables: str, value: str) -> None:
    files = {
        f"{RESOURCES}/application.properties": BASE,
        f"{RESOURCES}/application-prod.properties": f"spring.a=b\n{INCLUDE}=info\n",
        "portal/Dockerfile": "FROM eclipse-temurin:21\n",
        "compose.yaml": COMPOSE.format(variables=variables),
    }
    fact = only(files)
    assert (fact.component, fact.value(INCLUDE, "")) == ("portal", value)


def test_an_unknown_variable_is_not_decided() -> None:
    files = {
        f"{RESOURCES}/application.properties": BASE,
        "portal/Dockerfile": "FROM eclipse-temurin:21\n",
        "compose.yaml": COMPOSE.format(variables="MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE: ${EXPOSED}"),
    }
    assert isinstance(only(files).value(INCLUDE, ""), Unknown)


def test_a_file_mounted_beside_the_jar_is_judged_with_its_container() -> None:
    files = {
        "conf/application.yml": f"spring: {{a: b}}\n{INCLUDE}: '*'\n",
        "compose.yaml": (
            "services:\n  portal:\n    image: clinic/portal:1\n    volumes: ['./conf:/config:ro']\n"
            "    environment:\n      MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE: health\n"
        ),
    }
    fact = only(files)
    assert (fact.component, fact.value(INCLUDE, "")) == ("portal", "health")
    assert isinstance(fact.value("server.error.include-stacktrace", "never"), Unknown)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("${EXPOSED:health}", "health"),
        ("${exposed.list:health}", "env"),
        ("${spring.application.name}", "portal"),
        ("${A:${B:info}}", "info"),
    ],
)
def test_placeholders_have_their_value_or_default(value: str, expected: str) -> None:
    text = f"spring.application.name=portal\nexposed.list=env\n{INCLUDE}={value}\n"
    assert only({"application.properties": text}).value(INCLUDE, "") == expected


@pytest.mark.parametrize("value", ["${EXPOSED}", "@exposed@", "${A:${B}}"])
def test_placeholders_without_a_value_are_not_known(value: str) -> None:
    text = f"spring.application.name=portal\n{INCLUDE}={value}\n"
    assert isinstance(only({"application.properties": text}).value(INCLUDE, ""), Unknown)


def test_lists_in_every_notation_are_equal() -> None:
    notations = [
        ("application.properties", f"{INCLUDE}=env, beans\n"),
        ("application.properties", f"{INCLUDE}[0]=env\n{INCLUDE}[1]=beans\n"),
        ("application.yml", f"{INCLUDE}: [env, beans]\n"),
        ("application.yml", "management:\n  endpoints.web.exposure:\n    include:\n      - env\n      - beans\n"),
    ]
    for path, text in notations:
        assert known(only({path: text}).words(INCLUDE)) == {"env", "beans"}, text


def test_checks_of_all_applications_judge_the_same_file() -> None:
    estate = take_estate(MemoryTree({"application.yml": "spring:\n  jpa:\n    show-sql: true\ndebug: true\n"}))
    (found,) = [fact for fact in estate.facts if isinstance(fact, ApplicationSettings)]
    assert [entry.key for entry in found.named("*SHOW_SQL", "DEBUG")] == ["SPRING_JPA_SHOW_SQL"]


@pytest.mark.parametrize(
    ("expression", "active", "expected"),
    [
        ("", (), True),
        ("prod", ("prod",), True),
        ("prod", (), False),
        ("default", (), True),
        ("!prod", (), True),
        ("dev,prod", ("prod",), True),
        ("dev | prod", ("prod",), True),
        ("prod & cloud", ("prod",), False),
        ("prod & !cloud", ("prod",), True),
        ("(prod & cloud) | dev", ("dev",), None),
    ],
)
def test_profile_expressions(expression: str, active: tuple[str, ...], expected: bool | None) -> None:
    assert is_active(expression, active) is expected


def test_production_is_no_development() -> None:
    assert is_production("test-production")
    assert not is_development("test-production")


@given(st.lists(st.sampled_from(["show", "sql", "jpa", "web"]), min_size=1, max_size=5))
def test_spellings_of_a_name_are_equal(words: list[str]) -> None:
    camel = words[0] + "".join(word.capitalize() for word in words[1:])
    assert key_of("-".join(words)) == key_of("_".join(words)) == key_of(camel)


@given(st.text(alphabet="ab.-[]0=:#!\n ${}'\"", max_size=80))
def test_any_property_file_is_read(text: str) -> None:
    facts({"application.properties": f"spring.a=b\n{text}"})


def test_a_config_map_is_judged_with_the_pod_that_mounts_it() -> None:
    manifest = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: portal}\ndata:\n  application.yml: |\n"
        f"    spring: {{a: b}}\n    {INCLUDE}: '*'\n---\n"
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: portal}\nspec:\n  template:\n    spec:\n      containers:\n"
        "        - name: portal\n          image: clinic/portal:1.4\n"
        "          env: [{name: MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_EXCLUDE, value: env}]\n"
        "          volumeMounts: [{name: c, mountPath: /config}]\n      volumes: [{name: c, configMap: {name: portal}}]\n"
    )
    fact = only({"portal.yaml": manifest})
    assert (fact.value(INCLUDE, ""), fact.value("management.endpoints.web.exposure.exclude", "")) == ("*", "env")
    written = fact.explicit(INCLUDE)
    assert written is not None
    assert (written.at.path, written.at.line) == ("portal.yaml", 7)


@pytest.mark.parametrize("written", ["@project.artifactId@", "  @project.artifactId@", "'@project.artifactId@'"])
def test_what_maven_fills_in_is_not_known_and_the_rest_is_read(written: str) -> None:
    text = f"server:\n  error:\n    include-message: {written}\n    include-stacktrace: always\n"
    found = only({f"{RESOURCES}/application.yml": text})
    assert isinstance(found.value("server.error.include-message", "never"), Unknown)
    assert known(found.value("server.error.include-stacktrace", "never")) == "always"
