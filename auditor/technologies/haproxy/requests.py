"""One request, and what HAProxy's samples give for it (configuration manual 2.6, section 7.3)."""

from collections.abc import Mapping
from functools import cached_property

from auditor.model.numbers import whole_number
from auditor.model.unknown import Unknown
from auditor.records import dataclass

Sample = bool | int | str
_HOST = frozenset({"hdr", "req.hdr", "req.fhdr", "fhdr"})


@dataclass(frozen=True)
class Request:
    """A request of HTTP/1.1 from `source` to the local port `port` (None: not known); `path` may have a query.

    `logged_in` means name and password of a user whom every list knows; `certificate` a client certificate that
    the listener accepts.
    """

    tls: bool = False
    path: str = "/records"
    host: str = "records.example"
    method: str = "GET"
    source: str = "203.0.113.7"
    port: int | None = None
    logged_in: bool = False
    certificate: bool = False

    @cached_property
    def samples(self) -> Mapping[str, Sample | None]:
        """The values of fetch methods that take no argument."""
        path = self.path.partition("?")[0]
        return {
            "always_true": True,
            "always_false": False,
            "wait_end": True,
            "req.proto_http": True,
            "ssl_fc": self.tls,
            "ssl_c_used": self.tls and self.certificate,
            "ssl_fc_has_crt": self.tls and self.certificate,
            "ssl_c_verify": 0 if self.tls else None,
            "path": path,
            "url": self.path,
            "base": self.host + path,
            "method": self.method,
            "src": self.source,
            "req.ver": "1.1",
            "http_auth": self.logged_in,
        }


def sample(name: str, argument: str, request: Request) -> Sample | Unknown | None:
    """Return the value of a fetch method, None where the request has none, Unknown where the files do not tell."""
    if name == "dst_port":
        return Unknown("the port is not known") if request.port is None else request.port
    if name in request.samples:
        return request.samples[name]
    if name in _HOST and argument.lower() == "host":
        return request.host
    if name == "http_auth_group" and not request.logged_in:
        return None
    if name in {"bool", "int", "str"}:
        return _constant(name, argument)
    return Unknown(f"it depends on {name}({argument})" if argument else f"it depends on {name}")


def _constant(name: str, argument: str) -> Sample | Unknown:
    if name == "str":
        return argument
    number = whole_number(argument)
    if number is not None:
        return number if name == "int" else bool(number)
    return argument.lower() in {"true", "on", "yes"} if name == "bool" else Unknown("it is not a number")
