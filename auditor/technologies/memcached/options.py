"""memcached's command line as getopt reads it.

Source: `memcached.c` of 1.6.18 and `memcached -h`; tried against 1.6.18.
"""

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.records import dataclass

LONG: Final = {
    "unix-mask": "a", "enable-shutdown": "A", "port": "p", "unix-socket": "s", "udp-port": "U", "memory-limit": "m",
    "disable-evictions": "M", "conn-limit": "c", "lock-memory": "k", "help": "h", "license": "i", "version": "V",
    "enable-coredumps": "r", "verbose": "v", "daemon": "d", "listen": "l", "user": "u", "pidfile": "P",
    "slab-growth-factor": "f", "slab-min-size": "n", "threads": "t", "enable-largepages": "L",
    "max-reqs-per-event": "R", "disable-cas": "C", "listen-backlog": "b", "protocol": "B", "max-item-size": "I",
    "enable-sasl": "S", "disable-flush-all": "F", "disable-dumping": "X", "disable-watch": "W", "auth-file": "Y",
    "memory-file": "e", "extended": "o", "napi-ids": "N", "napi_ids": "N", "enable-ssl": "Z",
}  # fmt: skip
"""Long names and the letters that mean the same."""
VALUED: Final = frozenset("apsUmclufntDRbBIYeoNP")
SWITCHES: Final = frozenset("AMkrvdLCSFXWZhiV")

EXTENDED: Final = frozenset(
    "maxconns_fast no_maxconns_fast hashpower tail_repair_time hash_algorithm lru_crawler no_lru_crawler "
    "lru_crawler_sleep lru_crawler_tocrawl read_buf_mem_limit lru_maintainer no_lru_maintainer hot_lru_pct "
    "warm_lru_pct hot_max_factor warm_max_factor temporary_ttl idle_timeout slab_chunk_max slab_reassign "
    "no_slab_reassign slab_automove no_slab_automove slab_automove_freeratio slab_automove_ratio "
    "slab_automove_window slab_sizes watcher_logbuf_size worker_logbuf_size track_sizes hashexpand no_hashexpand "
    "modern no_modern sock_cookie_id ext_path ext_page_size ext_page_count ext_wbuf_size ext_threads ext_io_depth "
    "ext_item_size ext_item_age ext_low_ttl ext_drop_unread ext_recache_rate ext_compact_under ext_drop_under "
    "ext_max_frag ext_max_sleep resp_obj_mem_limit inline_ascii_response no_inline_ascii_resp drop_privileges "
    "no_drop_privileges chunked_items no_chunked_items ssl_chain_cert ssl_key ssl_keyformat ssl_verify_mode "
    "ssl_ciphers ssl_ca_cert ssl_wbuf_size ssl_session_cache ssl_kernel_tls ssl_min_version proxy_config "
    "proxy_uring proxy_memory_limit".split()
)
"""What `-o` takes up to 1.6.18; later releases may take more."""


@dataclass(frozen=True)
class Option:
    """One option by its letter; of `-o` each part is an option of its own, named `o.part`. A switch's value is ""."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location


@dataclass(frozen=True)
class CommandLine:
    """The options in order, what memcached would refuse, and why more options may follow ("" if none)."""

    options: tuple[Option, ...]
    refused: tuple[Problem, ...] = ()
    incomplete: str = ""


def read_options(words: Sequence[Located[str]]) -> CommandLine:
    """Read the words behind the program's name."""
    options: list[Option] = []
    refused: list[Problem] = []
    incomplete = ""
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if isinstance(word.value, Unknown):
            incomplete = word.value.reason
            continue
        if word.value == "--":
            break
        if not word.value.startswith("-") or word.value == "-":
            continue
        for name, attached in _letters(word.value):
            if name is None or name not in VALUED | SWITCHES:
                refused.append(Problem(at=word.at, message="expected an option that memcached knows"))
            elif name in SWITCHES:
                options.append(Option(name, "", word.at))
            elif attached:
                options.extend(_valued(name, attached, word.at))
            elif index < len(words):
                options.extend(_valued(name, words[index].value, words[index].at))
                index += 1
            else:
                refused.append(Problem(at=word.at, message=f"expected a value behind -{name}"))
    return CommandLine(tuple(options), tuple(refused), incomplete)


def _letters(word: str) -> Iterator[tuple[str | None, str]]:
    """Yield each option of a word with the value attached to it: `-vp11211` is `v` and `p` with `11211`."""
    if word.startswith("--"):
        name, _, value = word[2:].partition("=")
        matching = {LONG[name]} if name in LONG else {letter for long, letter in LONG.items() if long.startswith(name)}
        yield (matching.pop() if len(matching) == 1 else None), value
        return
    for place, letter in enumerate(word[1:], 1):
        if letter in VALUED:
            yield letter, word[place + 1 :]
            return
        yield letter, ""


def _valued(name: str, value: str | Unknown, at: Location) -> Iterator[Option]:
    if name != "o" or isinstance(value, Unknown):
        yield Option(name, value, at)
        return
    for part in value.split(","):
        key, _, text = part.partition("=")
        if key:
            yield Option(f"o.{key}", text, at)
