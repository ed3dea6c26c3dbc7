"""Bring the places of each secret together, and judge every group once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from auditor.credentials.keys import CRYPTOGRAPHIC, setting_name
from auditor.model.credential import Credential, FileRole, Login, SecretForm
from auditor.model.severity import Confidence, Severity
from auditor.model.sharing import SecretPair, SecretPlace, SecretUses, Sharing

from .relation import Relation, relate
from .unit import are_related, system_of

MIN_LENGTH = 8
"""Shorter equal values may be chance, in characters."""
MAX_USES = 40
"""Distinct uses of one secret that are compared pair by pair."""
_WORST = tuple(Sharing)
_VALUES = frozenset({SecretForm.LITERAL, SecretForm.DEFAULT, SecretForm.PLACEHOLDER, SecretForm.REFERENCE})
_MANY_ACCOUNTS = 3
_ALONE = Relation(None, Severity.INFO, Confidence.HIGH, "")


def uses_of_secrets(
    credentials: Sequence[Credential], kept_apart: Collection[frozenset[str]] = ()
) -> Iterator[SecretUses]:
    """Yield every secret with its uses, judged, in the order of first places.

    `kept_apart` are pairs of settings that a program compares at its start: it does not run if they are equal.
    """
    live = [c for c in credentials if c.form in _VALUES and c.role is not FileRole.TEMPLATE]
    servers = [(c.unit, c.login) for c in live if c.login is not None and c.login.is_server]
    published = {c.secret.digest for c in live if c.form in {SecretForm.DEFAULT, SecretForm.PLACEHOLDER}}
    number = 0
    for group in sorted((sorted(group, key=_place) for group in _groups(live, published)), key=lambda g: _place(g[0])):
        found = _judge(group, servers, published, kept_apart)
        if found.kind is not None:
            number += 1
            found = replace(found, name=f"S-{number}")
        yield found


def _place(credential: Credential) -> tuple[bool, object]:
    """Order places that write the value before those that take it."""
    return (not credential.is_written, credential.at)


def _groups(credentials: Sequence[Credential], published: set[bytes]) -> Iterable[list[Credential]]:
    """Join places with one value, and places that pass it on by name within one system (union-find)."""
    parent = list(range(len(credentials)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first: dict[object, int] = {}
    for index, credential in enumerate(credentials):
        for bond in _bonds(credential, published):
            parent[find(index)] = find(first.setdefault(bond, index))
    groups: defaultdict[int, list[Credential]] = defaultdict(list)
    for index, credential in enumerate(credentials):
        groups[find(index)].append(credential)
    return groups.values()


def _bonds(credential: Credential, published: set[bytes]) -> Iterator[object]:
    """Yield what a place has in common with the others of its group."""
    has_value = credential.form is not SecretForm.REFERENCE or credential.is_resolved
    if has_value and credential.secret.length >= MIN_LENGTH:
        # Everybody's default in two systems is a coincidence; within one it is a choice.
        where = system_of(credential.unit) if credential.secret.digest in published else ()
        yield ("value", credential.secret.digest, where)
        # The same value in another encoding is the same secret.
        yield from (("value", form.digest, where) for form in credential.decoded if form.length >= MIN_LENGTH)
    elif has_value and credential.secret.length:
        yield ("short value", credential.secret.digest, credential.unit)
    system = system_of(credential.unit)
    if credential.taken_from and not credential.is_resolved:
        yield ("symbol", credential.taken_from, system, credential.environment)
        yield ("symbol", credential.taken_from, credential.at.path)
    if credential.symbol.startswith("variable "):
        # Two env files may each set the name to a value of their own.
        yield ("symbol", credential.symbol, credential.at.path)
    elif credential.symbol:
        yield ("symbol", credential.symbol, system, credential.environment)


def _judge(
    group: Sequence[Credential],
    servers: Sequence[tuple[str, Login]],
    published: set[bytes],
    kept_apart: Collection[frozenset[str]],
) -> SecretUses:
    uses = _distinct(group)
    pairs: list[tuple[Credential, Credential, Relation]] = []
    near = {unit: [login for at, login in servers if are_related(at, unit)] for unit in {use.unit for use in uses}}
    for first, second in combinations(uses[:MAX_USES], 2):
        relation = relate(
            first,
            second,
            near[first.unit] + near[second.unit],
            is_published=bool({first.secret.digest, second.secret.digest} & published),
        )
        if relation.kind is Sharing.PURPOSES and {setting_name(first.key), setting_name(second.key)} in kept_apart:
            why = f"{relation.why}; the program compares the two and refuses to start"
            relation = replace(relation, severity=Severity.LOW, why=why)
        pairs.append((first, second, relation))
    counted = [pair for pair in pairs if pair[2].kind is not None]
    if not _is_enough(group, counted):
        counted = []
    worst = min((relation for _, _, relation in counted), key=_urgency, default=_ALONE)
    involved = [use for use in uses if any(use is first or use is second for first, second, _ in counted)]
    logins = sorted(_accounts(involved, counted))
    severity = worst.severity
    if worst.kind is Sharing.LOGINS and len(logins) >= _MANY_ACCOUNTS:
        severity = max(severity, Severity.HIGH)
    home = group[0]
    return SecretUses(
        component=home.at.path,
        technology=home.technology,
        at=home.at,
        name="",
        kind=worst.kind if counted else None,
        severity=severity,
        confidence=worst.confidence,
        purposes=tuple(sorted({use.mechanism for use in involved})),
        logins=tuple(logins),
        places=tuple(_shown(credential) for credential in group),
        pairs=tuple(
            SecretPair(_shown(first), _shown(second), relation.kind is not None and bool(counted), relation.why)
            for first, second, relation in pairs
        ),
    )


def _accounts(uses: Sequence[Credential], counted: Sequence[tuple[Credential, Credential, Relation]]) -> Iterator[str]:
    """Yield the accounts that differ from each other, each as the place says it that tells most of it."""
    apart = {frozenset({id(first), id(second)}) for first, second, _ in counted}
    chosen: list[Credential] = []
    passwords = [(use, use.login) for use in uses if use.login is not None and use.mechanism not in CRYPTOGRAPHIC]
    for use, login in sorted(passwords, key=lambda each: (not each[1].name, not each[1].server)):
        if all(frozenset({id(use), id(other)}) in apart for other in chosen):
            chosen.append(use)
            yield login.shown()


def _urgency(relation: Relation) -> tuple[int, int, int]:
    return (
        -relation.severity.rank,
        list(Confidence).index(relation.confidence),
        _WORST.index(relation.kind or Sharing.UNITS),
    )


def _is_enough(group: Sequence[Credential], counted: Sequence[tuple[Credential, Credential, Relation]]) -> bool:
    """A short value is evidence only between accounts of one system."""
    length = max(credential.secret.length for credential in group)
    if length == 0 or length >= MIN_LENGTH:
        return True
    return any(pair[2].kind is Sharing.LOGINS and are_related(pair[0].unit, pair[1].unit) for pair in counted)


def _distinct(group: Sequence[Credential]) -> list[Credential]:
    """Return one place for each use; further places of the same use say nothing new."""
    seen: set[object] = set()
    uses: list[Credential] = []
    for credential in group:
        use = (credential.key, credential.mechanism, credential.login, credential.unit, credential.environment)
        if use not in seen:
            seen.add(use)
            uses.append(credential)
    return uses


def _shown(credential: Credential) -> SecretPlace:
    whose = (
        credential.login.shown() if credential.login is not None and credential.mechanism not in CRYPTOGRAPHIC else ""
    )
    return SecretPlace(credential.at, credential.key, whose or credential.mechanism)
