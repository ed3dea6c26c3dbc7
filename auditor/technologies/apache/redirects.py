"""Which line sends all requests to https (mod_alias and mod_rewrite of 2.4)."""

from auditor.model.unknown import Unknown
from auditor.patterns import lazy

from .hosts import Host
from .nodes import Node, Nodes, either

_STATUS = {"permanent", "temp", "seeother", "301", "302", "303", "307", "308"}
_EVERY_URL = {
    "/", "^", ".*", "^/", "(.*)", "^(.*)$", "^/(.*)$", "^/?(.*)$", "^.*$", "^/.*$", "^/(.*)", "^(.*)", "^/.*", "^.*",
}  # fmt: skip
_SOME_REQUESTS = (
    "%{request_uri}", "%{the_request}", "%{query_string}", "%{request_filename}", "%{http_user_agent}",
    "%{http_cookie}", "%{http:cookie}", "%{remote_addr}", "%{path_info}",
)  # fmt: skip
"""What a condition asks for that only some requests have."""
_EXCEPTION = lazy(r"\(\?![^()]*(?:\([^()]*\)[^()]*)*\)")
"""What a pattern leaves out, such as `(?!challenges/)`."""
_SCHEME = ("https", "request_scheme", "server_port", "x-forwarded-proto")


def redirects_to_tls(host: Host, page: tuple[Nodes, ...]) -> Node | Unknown | None:
    """Return the line that sends every request to https, None if there is none.

    `page` are the sections in force at `/`. A virtual host takes RewriteEngine over from the main server (seen with
    2.4.71), a section does not.
    """
    hidden: Unknown | None = None
    engine = host.last("rewriteengine")
    own = host.bases[-1]
    for node in own:
        if node.name == "" and node.unsure is not None:
            hidden = node.unsure
        inner: Nodes = ()
        if (node.name == "location" and node.word(0) == "/") or (node.name == "if" and _is_about_scheme(node)):
            inner = node.block or ()
        for each in (node, *inner):
            if _is_redirect(each, inside=each is not node):
                return either(each.unsure, each)
    found = _rewrite(own, engine)
    for scope in page:
        if found is None and scope is not own and scope is not host.main:
            found = _rewrite(scope, next((node for node in reversed(scope) if node.name == "rewriteengine"), None))
    return hidden if found is None else found


def _is_about_scheme(node: Node) -> bool:
    test = " ".join(word for word in node.words if isinstance(word, str)).lower()
    return any(name in test for name in _SCHEME)


def _rewrite(nodes: Nodes, engine: Node | Unknown | None) -> Node | Unknown | None:
    """Return the RewriteRule that sends all requests to https, None if the rules are off or none of them does."""
    if isinstance(engine, Unknown):
        return engine if any(_is_rewrite(node) for node in nodes) else None
    if engine is None or engine.lower()[:1] != ("on",):
        return None
    conditions: list[Node] = []
    for node in nodes:
        if node.name == "rewritecond":
            conditions.append(node)
        elif node.name == "rewriterule":
            if _is_rewrite(node) and not _are_for_some(conditions):
                return either(node.unsure, node)
            conditions = []
    return None


def _are_for_some(conditions: list[Node]) -> bool:
    """Tell whether conditions leave out requests by more than an exception, which is written with `!`."""
    words = [[word if isinstance(word, str) else "" for word in node.lower()] for node in conditions]
    if any("or" in word[-1].strip("[]").replace("ornext", "or").split(",") for word in words if len(word) > 2):
        return False
    return any(
        len(word) > 1
        and any(name in word[0] for name in _SOME_REQUESTS)
        and not word[1].startswith("!")
        and word[1].strip("^$/()?") not in {"", ".*", ".+"}
        for word in words
    )


def _is_redirect(node: Node, *, inside: bool) -> bool:
    if node.name not in {"redirect", "redirectmatch", "redirectpermanent", "redirecttemp"}:
        return False
    words = [word if isinstance(word, str) else "" for word in node.words]
    if words and words[0].lower() in _STATUS:
        words = words[1:]
    if inside and len(words) == 1:
        return words[0].lower().startswith("https:")
    if len(words) < 2 or not (words[1] or "https:").lower().startswith("https:"):
        return False
    return _EXCEPTION.sub("", words[0]) in _EVERY_URL


def _is_rewrite(node: Node) -> bool:
    if node.name != "rewriterule" or len(node.words) < 2:
        return False
    pattern, target = node.word(0), node.word(1)
    if not isinstance(pattern, str):
        return False
    # With `!` in front all but an exception match.
    if not pattern.startswith("!") and _EXCEPTION.sub("", pattern).strip("^$/()?") not in {"", ".*", ".+"}:
        return False
    return isinstance(target, str) and target.lower().startswith("https:")
