"""Which sections a request falls into, in the order in which the server merges them.

Source: `ap_directory_walk`, `ap_file_walk` and `ap_location_walk` of 2.4 (`server/request.c`): Directory from short to
long, each with the .htaccess of its folder, then DirectoryMatch, Files, Location and If; those of the main server
before those of the virtual host.
"""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import replace

from auditor.model.unknown import Unknown

from .nodes import Node, Nodes, either
from .patterns import is_pattern, matches_regex, matches_shell

Htaccess = Callable[[str, tuple[Nodes, ...]], Nodes]
"""Gives the directives that stand in a folder's .htaccess, given the sections merged so far."""


def sections_of(bases: tuple[Nodes, ...], url: str, file: str | None, htaccess: Htaccess) -> tuple[Nodes, ...]:
    """Return the directives in force for a request, section by section, later ones over earlier ones.

    An empty section stands before those of Files, of Location and of If.

    `file` is the path it is mapped to, a folder with a slash at its end; None if it goes to no file.
    """
    found = tuple(scope for scope in bases if scope)
    if file is not None:
        found = _directories(bases, posixpath.dirname(file) or "/", found, htaccess)
        name = posixpath.basename(file)
        walk = [_unsure_unless(node, hit) for scope in found for node, hit in _files(scope, name) if hit is not False]
    else:
        walk = [_unsure_unless(node, hit=True) for scope in bases for node in scope if _is_for_every_url(node)]
    found = _with_walk(found, walk)
    walk = list[Nodes]()
    for scope in bases:
        for node in scope:
            if node.name in {"location", "locationmatch"}:
                hit = _matches_location(node, url)
                if hit is not False:
                    walk.append(_unsure_unless(node, hit))
    found = _with_walk(found, walk)
    reason = Unknown("an If section decides")
    names = {"if", "elseif", "else"}
    conditional = [_doubtful(node.block or (), reason) for scope in found for node in scope if node.name in names]
    return _with_walk(found, conditional)


def _with_walk(found: tuple[Nodes, ...], walk: list[Nodes]) -> tuple[Nodes, ...]:
    """Add the sections of one more walk behind an empty one: the server merges them with each other first."""
    filled = tuple(scope for scope in walk if scope)
    return (*found, (), *filled) if filled else found


def _is_for_every_url(node: Node) -> bool:
    return node.name == "proxy" and node.word(0) == "*"


def _unsure_unless(node: Node, hit: bool | Unknown) -> Nodes:
    """Return what stands in a section, in doubt where it is not known whether the request falls into it."""
    block = node.block or ()
    if isinstance(hit, Unknown):
        return _doubtful(block, hit)
    return block if node.unsure is None else _doubtful(block, node.unsure)


def _doubtful(block: Nodes, reason: Unknown) -> Nodes:
    return tuple(
        replace(
            node,
            unsure=either(node.unsure, reason),
            block=None if node.block is None else _doubtful(node.block, reason),
        )
        for node in block
    )


def _directories(
    bases: tuple[Nodes, ...], folder: str, found: tuple[Nodes, ...], htaccess: Htaccess
) -> tuple[Nodes, ...]:
    nodes = [node for scope in bases for node in scope if node.name in {"directory", "directorymatch"}]
    plain = [node for node in nodes if not is_regex(node)]
    parts = [part for part in folder.split("/") if part]
    for depth in range(len(parts) + 1):
        here = "/" + "/".join(parts[:depth])
        for node in plain:
            hit = _matches_directory(node, here, depth)
            if hit is not False:
                found += (_unsure_unless(node, hit),)
        own = htaccess(here, found)
        if own:
            found += (own,)
    for node in nodes:
        if is_regex(node):
            pattern = _regex_of(node)
            hit = pattern if isinstance(pattern, Unknown) else matches_regex(pattern, f"{folder.rstrip('/')}/")
            if hit is not False:
                found += (_unsure_unless(node, hit),)
    return found


def is_regex(node: Node) -> bool:
    """Tell whether a section's argument is a regular expression."""
    return node.name.endswith("match") or node.word(0) == "~"


def _regex_of(node: Node) -> str | Unknown:
    return node.word(0) if node.name.endswith("match") else node.word(1)


def _matches_directory(node: Node, folder: str, depth: int) -> bool | Unknown:
    path = node.word(0)
    if isinstance(path, Unknown):
        return path
    path = "/" + path.strip("/") if path.startswith("/") else path
    if len([part for part in path.split("/") if part]) != depth or not path.startswith("/"):
        return False
    return matches_shell(path, folder) if is_pattern(path) else path == folder


def _files(scope: Nodes, name: str) -> Iterator[tuple[Node, bool | Unknown]]:
    for node in scope:
        if node.name not in {"files", "filesmatch"}:
            continue
        if is_regex(node):
            pattern = _regex_of(node)
            yield node, pattern if isinstance(pattern, Unknown) else matches_regex(pattern, name)
        else:
            path = node.word(0)
            yield node, path if isinstance(path, Unknown) else matches_shell(path, name)


def _matches_location(node: Node, url: str) -> bool | Unknown:
    if is_regex(node):
        pattern = _regex_of(node)
        return pattern if isinstance(pattern, Unknown) else matches_regex(pattern, url)
    path = node.word(0)
    if isinstance(path, Unknown):
        return path
    if is_pattern(path):
        return matches_shell(path, url)
    following = url[len(path) : len(path) + 1]
    return url.startswith(path) and (path.endswith("/") or following in {"", "/"})
