"""The words behind an address: options of `bind` and `server` lines (`haproxy -dKall` of 2.6, manuals 2.6 to 3.4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

_BIND_VALUES = frozenset(
    "accept-netscaler-cip backlog expose-fd gid group guid-prefix id idle-ping interface label level maxconn mode mss "
    "name namespace nbconn nice process proto quic-cc-algo quic-socket severity-output shards tcp-md5sig tcp-ut "
    "thread uid user alpn ca-file ca-ignore-err ca-sign-file ca-sign-pass ca-verify-file ciphers ciphersuites client- "
    "sigalgs crl-file crt crt-ignore-err crt-list curves default-crt ech ecdhe npn sigalgs ssl-max-ver ssl-min-ver "
    "tls-ticket-keys verify".split()
)
_SERVER_VALUES = frozenset(
    "addr agent-addr agent-inter agent-port agent-send alpn ca-file check-alpn check-pool-conn-name check-proto "
    "check-sni ciphers ciphersuites client-sigalgs cookie crl-file crt curves downinter error-limit fall fastinter "
    "guid hash-key healthcheck id idle-ping init-addr init-state inter log-bufsize log-proto max-reuse maxconn "
    "maxqueue minconn namespace npn observe on-error on-marked-down on-marked-up pool-conn-name pool-low-conn pool- "
    "max-conn pool-purge-delay port proto proxy-v2-options redir renegotiate resolve-net resolve-opts resolve-prefer "
    "resolvers rise set-proxy-v2-tlv-fmt sigalgs slowstart sni socks4 source ssl-max-ver ssl-min-ver tcp-md5sig tcp- "
    "ut track usesrc verify verifyhost weight ws".split()
)
_SWITCHES = frozenset("ssl check backup send-proxy sni-auto check-ssl agent-check disabled".split())
"""Options of servers that `no-` takes back."""


class Options(Mapping[str, str]):
    """Options by name; one without a value has "". Of a repeated one the last counts."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._pairs = tuple(pairs)
        self._values = dict(self._pairs)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """All options in the order in which they are written."""
        return self._pairs

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def _pairs(words: Sequence[str], valued: frozenset[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(words):
        has_value = words[place] in valued and place + 1 < len(words)
        found.append((words[place], words[place + 1] if has_value else ""))
        place += 1 + has_value
    return found


def bind_options(words: Sequence[str]) -> Options:
    """Read the words behind the address of a `bind` line or of `stats socket`."""
    return Options(_pairs(words, _BIND_VALUES))


def server_options(*rows: Sequence[str]) -> Options:
    """Read options of `default-server` lines and then a server's own; a later `no-…` takes an option back."""
    in_force: dict[str, str] = {}
    for name, value in [pair for words in rows for pair in _pairs(words, _SERVER_VALUES)]:
        base = name.removeprefix("no-")
        if name != base and base in _SWITCHES:
            in_force.pop(base, None)
            if base == "sni-auto":
                in_force[name] = ""
        elif name == "enabled":
            in_force.pop("disabled", None)
        else:
            in_force[name] = value
    return Options(in_force.items())
