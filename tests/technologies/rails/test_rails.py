"""The configuration of Rails applications: what is read of Ruby code, and what is in force in production."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.discovery import recognise
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.rails import RAILS, RailsSettings, seconds_in

PRODUCTION = "config/environments/production.rb"


def facts(files: dict[str, str]) -> list[RailsSettings]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, RailsSettings)]


def production(body: str, **files: str) -> RailsSettings:
    (fact,) = facts({PRODUCTION: f"Rails.application.configure do\n{body}\nend\n", **files})
    return fact


@pytest.mark.parametrize(
    ("path", "text", "is_ours"),
    [
        (PRODUCTION, "Rails.application.configure do\nend\n", True),
        ("portal/config/initializers/cors.rb", "Rails.application.config.x = 1\n", True),
        ("config/application.rb", "config.load_defaults 8.0\n", True),
        ("config/initializers/inflections.rb", "ActiveSupport::Inflector.inflections\n", False),
        ("app/models/config.rb", "config.force_ssl = true\n", False),
        ("config/environments/production.js", "config.force_ssl = true\n", False),
    ],
)
def test_recognition(path: str, text: str, is_ours: bool) -> None:
    found = recognise(path, text)
    assert (found is not None and found[0].id == "rails") is is_ours


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("config.force_ssl = true", "true"),
        ("config.force_ssl = true # since 2020", "true"),
        ("# config.force_ssl = true", "unset"),
        ("config.force_ssl = false\nconfig.force_ssl = true", "true"),
        ("config.force_ssl =\n  true", "true"),
        ("if x\n  puts 1\nend\nconfig.force_ssl = true", "true"),
        ("x = if y then 1 else 2 end\nconfig.force_ssl = true", "true"),
        ("x = if y\n 1\nelse\n 2\nend\nconfig.force_ssl = true", "true"),
        ("puts 'if' unless x\nconfig.force_ssl = true", "true"),
        ("config.after_initialize do |app|\n  config.force_ssl = true\nend", "true"),
        ("config.x = [\n  'force_ssl # no comment',\n]\nconfig.force_ssl = true", "true"),
        ("config.log_tags = [ :request_id ]", "unset"),
    ],
)
def test_the_statement_in_force(body: str, value: str) -> None:
    assert production(body).word("force_ssl", "unset") == value


@pytest.mark.parametrize(
    "body",
    [
        "config.force_ssl = true if ENV['TLS']",
        "config.force_ssl = true unless local?",
        "if ENV['TLS']\n  config.force_ssl = true\nelse\n  config.force_ssl = false\nend",
        "unless a\n  [1].each do |i|\n    config.force_ssl = true\n  end\nend",
        "config.force_ssl = if a\n  true\nend",
        "config.force_ssl = ENV['TLS'] == '1'",
        "config.force_ssl = ENV.fetch('TLS')",
        "config.force_ssl = Tls.enabled?",
    ],
)
def test_what_code_decides_is_not_known(body: str) -> None:
    assert isinstance(production(body).word("force_ssl", "unset"), Unknown)


@pytest.mark.parametrize(
    "default", ['("RAILS_LOG_LEVEL", "debug")', '("RAILS_LOG_LEVEL", :debug)', '("RAILS_LOG_LEVEL") { "debug" }']
)
def test_a_default_of_a_variable_counts_unless_something_sets_it(default: str) -> None:
    body = f"config.log_level = ENV.fetch{default}"
    assert production(body).word("log_level", "") == "debug"
    assert isinstance(production(body, **{".env": "RAILS_LOG_LEVEL=info\n"}).word("log_level", ""), Unknown)


def test_initializers_come_after_the_environment_and_that_after_the_application() -> None:
    files = {
        "config/application.rb": "class A < Rails::Application\n  config.force_ssl = true\n  config.log_level = :debug\nend\n",
        "config/initializers/ssl.rb": "Rails.application.config.force_ssl = false\n",
        "config/environments/development.rb": "Rails.application.configure do\n  config.force_ssl = nil\nend\n",
    }
    fact = production("config.log_level = :warn", **files)
    assert (fact.word("force_ssl", ""), fact.word("log_level", "")) == ("false", "warn")
    assert fact.where("force_ssl").path == "config/initializers/ssl.rb"


def test_a_librarys_configuration_is_not_that_of_rails() -> None:
    fact = production(
        "", **{"config/initializers/x.rb": "Other.configure do |config|\n  config.force_ssl = false\nend\n"}
    )
    assert fact.last("force_ssl") is None


def test_options_over_several_lines() -> None:
    fact = production(
        "config.session_store :cookie_store,\n  key: '_portal', # name\n  :secure => false,\n  expire_after: 2.hours"
    )
    assert (fact.option("session_store", "secure"), fact.option("session_store", "expire_after")) == (
        "false",
        "2.hours",
    )
    assert fact.option("session_store", "httponly") is None


def test_an_application_without_production_is_not_judged() -> None:
    assert facts({"config/application.rb": "config.force_ssl = false\n"}) == []


def test_secrets_are_found_and_in_no_fact() -> None:
    text = 'config.secret_key_base = "kd83-Plover-19"\n'
    (found,) = RAILS.parse(Source(path=PRODUCTION, text=text)).assignments()
    assert (found.key, found.value, found.at.line) == ("secret_key_base", "kd83-Plover-19", 1)
    assert "Plover" not in repr([item.value for items in production(text).given.values() for item in items])


@pytest.mark.parametrize(
    ("text", "seconds"), [("15.minutes", 900), ("1.day", 86400), ("900", 900), ("soon", None), ("2.fortnights", None)]
)
def test_spans(text: str, seconds: int | None) -> None:
    assert seconds_in(text) == seconds


@given(st.text(alphabet="config.=if end do\n\"'#{}[](),:|\\", max_size=80))
def test_any_text_is_read(text: str) -> None:
    production(text)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("config.force_ssl = true\n=begin\nconfig.force_ssl = false\n=end", "true"),
        ("=begin\nconfig.force_ssl = false\n=end\nconfig.force_ssl = true", "true"),
        ("config.force_ssl = Rails.env.production?", "true"),
        ("config.force_ssl = !Rails.env.development?", "true"),
        ("config.force_ssl = !Rails.env.production?", "false"),
        ('config.force_ssl = ENV.fetch("PORTAL_X", "true") == "true"', "true"),
        ('config.force_ssl = ENV.fetch("PORTAL_X", "no") != "no"', "false"),
    ],
)
def test_what_was_told_apart_by_comparison_with_rails(body: str, value: str) -> None:
    assert production(body).word("force_ssl", "unset") == value


def test_hosts_are_cleared_and_named_in_source_order() -> None:
    operators = [item.operator for item in production('config.hosts << "a"\nconfig.hosts.clear').given["hosts"]]
    assert operators == ["<<", "()"]


def test_a_variable_without_default_is_not_known() -> None:
    assert isinstance(production('config.force_ssl = ENV["PORTAL_X"] == "true"').word("force_ssl", ""), Unknown)
