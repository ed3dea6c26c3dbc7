"""Files of a megabyte made to take long: python -m benchmarks.hostile. Twice the text may take twice the time.

Every text is scanned whole and by half, and every recogniser sees beginnings made for its patterns.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

from auditor.discovery import HEAD
from auditor.technologies.registry import technologies
from tests.inventory.scanning import scan

MEGABYTE = 1024 * 1024
MOST = 3.0
"""How much longer a text of twice the length may take; reading is linear, sorting a little more."""
NOISE = 1.0
"""Seconds of processor time below which a ratio says nothing."""
LONGEST = 0.3
"""Seconds that a recogniser may take for the beginning of one file."""


@dataclass(frozen=True)
class Long:
    """A file whose text `unit` fills up to the size wanted, between `start` and `end`."""

    name: str
    path: str
    unit: str
    start: str = ""
    end: str = ""

    def text(self, size: int) -> str:
        return self.start + self.unit * (size // len(self.unit)) + self.end


def numbered(unit: str) -> str:
    """Return 1,000 units with different numbers for `#`."""
    return "".join(unit.replace("#", str(number)) for number in range(1000))


COMPOSE = "services:\n  a:\n    image: redis:7\n"
PLAY = "- hosts: all\n  tasks:\n"
WEB = "<configuration><appSettings>"
WEB_END = "</appSettings></configuration>"
SITE = "<configuration>"
DEFAULTS = "defaults\n  mode http\n"
REALM = '{"realm": "a", "enabled": true, "sslRequired": "none", "clients": ['
PROVIDERS = '<authorizers><authorizer><class>org.apache.nifi.A</class><property name="a">'
PROVIDERS_END = "</property></authorizer></authorizers>"

TEXTS = [
    Long("openings of expressions", "deploy/values.yaml", "{{", "a: {{ b }}\nc: "),
    Long("openings of comments", "compose.yaml", "{#", COMPOSE + "x: {{ a }}\ny: "),
    Long("expressions on one line", "compose.yaml", "{{ a }}", COMPOSE + "x: "),
    Long("expressions on lines", "deploy/values.yaml", "  {{ a }}\n", "a:\n  b: 1\n"),
    Long("keys and expressions", "deploy/values.yaml", "a:\n  {{ toYaml .b | nindent 2 }}\n"),
    Long("conditions on one line", "compose.yaml", "{{ if a }}", COMPOSE + "x: b "),
    Long("ends on one line", "compose.yaml", "{{ if a }}{{ end", COMPOSE + "x: b "),
    Long("macros without an end", "nginx.conf", "{% macro a %}", "{% endmacro %}\nserver { listen 80; }\n# "),
    Long("blanks on a line of a template", "compose.yaml", " ", COMPOSE + "x: {{ a }}\ny:", "b\n"),
    Long("dashes on a line of a template", "compose.yaml", "a: ", COMPOSE + "x: {{ a }}\ny: '", "'\n"),
    Long("tags on a line of a template", "compose.yaml", "!a: ", COMPOSE + "x: {{ a }}\ny: '", "'\n"),
    Long("keys of a mapping", "compose.yaml", numbered("x-a#: 1\n"), COMPOSE),
    Long("tasks", "roles/a/tasks/main.yml", "- name: A\n  shell: echo {{ b }}\n"),
    Long("expressions of a task", "roles/a/tasks/main.yml", "{{ b ", "- name: A\n  shell: echo {{ b }} "),
    Long("hosts", "inventory.ini", "a ansible_host=b ansible_user=c\n", "[web]\n"),
    Long("plays", "site.yml", PLAY + "    - name: A\n      apt: {name: b}\n"),
    Long("text of an attribute", "web.config", "a@", WEB + '<add key="k" value="', '"/>' + WEB_END),
    Long("text of an element", "web.config", "é", WEB + '<add key="k" value="b">', "</add>" + WEB_END),
    Long("elements on one line", "web.config", '<add key="k" value="é"/>', WEB, WEB_END),
    Long("locations", "web.config", '<location path="a"><system.web/></location>', "<configuration>",
         "</configuration>"),
    Long("attributes", "web.config", numbered(" a#='b'"), "<configuration><appSettings><add", "/>" + WEB_END),
    Long("properties", "core-site.xml", "<property><name>a</name><value>${a}</value></property>", SITE,
         "</configuration>"),
    Long("variables", "core-site.xml", "${a", SITE + "<property><name>a</name><value>",
         "</value></property></configuration>"),
    Long("comments", "core-site.xml", "<!-- a -->", SITE + "<property><name>a</name></property>", "</configuration>"),
    Long("texts of providers", "authorizers.xml", "$$", PROVIDERS, PROVIDERS_END),
    Long("providers", "authorizers.xml", "<userGroupProvider><class>org.apache.nifi.A</class></userGroupProvider>",
         "<authorizers>", "</authorizers>"),
    Long("properties of NiFi", "nifi.properties", "nifi.web.http.port=1\n"),
    Long("placeholders of NiFi", "nifi.properties", "${a", "nifi.web.http.port="),
    Long("continued lines", "nifi.properties", "\\\n", "nifi.web.http.port=1"),
    Long("doubled variables", "solr.in.sh", 'A="$A$A"\n', "SOLR_PORT=1\nA=b\n"),
    Long("a line of Solr's script", "solr.in.sh", "user:", "SOLR_OPTS="),
    Long("permissions", "security.json", '{"name": "read", "role": "a"},',
         '{"authorization": {"class": "solr.RuleBasedAuthorizationPlugin", "permissions": [', '{"name": "all"}]}}'),
    Long("cores", "solrconfig.xml", "<requestHandler name='/a' class='solr.A'/>", "<config>", "</config>"),
    Long("variables of cores", "solrconfig.xml", "${a:", "<config><requestHandler name='", "'/></config>"),
    Long("frontends", "haproxy.cfg", "frontend a\n  bind :80\n", DEFAULTS),
    Long("proxies", "haproxy.cfg", numbered("backend b#\n  server a 10.0.0.1:80\n"), DEFAULTS),
    Long("words of a rule", "haproxy.cfg", "user:", DEFAULTS + "frontend a\n  bind :80\n  acl a path "),
    Long("defaults", "haproxy.cfg", "defaults\n  mode http\n  log global\nfrontend a\n"),
    Long("globals", "haproxy.cfg", "global\n  ssl-default-bind-options no-sslv3\nfrontend a\n  bind :80\n"),
    Long("hosts of the daemon", "daemon.json", '"tcp://0.0.0.0:2375",', '{"hosts": [', '"unix:///a"]}'),
    Long("placeholders of the daemon", "daemon.json", "${a", '{"data-root": "', '", "icc": false}'),
    Long("mounts", "etc/fstab", "/dev/a /b ext4 defaults 0 0\n"),
    Long("options of a mount", "etc/fstab", "a,", "/dev/a /b ext4 ", " 0 0\n"),
    Long("sections of Grafana", "grafana.ini", "[server]\nhttp_port = 1\n"),
    Long("a value of Grafana", "grafana.ini", "$__env{a", "[server]\nroot_url = "),
    Long("servers of LDAP", "ldap.toml", '[[servers]]\nhost = "a"\n', '[[servers]]\nhost = "a"\nbind_dn = "b"\n'),
    Long("jobs", "prometheus.yml", "  - {job_name: a, static_configs: [{targets: ['b:1']}]}\n", "scrape_configs:\n"),
    Long("jobs of a workflow", ".github/workflows/a.yml", numbered("  a#: {runs-on: b, steps: [{run: 'echo c'}]}\n"),
         "on: push\njobs:\n"),
    Long("expressions of a script", ".github/workflows/a.yml", "${{ a",
         "on: push\njobs:\n  a:\n    steps:\n      - run: '", "'\n"),
    Long("includes", ".gitlab-ci.yml", "  - local: .gitlab-ci.yml\n", "a: {script: [b]}\ninclude:\n"),
    Long("extended jobs", ".gitlab-ci.yml", numbered("a#: {extends: [.b, .b], script: [c]}\n"), ".b: {script: [d]}\n"),
    Long("paths", "openapi.yaml", numbered("  /a#: {get: {responses: {}}}\n"),
         "openapi: 3.0.0\ninfo: {title: a}\nservers: [{url: 'http://a'}]\npaths:\n"),
    Long("references of an API", "openapi.json", '"/a": {"$ref": "#/paths/~1a"},',
         '{"openapi": "3.0.0", "info": {}, "paths": {', '"/b": {}}}'),
    Long("clients", "realm.json", '{"clientId": "b", "redirectUris": ["*"]},', REALM, "{}]}"),
    Long("properties of Spring", "application.properties", "spring.datasource.url=${a:${a}}\n"),
    Long("placeholders of Spring", "application.properties", "${a:", "spring.datasource.url="),
    Long("documents of Spring", "application.yml", "spring: {a: b}\n---\n"),
    Long("realms", "krb5.conf", "  A.EXAMPLE = {\n  kdc = a\n  }\n", "[realms]\n"),
    Long("braces", "krb5.conf", "a = {\n", "[realms]\n"),
    Long("protected locations", "nginx.conf", numbered("location /a#/ { allow 10.0.0.0/8; deny all; }\n"),
         "events {}\nhttp { server { listen 80; root /srv; location ~ a$ { fastcgi_pass unix:/a; }\n", "}}"),
    Long("servers of nginx", "nginx.conf", numbered("server { listen 443 ssl; server_name a#.x; root /srv; }\n"),
         "events {}\nhttp {\n", "}"),
    Long("routers", "compose.yaml", numbered("      - traefik.http.routers.a#.rule=Host(`a#`)\n"),
         "services:\n  t:\n    image: traefik:3\n    command: [--providers.docker]\n    labels:\n"),
    Long("rules of frontends", "haproxy.cfg", numbered("  acl a# path_beg /a#\n  use_backend b if a#\n"),
         DEFAULTS + "frontend f\n  bind :80\n", "backend b\n  server s 10.0.0.1:80\n"),
    Long("users of SSH", "sshd_config", numbered("Match User a#\n  PasswordAuthentication no\n"), "UsePAM yes\n"),
    Long("a stack of PAM", "etc/pam.d/sshd", "auth [success=9 default=7] pam_unix.so nullok\n", "#%PAM-1.0\n"),
    Long("providers of Kibana", "kibana.yml", numbered("xpack.security.authc.providers.basic.b#.order: 1\n"),
         "server.host: 0.0.0.0\n"),
]  # fmt: skip


def seconds(long: Long, size: int) -> float:
    """Return the processor time of a scan, in seconds."""
    text = long.text(size)
    started = process_time()
    scan({long.path: text})
    return process_time() - started


UNITS = (
    "a:\n a: \n- a: \n \n<a <!-- {{ }} {% ${ $[ ( [ { \" ' # \\ = - . / ; , a=\n [a] [a\n ## a:b \t <!-- --> \n\t\n"
    ' - hosts:\n a.b= a a. "a": {"a": nifi.web. <property> ansible_host= server:\n#\n\r\n log4j'
).split(" ")
STARTS = ("", "{", "<configuration>", "a: b\n", "openapi\n", "server:\n", "ansible_\n- hosts\n", '{"realm""enabled"')
NAMES = sorted({long.path for long in TEXTS} | {"a.yml", "a.conf", "a.cfg", "a.json", "a.xml", "a", "hadoop-env.sh"})


def slowest(judge: Callable[[str, str, str], object], names: list[str]) -> tuple[float, str]:
    """Return the longest processor time of one look at the beginning of a file, and the file and what it repeats."""
    found = (0.0, "")
    for path in names:
        for start in STARTS:
            for unit in UNITS:
                head = (start + unit * HEAD)[:HEAD] if unit else start + " " * HEAD
                started = process_time()
                judge(path.rpartition("/")[2], path, head)
                found = max(found, (process_time() - started, f"{path} {start!r} {unit!r}"))
    return found


def main() -> int:
    """Print what grows faster than its text, and the slowest recognisers; return the exit code."""
    failed = 0
    print("Texts of 1 MB and of half of it: processor time, ratio")
    for long in TEXTS:
        half, whole = seconds(long, MEGABYTE // 2), seconds(long, MEGABYTE)
        grows = whole > MOST * half + NOISE
        failed += grows
        print(f"  {long.name:<36} {whole:6.2f} s  x {whole / half:.1f}{'  GROWS' if grows else ''}")
    print("Recognisers: the longest look at a beginning")
    longest = sorted(((*slowest(entry.recognise, NAMES), entry.id) for entry in technologies()), reverse=True)
    for taken, what, name in longest[:10]:
        failed += taken > LONGEST
        print(f"  {name:<16} {taken * 1000:6.1f} ms  {what}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
