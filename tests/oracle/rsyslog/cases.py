"""Random configurations of rsyslog with the traps that a reader can fall into."""

from dataclasses import field
from random import Random

from auditor.records import dataclass

SELECTORS = (
    "*.*", "auth,authpriv.*", "*.*;auth,authpriv.none", "*.info;mail.none", "*.err", "authpriv.=info", "*.none;*.info",
    "daemon.warn", "auth.*;auth.!err", "*.!err", "*.*;*.!=info", "auth.none;authpriv.*", "kern.panic;user.notice",
)  # fmt: skip
_REFUSED = ("module(load=", "*.* {", 'action(type="omfile" file=/tmp/x)', 'if $msg contains "x" {')
_SWITCHED = ('global(umask="0077" config.enabled="on")', 'global(umask="0077" config.enabled="yes")')
"""Objects with a switch, of which only the word `on` is one that leaves them on."""


@dataclass
class Case:
    """The lines of a rsyslog.conf, its outputs and listeners by number, and the traps in it.

    `FILEn`, `UDPn`, `TCPn` and `INn` stand for paths and ports that the test fills in.
    """

    lines: list[str] = field(default_factory=list[str])
    rulesets: list[str] = field(default_factory=list[str])
    files: int = 0
    udp: int = 0
    tcp: int = 0
    inputs: list[str] = field(default_factory=list[str])
    traps: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    """Make one case."""
    case = Case()
    if random.random() < 0.6:
        case.lines.append(random.choice(["$DefaultNetstreamDriver gtls", 'global(defaultNetstreamDriver="gtls")']))
        case.traps.add("driver by default")
    if random.random() < 0.3:
        case.traps.add("file mode")
        case.lines.append(random.choice(["$FileCreateMode 0600", "$FileCreateMode 0640", "$FileCreateMode 0644"]))
    if random.random() < 0.2:
        case.traps.add("mask")
        case.lines.append(random.choice(["$Umask 0027", 'global(umask="0077")', *_SWITCHED]))
    _inputs(random, case)
    for _ in range(random.randrange(2, 6)):
        _rule(random, case)
    if random.random() < 0.3:
        case.traps.add("ruleset")
        inner: list[str] = []
        for _ in range(random.randrange(1, 3)):
            inner += _filtered(random, case)
        case.rulesets += ['ruleset(name="inner") {', *inner, "}"]
        if random.random() < 0.6:
            case.traps.add("call")
            case.lines.append("call inner")
    if random.random() < 0.12:
        case.traps = {"refused"}
        case.lines.append(random.choice(_REFUSED))
    return case


def _inputs(random: Random, case: Case) -> None:
    if random.random() < 0.3:
        case.inputs.append("imudp")
        style = ['module(load="imudp")', 'input(type="imudp" address="127.0.0.1" port="IN0")']
        case.lines += random.choice([style, ["$ModLoad imudp", "$UDPServerAddress 127.0.0.1", "$UDPServerRun IN0"]])
    elif random.random() < 0.7:
        case.inputs.append("imtcp")
        mode, own = random.choice(["0", "1", ""]), random.choice(["", "", "0", "1"])
        if random.random() < 0.3:
            case.traps.add("old listener")
            case.lines.append("$ModLoad imtcp")
            case.lines += [f"$InputTCPServerStreamDriverMode {mode}"] if mode else []
            case.lines += ["$InputTCPServerStreamDriverAuthMode anon"] if mode == "1" else []
            case.lines.append("$InputTCPServerRun IN0")
            return
        words = f' streamDriver.mode="{mode}" streamDriver.authMode="anon"' if mode else ""
        own_words = f' streamDriver.mode="{own}" streamDriver.authMode="anon"' if own else ""
        driver = ' streamDriver.name="gtls"' if mode == "1" or random.random() < 0.3 else ""
        own_driver = ' streamDriver.name="gtls"' if own == "1" else ""
        if own and own != mode:
            case.traps.add("the input has its own mode")
        case.lines.append(f'module(load="imtcp"{driver}{words})')
        case.lines.append(f'input(type="imtcp" address="127.0.0.1" port="IN0"{own_driver}{own_words})')


def _rule(random: Random, case: Case) -> None:
    style = random.random()
    if style < 0.1:
        case.traps.add("stop")
        word = random.choice(["stop", "~", "{ stop }"])
        case.lines.append(f"{random.choice(SELECTORS[1:])} {word}")
    elif style < 0.2:
        case.traps.add("old directives")
        case.lines.append(
            random.choice(
                ["$ActionSendStreamDriver gtls", "$ActionSendStreamDriverMode 1", "$ActionSendStreamDriverMode 0"]
            )
        )
    else:
        case.lines += _filtered(random, case)


def _filtered(random: Random, case: Case) -> list[str]:
    selector = random.choice(SELECTORS)
    if ";" in selector:
        case.traps.add("later parts of a filter")
    style = random.random()
    if style < 0.2:
        case.traps.add("else")
        one, two = _action(random, case, new=True), _action(random, case, new=True)
        return [f"if prifilt('{selector}') then {{", one, "} else {", two, "}"]
    if style < 0.4:
        case.traps.add("block")
        lines = [f"{selector} {{", _action(random, case, new=True)]
        if random.random() < 0.3:
            case.traps.add("stop")
            lines.append("stop")
        return [*lines, _action(random, case, new=True), "}"]
    lines = [f"{selector}\t{_action(random, case, new=random.random() < 0.5)}"]
    if random.random() < 0.3:
        case.traps.add("further action")
        lines.append(f"& {random.choice([_action(random, case, new=False), 'stop'])}")
    return lines


def _action(random: Random, case: Case, *, new: bool) -> str:
    kind = random.random()
    if kind < 0.5:
        case.files += 1
        path = f"FILE{case.files - 1}."
        if not new:
            return random.choice([path, "-" + path])
        mode = ' fileCreateMode="0600"' if random.random() < 0.2 else ""
        return f'action(type="omfile" file="{path}"{mode})'
    if kind < 0.65:
        case.udp += 1
        port = f"UDP{case.udp - 1}."
        mode = ' streamDriverMode="1"' if random.random() < 0.3 else ""
        if mode and new:
            case.traps.add("a mode with UDP")
        return f'action(type="omfwd" target="127.0.0.2" port="{port}"{mode})' if new else f"@127.0.0.2:{port}"
    case.tcp += 1
    port = f"TCP{case.tcp - 1}."
    if not new:
        return f"@@127.0.0.2:{port}"
    driver = ' streamDriver="gtls"' if random.random() < 0.4 else ""
    mode = random.choice(["", "", ' streamDriverMode="0"', ' streamDriverMode="1" streamDriverAuthMode="anon"'])
    if driver and "1" not in mode:
        case.traps.add("a driver that is not switched on")
    return f'action(type="omfwd" target="127.0.0.2" port="{port}" protocol="tcp"{driver}{mode})'
