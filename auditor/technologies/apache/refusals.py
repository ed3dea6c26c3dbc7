"""What the server refuses although every directive is one it knows."""

from collections.abc import Iterator

from auditor.model.fact import Problem

from .nodes import Node, Nodes, last
from .options import is_refused
from .tls import versions

_SWITCHES = {
    "sslengine": {"on", "off", "optional"},
    "proxyrequests": {"on", "off"},
    "sslproxyengine": {"on", "off"},
    "traceenable": {"on", "off", "extended"},
    "rewriteengine": {"on", "off"},
    "serversignature": {"on", "off", "email"},
    "authmerging": {"off", "and", "or"},
    "satisfy": {"any", "all"},
    "sslproxycheckpeername": {"on", "off"},
}
_WITH_A_WORD = frozenset(
    "servertokens sslverifyclient sslproxyverify sslciphersuite sslproxycheckpeerexpire documentroot servername "
    "logformat transferlog loglevel dumpioinput dumpiooutput forensiclog authtype authuserfile limitrequestbody dav "
    "sethandler redirect alias scriptalias listen require".split()
)
"""Directives that need an argument, each tried with 2.4.71."""
_WITH_TWO_WORDS = frozenset({"customlog", "header", "redirectmatch", "addhandler"})
_GROUPS = {"requireall", "requireany", "requirenone"}


def refusals(nodes: Nodes) -> Iterator[Problem]:
    """Yield the lines at which `httpd -t` stops, other than for their names."""
    yield from _walk(nodes)
    yield from _certificates(nodes)


def _walk(nodes: Nodes) -> Iterator[Problem]:
    for node in nodes:
        if node.doubt() is None:
            message = _refused(node)
            if message:
                yield Problem(at=node.at, message=message)
        if node.block is not None and node.name not in {*_GROUPS, "limit", "limitexcept"}:
            yield from _walk(node.block)
    yield from _negative(nodes, "any")


def _negative(nodes: Nodes, kind: str, *, inside: bool = False) -> Iterator[Problem]:
    """Yield rules that only take away where nothing grants (`add_authz_provider` of mod_authz_core)."""
    negative: list[Node] = []
    positive = False
    for node in nodes:
        if inside and node.name not in {"require", "authzprovideralias", "", *_GROUPS} and node.unsure is None:
            yield Problem(at=node.at, message="expected nothing but Require inside of a group of rules")
        if node.name in {"limit", "limitexcept"}:
            yield from _negative(node.block or (), kind)
        is_not = node.name == "require" and str(node.word(0)).lower() == "not"
        if is_not or node.name == "requirenone":
            negative.append(node)
        positive = positive or (node.name in {"require", "requireall", "requireany"} and not is_not)
        if node.name in _GROUPS:
            yield from _negative(node.block or (), node.name.removeprefix("require"), inside=True)
    certain = [node for node in negative if node.unsure is None]
    if certain and kind != "all":
        yield Problem(at=certain[0].at, message="expected a negative Require inside of RequireAll only")
    elif certain and not positive:
        yield Problem(at=certain[0].at, message="expected a Require that grants beside the negative one")


def _refused(node: Node) -> str:
    name, words = node.name, [word for word in node.words if isinstance(word, str)]
    if name == "options" and is_refused(node):
        return "expected options that are all with a sign or all without one, and that Apache knows"
    if (
        name in _SWITCHES
        and [word.lower() for word in words]
        and (len(words) != 1 or words[0].lower() not in _SWITCHES[name])
    ):
        return f"expected one of {', '.join(sorted(_SWITCHES[name]))}"
    if len(words) < (2 if name in _WITH_TWO_WORDS else 1 if name in _WITH_A_WORD or name in _SWITCHES else 0):
        return "expected a value"
    if name == "sslprotocol" and versions(words) is None:
        return "expected TLS versions that Apache knows"
    if (
        name == "require"
        and words[:1] == ["all"]
        and [word.lower() for word in words[1:]] not in (["granted"], ["denied"])
    ):
        return "expected granted or denied"
    if name == "order" and (len(words) != 1 or words[0].lower() not in {"allow,deny", "deny,allow", "mutual-failure"}):
        return "expected allow,deny or deny,allow without a blank"
    if name in {"allow", "deny"} and (len(words) < 2 or words[0].lower() != "from"):
        return "expected the word from and addresses"
    return ""


def _certificates(nodes: Nodes) -> Iterator[Problem]:
    """Yield virtual hosts that speak TLS without a certificate."""
    plain = tuple(node for node in nodes if node.name != "virtualhost")
    if any(node.name.startswith("md") for node in plain):
        return
    for section in nodes:
        if section.name != "virtualhost" or section.block is None or section.unsure is not None:
            continue
        engine = last("sslengine", plain, section.block)
        certificate = last("sslcertificatefile", plain, section.block)
        if isinstance(engine, Node) and engine.lower() == ("on",) and certificate is None:
            yield Problem(at=engine.at, message="expected SSLCertificateFile for a virtual host with TLS")
