"""From what modules of a program do with secrets to facts."""

from collections.abc import Iterator, Sequence
from dataclasses import field

from auditor.credentials.keys import mechanism, setting_name
from auditor.credentials.webtoken import claim_holds
from auditor.model.code import KeyUse, SecretsDiffer, TokenPayload
from auditor.model.credential import FileRole
from auditor.model.location import Location
from auditor.records import dataclass

from .symbols import Symbols


@dataclass(frozen=True)
class Use:
    """A key given to a mechanism. `sink` is a call, or a setting that takes another one's value (`is_setting`)."""

    at: Location
    symbols: Symbols
    mechanism: str
    function: str
    sink: str
    is_setting: bool = False


@dataclass(frozen=True)
class Payload:
    """Names of the claims given to a signing call; `is_open` if there may be more.

    `expires` is whether the call itself limits the token's life, None where that is not known.
    """

    at: Location
    claims: tuple[str, ...]
    is_open: bool
    function: str
    expires: bool | None = False


@dataclass
class Found:
    """What was found in a module; `compared` are places where a program stops if two settings are equal."""

    uses: list[Use] = field(default_factory=list[Use])
    payloads: list[Payload] = field(default_factory=list[Payload])
    compared: list[tuple[Location, frozenset[str]]] = field(default_factory=list[tuple[Location, frozenset[str]]])


@dataclass(frozen=True)
class Module:
    """What was found in the file at `path` of the program that starts from the folder `unit`."""

    path: str
    unit: str
    role: FileRole
    found: Found


def facts_of(modules: Sequence[Module], technology: str) -> Iterator[KeyUse | TokenPayload | SecretsDiffer]:
    """Yield the facts of all modules of all programs."""
    handed_on = _handed_on(modules)
    for module in modules:
        for use in module.found.uses:
            yield from _uses(module, use, handed_on, technology)
        for payload in module.found.payloads:
            yield TokenPayload(
                component=module.path,
                technology=technology,
                at=payload.at,
                function=payload.function,
                personal=tuple((claim, what) for claim in payload.claims if (what := claim_holds(claim))),
                has_expiry=_has_expiry(payload),
                role=module.role,
            )
        for at, symbols in module.found.compared:
            yield SecretsDiffer(component=module.path, technology=technology, at=at, symbols=symbols)


def _has_expiry(payload: Payload) -> bool | None:
    if "exp" in payload.claims or payload.expires:
        return True
    if {"htm", "htu"}.issubset(payload.claims):
        return True  # a proof for one request (RFC 9449, DPoP): servers take it for a moment after `iat`
    return None if payload.is_open or payload.expires is None else False


def _handed_on(modules: Sequence[Module]) -> frozenset[tuple[str, str]]:
    """Return the settings (with their programs) whose value a setting for another mechanism takes."""
    return frozenset(
        (module.unit, symbol)
        for module in modules
        for use in module.found.uses
        for symbol in use.symbols.names
        if use.is_setting and not _is_own(use, symbol)
    )


def _is_own(use: Use, symbol: str) -> bool:
    return use.is_setting and (setting_name(use.sink) == symbol or mechanism(symbol) == use.mechanism)


def _uses(module: Module, use: Use, handed_on: frozenset[tuple[str, str]], technology: str) -> Iterator[KeyUse]:
    for number, symbol in enumerate(use.symbols.names):
        # A setting's own name is evidence of its purpose only where one for another purpose takes the value.
        if _is_own(use, symbol) and (module.unit, symbol) not in handed_on:
            continue
        yield KeyUse(
            component=module.path,
            technology=technology,
            at=use.at,
            symbol=symbol,
            mechanism=use.mechanism,
            function=use.function,
            sink=use.sink,
            is_separated=use.symbols.is_separated,
            is_fallback=number > 0,
            unit=module.unit,
            role=module.role,
        )
