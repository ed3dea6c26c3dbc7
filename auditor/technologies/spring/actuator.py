"""Which endpoints of Actuator answer over HTTP (Spring Boot 3.5 reference, Actuator, Endpoints).

`health` alone is exposed by default; all endpoints are enabled but `shutdown` and, from 3.5 on, `heapdump`.
"""

from auditor.model.unknown import Unknown

from .names import ENDPOINTS
from .settings import TRUE, SpringSettings

_INCLUDE = "management.endpoints.web.exposure.include"
_EXCLUDE = "management.endpoints.web.exposure.exclude"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def endpoints_over_http(spring: SpringSettings) -> frozenset[str] | Unknown:
    """Return the ids of the endpoints that answer on a port that other hosts reach.

    What exposes them may stand in the scanned files alone: of the rest of an image nothing is assumed.
    """
    include = spring.words(_INCLUDE, "health")
    exclude = spring.set_value(_EXCLUDE, "")
    reach = (spring.set_value("management.server.port", ""), spring.set_value("management.server.address", ""))
    for value in (include, exclude, *reach):
        if isinstance(value, Unknown):
            return value
    assert not isinstance(include, Unknown)
    excluded = {item.strip().replace("-", "") for item in str(exclude).split(",")}
    if reach[0] == "-1" or reach[1] in _LOOPBACK or "*" in excluded:
        return frozenset()
    named = {item.replace("-", "") for item in include}
    candidates = (set(ENDPOINTS) if "*" in named else named) - excluded
    answers = {endpoint: _answers(spring, endpoint) for endpoint in sorted(candidates)}
    found = frozenset(endpoint for endpoint, answer in answers.items() if answer is True)
    undecided = [answer for endpoint, answer in answers.items() if isinstance(answer, Unknown) and endpoint in named]
    return undecided[0] if undecided and not found - {"health", "info"} else found


def _answers(spring: SpringSettings, endpoint: str) -> bool | Unknown:
    """Tell whether an endpoint is enabled: its own switch, that of all, its default."""
    own = spring.set_value(f"management.endpoint.{endpoint}.access", "")
    own = own or spring.set_value(f"management.endpoint.{endpoint}.enabled", "")
    general = spring.set_value("management.endpoints.access.default", "")
    general = general or spring.set_value("management.endpoints.enabled-by-default", "")
    for value in (own, general):
        if isinstance(value, Unknown):
            return value
        if value:
            return value in TRUE or value in {"unrestricted", "read_only", "read-only", "readonly"}
    if endpoint == "heapdump":
        return Unknown("Spring Boot before 3.5 enables heapdump by default, 3.5 does not")
    return endpoint != "shutdown"
