"""Random bootstrap files of Envoy with the traps that a reader can fall into."""

import json
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

import yaml

from tests.oracle.namespace import SECOND_ADDRESS

Json = dict[str, Any]
T = TypeVar("T")
PLAIN, SECURE, INSIDE, ADMIN = 18080, 18443, 18600, 18901
BACKENDS = {"good": 18701, "other": 18702, "wrong": 18703}
CLEAR, DEAD = 18700, 18799
TYPES = "type.googleapis.com/envoy.extensions"
_MANAGER = f"{TYPES}.filters.network.http_connection_manager.v3.HttpConnectionManager"
_PROTOCOLS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
STRICT = "Strict-Transport-Security"


@dataclass(frozen=True)
class Asked:
    """A request that is made for one route: the number of the route, and what it takes to match it."""

    number: int
    host: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Case:
    """A file, the requests for each listener's routes, and the traps in it."""

    name: str
    text: str
    asked: dict[str, list[Asked]]
    traps: set[str] = field(default_factory=set[str])


class Generator:
    """Makes one case from a random source; `folder` holds the certificates, `pin` is the digest of the good one."""

    def __init__(self, random: Random, folder: str, pins: dict[str, str], jwks: str) -> None:
        self.random = random
        self.folder = folder
        self.pins = pins
        self.jwks = jwks
        self.traps: set[str] = set()
        self.asked: dict[str, list[Asked]] = {"plain": [], "secure": []}
        self.number = 0

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def one_of(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def trap(self, name: str, value: T) -> T:
        self.traps.add(name)
        return value

    def make(self) -> Case:
        clusters = [_cluster("plain-good", SECOND_ADDRESS, CLEAR), _cluster("dead", "127.0.0.1", DEAD)]
        inside: list[Json] = []
        for number in range(3):
            address = self.trap("loopback server", "127.0.0.1") if self.chance(15) else SECOND_ADDRESS
            more, is_clear = self.upstream()
            for name, port in ({"good": CLEAR} if is_clear else BACKENDS).items():
                clusters.append(_cluster(f"c{number}-{name}", address, port, more))
                inside.append({"match": {"path": f"/{number}/{name}"}, "route": {"cluster": f"c{number}-{name}"}})
        listeners = [
            _listener("plain", self.address(), PLAIN, [{"filters": [self.manager("plain")]}]),
            self.secure(),
            _listener("inside", "127.0.0.1", INSIDE, [{"filters": [_manager([_host(["*"], inside)])]}]),
        ]
        config: Json = {"static_resources": {"listeners": listeners, "clusters": clusters}}
        if self.chance(80):
            admin: Json = {"address": _socket(self.one_of("127.0.0.1", "0.0.0.0", SECOND_ADDRESS), ADMIN)}
            if self.chance(25):
                allowed: list[Json] = [{"exact": "/ready"}]
                admin["allow_paths"] = self.trap("allowed paths", allowed)
            config["admin"] = admin
        if self.chance(15):
            self.spoil(config)
        if self.chance(30):
            config = self.trap("names in camel case", _renamed(config))
        if self.chance(50):
            return Case("envoy.json", json.dumps(config, indent=self.one_of(None, 2)), self.asked, self.traps)
        return Case("envoy.yaml", yaml.safe_dump(config, sort_keys=self.chance(50)), self.asked, self.traps)

    def spoil(self, config: Json) -> None:
        """Put in something that Envoy refuses."""
        self.traps.add("refused")
        listeners = config["static_resources"]["listeners"]
        manager = listeners[0]["filter_chains"][0]["filters"][0]["typed_config"]
        hosts = manager["route_config"]["virtual_hosts"]
        names = {"match_typed_subject_alt_names": [_name("good.example")]}
        context = listeners[1]["filter_chains"][0]["transport_socket"]["typed_config"]["common_tls_context"]
        match self.random.randrange(6):
            case 0:
                hosts.append({**_host(["A.example"], []), "name": "again"})
                hosts.append({**_host(["a.Example"], []), "name": "and again"})
            case 1:
                hosts.append({"name": "empty", "routes": []})
            case 2:
                hosts[0]["routes"].append({"match": {"prefix": "/nothing"}})
            case 3:
                hosts[0]["routes"].append({"match": {"prefix": "/lost"}, "route": {"cluster": "nowhere"}})
            case 4:
                del manager["stat_prefix"]
            case _:
                context["validation_context"] = names

    def address(self) -> str:
        if self.chance(25):
            return self.trap("local listener", "127.0.0.1")
        return SECOND_ADDRESS if self.chance(30) else "0.0.0.0"

    def secure(self) -> Json:
        chains = [{"filters": [self.manager("secure")], "transport_socket": self.downstream()}]
        if self.chance(40):
            first = {"filter_chain_match": {"server_names": ["b.example"]}, "filters": chains[0]["filters"]}
            chains.insert(0, {**first, "transport_socket": self.downstream()})
            self.traps.add("several filter chains")
        found = _listener("secure", self.address(), SECURE, chains)
        inspector = f"{TYPES}.filters.listener.tls_inspector.v3.TlsInspector"
        found["listener_filters"] = [{"name": "tls", "typed_config": {"@type": inspector}}]
        return found

    def downstream(self) -> Json:
        chain, key = {"filename": f"{self.folder}/site.crt"}, {"filename": f"{self.folder}/site.key"}
        common: Json = {"tls_certificates": [{"certificate_chain": chain, "private_key": key}]}
        params: Json = {}
        versions = ("TLS_AUTO", "TLSv1_0", "TLSv1_0", "TLSv1_1", "TLSv1_2", "TLSv1_3")
        if self.chance(60):
            params["tls_minimum_protocol_version"] = self.one_of(*versions)
        if self.chance(25):
            params["tls_maximum_protocol_version"] = self.trap("greatest version", self.one_of(*versions))
        if self.chance(50):
            suites = ("ECDHE-RSA-AES128-SHA", "AES128-SHA", "ECDHE-RSA-AES128-GCM-SHA256")
            params["cipher_suites"] = self.trap("ciphers", [self.one_of(*suites)])
            if self.chance(30):
                params["cipher_suites"] = ["[ECDHE-RSA-AES128-GCM-SHA256|ECDHE-RSA-CHACHA20-POLY1305]:AES256-SHA"]
        elif params:
            self.traps.add("old version without a cipher for it")
        if params:
            common["tls_params"] = params
        context: Json = {
            "@type": f"{TYPES}.transport_sockets.tls.v3.DownstreamTlsContext",
            "common_tls_context": common,
        }
        if self.chance(50):
            context["require_client_certificate"] = self.one_of(True, True, False)
        if self.chance(65):
            common["validation_context"] = self.validation("client")
        return {"name": "tls", "typed_config": context}

    def validation(self, whose: str) -> Json:
        """Return what peers are verified by."""
        found: Json = {}
        if self.chance(65):
            found["trusted_ca"] = {"filename": f"{self.folder}/ca.crt"}
            if self.chance(40):
                found["match_typed_subject_alt_names"] = self.one_of([_name("good.example")], [])
        elif self.chance(40):
            found["system_root_certs"] = self.trap("system_root_certs", Json())
        if self.chance(20):
            found["verify_certificate_hash"] = self.trap("digests", [self.pins["good"]])
        if self.chance(25):
            found["trust_chain_verification"] = self.trap("ACCEPT_UNTRUSTED", "ACCEPT_UNTRUSTED")
        if not found:
            self.traps.add(f"empty validation of a {whose}")
        return found

    def upstream(self) -> tuple[Json, bool]:
        """Return the settings of a cluster, and whether it speaks clear text."""
        kind = self.random.randrange(10)
        if kind == 0:
            return {}, True
        if kind == 1:
            raw = {"name": "raw", "typed_config": {"@type": f"{TYPES}.transport_sockets.raw_buffer.v3.RawBuffer"}}
            return {"transport_socket": self.trap("raw_buffer", raw)}, True
        context: Json = {"@type": f"{TYPES}.transport_sockets.tls.v3.UpstreamTlsContext"}
        if self.chance(80):
            context["common_tls_context"] = {"validation_context": self.validation("server")}
        more: Json = {}
        has_authority = "trusted_ca" in context.get("common_tls_context", {}).get("validation_context", {})
        if self.chance(40):
            context["sni"] = "good.example"
        if has_authority and self.chance(35):
            context["auto_sni_san_validation"] = self.trap("auto_sni_san_validation", True)
        elif has_authority and self.chance(20):
            options = {"auto_sni": True, "auto_san_validation": self.one_of(True, False)}
            own: Json = {
                "explicit_http_config": {"http_protocol_options": {}},
                "upstream_http_protocol_options": options,
            }
            own["@type"] = f"type.googleapis.com/{_PROTOCOLS}"
            more["typed_extension_protocol_options"] = self.trap("auto_san_validation", {_PROTOCOLS: own})
        socket = {"name": "tls", "typed_config": context}
        if kind == 2:
            more["transport_socket_matches"] = [{"name": "any", "match": {}, "transport_socket": socket}]
            self.traps.add("sockets by metadata")
        elif kind == 3:
            more["transport_socket_matches"] = [{"name": "m", "match": {"tls": "no"}, "transport_socket": socket}]
            return self.trap("sockets by metadata", more), True
        else:
            more["transport_socket"] = socket
        return more, False

    def manager(self, listener: str) -> Json:
        hosts = [self.host(listener, "a.example", ["a.example"], self.random.randint(1, 4))]
        if self.chance(60):
            hosts.append(self.host(listener, "z.example", ["*"], self.random.randint(1, 3)))
        if listener == "secure":
            hosts.append(_host(["norm.example"], [{"match": {"prefix": "/"}, "route": {"cluster": "plain-good"}}]))
        more: Json = {}
        log = f"{TYPES}.access_loggers.file.v3.FileAccessLog"
        text = {"text_format_source": {"inline_string": "%RESPONSE_CODE%\n"}}
        entry: Json = {
            "name": "log",
            "typed_config": {"@type": log, "path": f"{self.folder}/{listener}.log", "log_format": text},
        }
        if self.chance(40):
            more["access_log"] = [entry]
            if self.chance(40):
                value = {"default_value": self.one_of(400, 500), "runtime_key": "unused"}
                entry["filter"] = {"status_code_filter": {"comparison": {"op": "GE", "value": value}}}
                self.traps.add("failed requests only")
        elif self.chance(50):
            more["access_log"] = self.trap("empty access log", self.one_of([], None))
        routes: Json = {"virtual_hosts": hosts}
        self.headers(routes, 20)
        if self.chance(20):
            routes["most_specific_header_mutations_wins"] = self.trap("the most specific wins", True)
        return _manager(hosts, routes, self.deciding(hosts) if listener == "secure" else [], **more, **self.normal())

    def normal(self) -> Json:
        return {"normalize_path": self.one_of(True, True, False)} if self.chance(50) else {}

    def deciding(self, hosts: list[Json]) -> list[Json]:
        """Return a filter that decides on requests."""
        everything: Json = {
            "action": "DENY",
            "policies": {"p": {"permissions": [{"any": True}], "principals": [{"any": True}]}},
        }
        secret = {"url_path": {"path": {"prefix": "/secret"}}}
        some: Json = {"action": "DENY", "policies": {"p": {"permissions": [secret], "principals": [{"any": True}]}}}
        match self.random.randrange(6):
            case 0:
                config: Json = self.one_of(
                    {"shadow_rules": everything}, {"rules": {**everything, "action": "LOG"}}, {"rules": everything},
                    {"rules": everything, "shadow_rules": everything}, {"rules": {**everything, "action": "LOG"}, "shadow_rules": everything},
                )  # fmt: skip
                found = _filter("rbac", "filters.http.rbac.v3.RBAC", self.trap("access rules", config))
                if self.chance(20):
                    found["disabled"] = self.trap("filter switched off", True)
                return [found]
            case 1:
                return [_filter("rbac", "filters.http.rbac.v3.RBAC", {"rules": self.trap("rules of a path", some)})]
            case 2:
                service = {"envoy_grpc": {"cluster_name": "dead"}, "timeout": "0.5s"}
                config = {"grpc_service": service, "failure_mode_allow": self.one_of(True, False)}
                return [
                    _filter("authz", "filters.http.ext_authz.v3.ExtAuthz", self.trap("authorization fails", config))
                ]
            case 3:
                wanted: Json = {"provider_name": "p"}
                requires = self.one_of(
                    wanted, {"allow_missing": {}}, {"allow_missing_or_failed": {}},
                    {"requires_any": {"requirements": [wanted, {"allow_missing": {}}]}},
                )  # fmt: skip
                provider = {"issuer": "i", "local_jwks": {"inline_string": self.jwks}}
                config = {"providers": {"p": provider}, "rules": [{"match": {"prefix": "/"}, "requires": requires}]}
                return [_filter("jwt", "filters.http.jwt_authn.v3.JwtAuthentication", self.trap("tokens", config))]
            case 4:
                canonical = "envoy.filters.http.cors"
                name = self.trap("filter with a name of its own", "cross-origin") if self.chance(50) else canonical
                matcher = self.one_of(
                    {"safe_regex": {"regex": ".*"}}, {"exact": "https://good.example"}, {"prefix": "https"}
                )
                policy: Json = {"allow_origin_string_match": [matcher], "allow_credentials": self.chance(80)}
                policy["@type"] = f"{TYPES}.filters.http.cors.v3.CorsPolicy"
                owner = self.one_of(hosts[-1], hosts[-1]["routes"][0])
                owner["typed_per_filter_config"] = {self.one_of(name, name, canonical): policy}
                return [_filter(name, "filters.http.cors.v3.Cors", self.trap("other origins", Json()))]
            case _:
                return []

    def headers(self, level: Json, percent: int) -> None:
        if self.chance(percent):
            value = self.one_of("max-age=63072000", "max-age=600", "max-age=31536000; includeSubDomains", "")
            entry: Json = {"header": {"key": self.one_of(STRICT, STRICT.lower()), "value": value}}
            if self.chance(50):
                actions = (
                    "APPEND_IF_EXISTS_OR_ADD",
                    "ADD_IF_ABSENT",
                    "OVERWRITE_IF_EXISTS_OR_ADD",
                    "OVERWRITE_IF_EXISTS",
                )
                entry["append_action"] = self.trap("append_action", self.one_of(*actions))
            level.setdefault("response_headers_to_add", []).append(entry)
            self.traps.add("headers")
        if self.chance(percent // 2):
            level["response_headers_to_remove"] = self.trap("headers taken away", [STRICT])

    def host(self, listener: str, asked: str, domains: list[str], count: int) -> Json:
        found = _host(domains, [self.route(listener, asked) for _ in range(count)])
        if self.chance(35):
            found["require_tls"] = self.trap("require_tls", self.one_of("NONE", "ALL", "EXTERNAL_ONLY"))
        self.headers(found, 30)
        return found

    def route(self, listener: str, host: str) -> Json:
        self.number += 1
        path = self.one_of("/", "/a", "/a/b", "/records", "/health")
        match: Json = {self.one_of("prefix", "prefix", "path", "path_separated_prefix"): path}
        if "path_separated_prefix" in match and path == "/":
            match = {"prefix": "/"}
        if self.chance(10):
            match = {"safe_regex": {"regex": re.escape(path).replace("/", "/+")}}
        headers: tuple[tuple[str, str], ...] = ()
        if self.chance(20):
            match["headers"] = self.trap(
                "match of a header", [{"name": "x-trial", "string_match": {"exact": str(self.number)}}]
            )
            headers = (("x-trial", str(self.number)),)
        actions: list[Json] = [
            {"direct_response": {"status": 200, "body": {"inline_string": "sample"}}},
            {"route": {"cluster": "plain-good"}},
            {"route": {"weighted_clusters": {"clusters": [{"name": "plain-good", "weight": 1}]}}},
            {"redirect": {"https_redirect": True}},
            {"redirect": {"path_redirect": "/elsewhere"}},
        ]
        if path == "/" and match == {"prefix": "/"}:
            self.traps.add("routes behind one for everything")
        mark = {"header": {"key": "x-route", "value": str(self.number)}}
        found: Json = {"match": match, **self.random.choice(actions), "response_headers_to_add": [mark]}
        found["name"] = str(self.number)
        self.headers(found, 35)
        more = {"prefix": f"{path}more", "path_separated_prefix": f"{path}/more"}
        if "safe_regex" in match:
            more["safe_regex"] = f"/{path}"
        for each in (path, *(text for kind, text in more.items() if kind in match)):
            self.asked[listener].append(Asked(self.number, host, each, headers))
        return found


def _name(exact: str) -> Json:
    return {"san_type": "DNS", "matcher": {"exact": exact}}


def _socket(address: str, port: int) -> Json:
    return {"socket_address": {"address": address, "port_value": port}}


def _listener(name: str, address: str, port: int, chains: list[Json]) -> Json:
    return {"name": name, "address": _socket(address, port), "filter_chains": chains}


def _host(domains: list[str], routes: list[Json]) -> Json:
    return {"name": domains[0], "domains": domains, "routes": routes}


def _filter(name: str, kind: str, config: Json) -> Json:
    return {"name": name, "typed_config": {"@type": f"{TYPES}.{kind}", **config}}


def _manager(hosts: list[Json], routes: Json | None = None, filters: list[Json] | None = None, **more: Any) -> Json:
    config = {
        "@type": _MANAGER,
        "stat_prefix": "sample",
        "route_config": routes or {"virtual_hosts": hosts},
        "http_filters": [*(filters or []), _filter("router", "filters.http.router.v3.Router", {})],
        **more,
    }
    return {"name": "http", "typed_config": config}


def _cluster(name: str, address: str, port: int, more: Json | None = None) -> Json:
    servers = [{"lb_endpoints": [{"endpoint": {"address": _socket(address, port)}}]}]
    assignment = {"cluster_name": name, "endpoints": servers}
    return {"name": name, "connect_timeout": "2s", "load_assignment": assignment, **json.loads(json.dumps(more or {}))}


def _renamed(config: Json) -> Json:
    """Return the configuration with the other names of all fields; keys that are no fields stay."""

    def renamed(pairs: list[tuple[str, Any]]) -> Json:
        return {_other_name(key): value for key, value in pairs}

    found: Json = json.loads(json.dumps(config), object_pairs_hook=renamed)
    return found


def _other_name(key: str) -> str:
    is_field = not set(key) & set(".-@")
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), key) if is_field else key


def behind(folder: str) -> Json:
    """Return the configuration of the servers behind: one in clear text, the others with certificates of their own."""
    answer = [_host(["*"], [{"match": {"prefix": "/"}, "direct_response": {"status": 200}}])]
    listeners = [_listener("clear", "0.0.0.0", CLEAR, [{"filters": [_manager(answer)]}])]
    for name, port in BACKENDS.items():
        chain, key = {"filename": f"{folder}/{name}.crt"}, {"filename": f"{folder}/{name}.key"}
        common = {"tls_certificates": [{"certificate_chain": chain, "private_key": key}]}
        kind = f"{TYPES}.transport_sockets.tls.v3.DownstreamTlsContext"
        socket = {"name": "tls", "typed_config": {"@type": kind, "common_tls_context": common}}
        listeners.append(
            _listener(name, "0.0.0.0", port, [{"filters": [_manager(answer)], "transport_socket": socket}])
        )
    return {"static_resources": {"listeners": listeners}}
