"""The configuration in force in production: application.rb, the environment's file, initializers, in this order."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .document import Given, RailsFile, text_in

_PLACE = lazy(r"(?P<root>.*?)(?:^|/)config/(?:application\.rb|environments/(?P<environment>\w+)\.rb|initializers/.+)")
_FETCH = lazy(
    r"ENV\.fetch\(\s*[\"'](?P<name>\w+)[\"']\s*(?:,\s*(?P<default>[^()]+))?\)(?:\s*\{\s*(?P<block>[^{}]+?)\s*\})?(?:\.to_sym)?"
)
_ENVIRONMENT = lazy(r"(?P<not>!)?\s*Rails\.env\.(?P<name>production|development|test|local)\?")
_COMPARED = lazy(r"(?P<left>ENV\.fetch\(.*\))\s*(?P<operator>==|!=)\s*(?P<quote>[\"'])(?P<right>[^\"'#]*)(?P=quote)")
_OPTION = lazy(r"(?:(?P<name>\w+):|:(?P<symbol>\w+)\s*=>)\s*(?P<value>[^,]+)")
_LITERAL = lazy(r":\w+|true|false|nil|\d+|\d+\.\w+|\d+\.\.\.?\d+")
_SPAN = lazy(r"(?P<number>\d{1,12})\.(?P<unit>second|minute|hour|day|week|month|year)s?")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629746, "year": 31556952}
"""Active Support 8.0, Duration: a month is a twelfth of a year of 365.2425 days."""
_SHOWN = (
    "force_ssl", "assume_ssl", "consider_all_requests_local", "log_level", "action_controller.allow_forgery_protection",
    "action_dispatch.cookies_serializer", "load_defaults",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RailsSettings(Fact):
    """What `config` is given in production, by name; of a list what is added to it as well."""

    given: Mapping[str, tuple[Given, ...]] = field(default_factory=dict[str, tuple[Given, ...]], repr=False)
    set_elsewhere: frozenset[str] = frozenset()

    def last(self, name: str) -> Given | None:
        """Return the statement in force, None where there is none."""
        found = self.given.get(name, ())
        return found[-1] if found else None

    def word(self, name: str, default: str) -> str | Unknown:
        """Return a literal without quotes or colon (`true`, `debug`), `default` where nothing sets the name."""
        item = self.last(name)
        return default if item is None else self._literal(item.value)

    def _literal(self, written: str | Unknown) -> str | Unknown:
        if isinstance(written, Unknown):
            return written
        fetched = _FETCH.fullmatch(written)
        literal: str = written
        if fetched is not None:
            default = fetched["default"] or fetched["block"]
            if default is None or fetched["name"] in self.set_elsewhere:
                return Unknown(f"{fetched['name']} is set where the application is deployed")
            literal = default.strip()
        text = text_in(literal)
        if text is not None:
            return text
        if (environment := _ENVIRONMENT.fullmatch(literal)) is not None:
            is_named = environment["name"] == "production"
            return "true" if is_named is (environment["not"] is None) else "false"
        if (compared := _COMPARED.fullmatch(literal)) is not None:
            left = self._literal(compared["left"])
            if isinstance(left, Unknown):
                return left
            return "true" if (left == compared["right"]) is (compared["operator"] == "==") else "false"
        return literal.removeprefix(":") if _LITERAL.fullmatch(literal) else Unknown("code decides it")

    def options(self, name: str) -> Mapping[str, str | Unknown]:
        """Return the named arguments of a call (`session_store :cookie_store, secure: true`)."""
        item = self.last(name)
        if item is None:
            return {}
        if isinstance(item.value, Unknown):
            return {"": item.value}
        found = {
            match["name"] or match["symbol"]: self._literal(match["value"].strip().rstrip(")}"))
            for match in _OPTION.finditer(item.value)
        }
        return {**found, "": Unknown("code puts the options together")} if "**" in item.value else found

    def option(self, name: str, key: str) -> str | Unknown | None:
        """Return a named argument, None where it is not given."""
        options = self.options(name)
        return options.get(key, options.get(""))

    def where(self, name: str) -> Location:
        """Return the place of the statement in force, of the environment's file where there is none."""
        item = self.last(name)
        return self.at if item is None else item.at

    def shown_settings(self) -> Iterable[Setting]:
        found = (item for name in _SHOWN if (item := self.last(name)) is not None)
        return [Setting(item.name, self.word(item.name, ""), Origin.FILE, item.at) for item in found]


def seconds_in(text: str) -> int | None:
    """Return the seconds of `30.minutes` or of a number."""
    match = _SPAN.fullmatch(text)
    if match is not None:
        return int(match["number"]) * _SECONDS[match["unit"]]
    return int(text) if is_whole_number(text) and len(text) < 12 else None


def settings_in(files: Iterable[RailsFile], set_elsewhere: Iterable[str]) -> Iterator[RailsSettings]:
    """Yield the configuration of every application that has a file for production."""
    applications: defaultdict[str, list[tuple[int, str, RailsFile]]] = defaultdict(list)
    for file in files:
        path = file.source.path
        match = _PLACE.fullmatch(path)
        if match is None or match["environment"] not in {None, "production"}:
            continue
        folder = posixpath.basename(posixpath.dirname(path))
        rank = {"config": 0, "environments": 1}.get(folder, 2)
        applications[match["root"]].append((rank, path, file))
    elsewhere = frozenset(set_elsewhere)
    for _, ranked in sorted(applications.items()):
        production = next((file for rank, _, file in ranked if rank == 1), None)
        if production is None:
            continue
        given: defaultdict[str, list[Given]] = defaultdict(list)
        for _, _, file in sorted(ranked, key=lambda item: item[:2]):
            for item in file.given:
                given[item.name].append(_without_secret(item))
        yield RailsSettings(
            component=production.source.path,
            technology="rails",
            at=production.source.at(),
            given={name: tuple(items) for name, items in given.items()},
            set_elsewhere=elsewhere,
        )


def _without_secret(item: Given) -> Given:
    is_judged = item.name in _SHOWN or item.name in {
        "session_store",
        "filter_parameters",
        "cors.origins",
        "ssl_options",
    }
    if is_judged or item.name.startswith(("hosts", "devise.")):
        return item
    return Given(item.name, item.operator, item.value if item.value in {"true", "false", "nil"} else "…", item.at)
