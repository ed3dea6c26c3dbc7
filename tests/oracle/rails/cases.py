"""Random configurations of Rails in the ways people write them, with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

_APPLICATION = """\
require "rails"
require "action_controller/railtie"

module Portal
  class Application < Rails::Application
    config.load_defaults {version}
    config.eager_load = false
{lines}
  end
end
"""
_SWITCHES = ("force_ssl", "consider_all_requests_local", "action_controller.allow_forgery_protection")
_OWN = '"https://portal.clinic.example"'


@dataclass
class Case:
    """Files by path, the traps in them, and the names whose values code decides."""

    files: dict[str, str] = field(default_factory=dict[str, str])
    traps: set[str] = field(default_factory=set[str])
    open: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    return _Writer(random, Case()).write()


class _Writer:
    def __init__(self, random: Random, case: Case) -> None:
        self._random, self._case = random, case

    def write(self) -> Case:
        case, random = self._case, self._random
        places: dict[str, list[str]] = {"application": [], "production": [], "initializer": []}
        for name in _SWITCHES:
            for place in ("application", "production", "initializer"):
                if random.random() < {"application": 0.15, "production": 0.65, "initializer": 0.1}[place]:
                    case.traps.add(f"in {place}")
                    places[place] += self._switch(name)
        if random.random() < 0.25:
            case.traps.add("ssl_options")
            option = random.choice(
                ["redirect: false", "hsts: false", "secure_cookies: false", "hsts: { expires: 3600 }"]
            )
            places["production"].append(f"config.ssl_options = {{ {option} }}")
        places[random.choice(["production", "initializer"])] += self._session()
        places["production"] += self._hosts()
        if random.random() < 0.4:
            value = random.choice([":json", ":marshal", ":hybrid"])
            places["initializer"].append(f"config.action_dispatch.cookies_serializer = {value}")
        version = random.choice(["6.1", "6.0", "5.2"])
        if random.random() < 0.5:
            places["development"] = ["config.force_ssl = false", "config.consider_all_requests_local = true"]
        own = "\n".join(line if line.startswith("=") else f"    {line}" for line in places["application"])
        case.files["config/application.rb"] = _APPLICATION.format(version=version, lines=own)
        case.files["config/environments/production.rb"] = _configured(places["production"])
        if "development" in places:
            case.files["config/environments/development.rb"] = _configured(places["development"])
        lines = [f"Rails.application.{line}" if line.startswith("config.") else line for line in places["initializer"]]
        case.files["config/initializers/portal.rb"] = "# frozen_string_literal: true\n" + "\n".join(lines) + "\n"
        case.files["config/initializers/cors.rb"] = self._cors()
        return case

    def _switch(self, name: str) -> list[str]:
        random = self._random
        value = random.choice(["true", "false"])
        other = "false" if value == "true" else "true"
        forms = {
            "literal": [f"config.{name} = {value}"],
            "comment behind": [f"config.{name} = {value} # or {other}"],
            "comment line": [f"config.{name} = {value}", f"# config.{name} = {other}"],
            "later line": [f"config.{name} = {other}", f"config.{name} = {value}"],
            "no blanks": [f"config.{name}={value}"],
            "condition": [f"config.{name} = {value}", 'if ENV["PORTAL_X"]', f"  config.{name} = {other}", "end"],
            "condition behind": [f"config.{name} = {value}", f'config.{name} = {other} if ENV["PORTAL_X"]'],
            "variable": [f'config.{name} = ENV["PORTAL_X"] == "true"'],
            "default of a variable": [f'config.{name} = ENV.fetch("PORTAL_X", "{value}") == "true"'],
            "fetched": [f'config.{name} = ENV.fetch("PORTAL_X", {value})'],
            "fetched by a block": [f'config.{name} = ENV.fetch("PORTAL_X") {{ {value} }}'],
            "environment": [f"config.{name} = {'' if value == 'true' else '!'}Rails.env.production?"],
            "block comment": [f"config.{name} = {value}", "=begin", f"config.{name} = {other}", "=end"],
            "next line": [f"config.{name} =", f"  {value}"],
        }
        form = random.choice(list(forms))
        if form == "block comment":
            self._case.traps.add(form)
            return forms[form]
        self._case.traps.add(form)
        if form in {"condition", "condition behind", "variable", "default of a variable", "environment"}:
            self._case.open.add(name)
        else:
            self._case.open.discard(name)
        return forms[form]

    def _session(self) -> list[str]:
        random = self._random
        if random.random() < 0.15:
            return []
        options = [
            f"secure: {random.choice(['true', 'false', 'Rails.env.production?'])}",
            f"httponly: {random.choice(['true', 'false'])}",
            f"expire_after: {random.choice(['15.minutes', '8.hours', '14.days', '900'])}",
        ]
        kept = [option for option in options if random.random() < 0.6]
        form = random.choice(["one line", "lines", "brackets", "arrows"])
        self._case.traps.add(f"session: {form}")
        if form == "arrows":
            kept = [f":{name} => {value.strip()}" for name, _, value in (option.partition(":") for option in kept)]
        parts = [":cookie_store", 'key: "_portal"' if form != "arrows" else ':key => "_portal"', *kept]
        match form:
            case "one line" | "arrows":
                return [f"config.session_store {', '.join(parts)}"]
            case "lines":
                return [f"config.session_store {(',' + chr(10) + '  ').join(parts)}"]
            case _:
                return [f"config.session_store({', '.join(parts)})"]

    def _hosts(self) -> list[str]:
        forms = {
            "none": [],
            "named": ['config.hosts = ["portal.clinic.example"]'],
            "added": ['config.hosts << "portal.clinic.example"'],
            "cleared": ["config.hosts.clear"],
            "cleared, then added": ["config.hosts.clear", 'config.hosts << ".clinic.example"'],
            "nil": ["config.hosts = nil"],
            "added, then cleared": ['config.hosts << "portal.clinic.example"', "config.hosts.clear"],
        }
        form = self._random.choice(list(forms))
        self._case.traps.add(f"hosts: {form}")
        return forms[form]

    def _cors(self) -> str:
        random = self._random
        origins = random.choice(["", '"*"', "'*'", _OWN, f'{_OWN}, "*"', '[ "*" ]', "/.*/", "%w[*]"])
        if not origins:
            return "# Rails.application.config.middleware: nothing\n"
        self._case.traps.add("CORS")
        if origins in {"/.*/", "%w[*]"}:
            self._case.open.add("cors")
        return (
            "Rails.application.config.middleware.insert_before 0, Rack::Cors do\n  allow do\n"
            f'    origins {origins}\n    resource "*", headers: :any, methods: [:get]\n  end\nend\n'
        )


def _configured(lines: list[str]) -> str:
    # A block comment begins in the first column.
    inner = "\n".join(line if line.startswith("=") else f"  {line}" for line in lines)
    return f"Rails.application.configure do\n{inner}\nend\n"


FORMS = (
    "in application", "in production", "in initializer", "ssl_options", "comment behind", "later line", "condition",
    "condition behind", "default of a variable", "fetched", "fetched by a block", "environment", "block comment",
    "next line", "session: lines", "session: brackets", "session: arrows", "hosts: cleared", "hosts: cleared, then added",
    "hosts: added, then cleared", "hosts: nil", "CORS",
)  # fmt: skip
"""Traps that every run must have met."""
