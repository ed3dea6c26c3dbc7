"""No secret value in any output: canaries through every format, output, log level and failure."""

import base64
import itertools
import logging
import os
import pickle
import re
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.api import HIGH, Control, Credential, Diagnostic, ImageBuild, Service, check, fail
from auditor.cli.profiles import find_profile
from auditor.model.application import ApplicationSettings
from auditor.model.cloud import CloudResource
from auditor.model.report import Report
from auditor.model.workload import Workload
from auditor.packs import Pack, load_packs, resource_dir
from auditor.reporters import REPORTERS, render
from auditor.reporters import Options as RenderOptions
from auditor.scan import Options, audit
from auditor.sources.tree import MemoryTree
from auditor.technologies.ansible import AnsibleTasks, AnsibleValues
from auditor.technologies.hadoop import Hadoop
from auditor.technologies.haproxy import Haproxy
from auditor.technologies.iis import Iis
from auditor.technologies.mounts import FileSystem
from auditor.technologies.workflows import GithubWorkflow, GitlabPipeline

CANARY = "cAnArY7431-zebra-Quill-58"
ENCODED = base64.b64encode(CANARY.encode()).decode()
PERCENT = "".join(f"%{byte:02X}" for byte in CANARY.encode())
HALVES = (CANARY[:15], CANARY[15:])
"""The value over two lines: neither part may be told."""
LOGIN = base64.b64encode(f"clinic:{CANARY}".encode()).decode()
HEX = CANARY.encode().hex()

HOLDERS = (
    AnsibleTasks, AnsibleValues, ApplicationSettings, CloudResource, FileSystem, GithubWorkflow, GitlabPipeline, Hadoop,
    Haproxy, Iis, ImageBuild, Workload,
)  # fmt: skip
"""Facts that hold values as they are, since checks judge them; none of them is ever written or pickled."""

TEMPLATES = {
    ".env": f'DB_PASSWORD={CANARY}\nAPI_URL="https://app:{CANARY}@api.example/x"\n# OLD_TOKEN={CANARY}\nexport JWT_SECRET="{CANARY}"\n',
    "compose.yaml": f"""\
services:
  db:
    image: postgres:16
    command: postgres -c ssl=off -c primary_conninfo='host=a password={CANARY}'
    environment:
      - POSTGRES_PASSWORD={CANARY}
  cache:
    image: redis:7
    command: ["redis-server", "--requirepass", "{CANARY}"]
    ports: ["6379:6379"]
  shell:
    image: redis:7
    command: sh -c "redis-server --requirepass {CANARY} --appendonly no"
  shell-list:
    image: redis:7
    command: ["sh", "-c", "exec redis-server --requirepass {CANARY} --appendonly no"]
    healthcheck:
      test: ["CMD-SHELL", "redis-cli -a {CANARY} --pass '{CANARY}' ping"]
  api:
    build:
      context: .
      args:
        NPM_TOKEN: {CANARY}
    environment:
      DATABASE_URL: postgresql://app:{CANARY}@db/clinic
      CSRF_SECRET: ${{JWT_SECRET}}
      SESSION_SECRET: ${{UNSET:-{CANARY}}}
""",
    "Dockerfile": f'FROM python:3.12\nARG TOKEN={CANARY}\nENV API_KEY={CANARY} OTHER=1\nRUN curl -k -u app:{CANARY} https://x | sh\nCMD ["sh", "-c", "server --password={CANARY}"]\n',
    "k8s/all.yaml": f"""\
apiVersion: v1
kind: Secret
metadata: {{name: db}}
data:
  password: {ENCODED}
stringData:
  other: {CANARY}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: conf}}
data:
  DB_PASSWORD: {CANARY}
  redis.conf: |
    bind 0.0.0.0
    requirepass {CANARY}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: api}}
spec:
  replicas: 1
  selector: {{matchLabels: {{app: api}}}}
  template:
    metadata: {{labels: {{app: api}}}}
    spec:
      containers:
        - name: api
          image: redis:7
          command: ["sh", "-c", "redis-server --requirepass {CANARY} --masterauth {CANARY}"]
          livenessProbe: {{exec: {{command: ["sh", "-c", "redis-cli -a {CANARY} ping"]}}}}
          env:
            - name: DB_PASSWORD
              value: {CANARY}
          volumeMounts: [{{name: conf, mountPath: /conf}}]
      volumes:
        - name: conf
          configMap: {{name: conf}}
""",
    "redis/redis.conf": f"bind 0.0.0.0\nrequirepass {CANARY}\nuser app on >{CANARY} ~* +@all\nmasterauth {CANARY}\n",
    "redis/broken/redis.conf": f"port 6379 # password: {CANARY}\nrequirepass {CANARY} {CANARY}\nunknown-token {CANARY}\n",
    "redis/users.acl": f"user default on nopass ~* +@all\nuser app on >{CANARY} ~* +@all\n",
    "pg/postgresql.conf": f"ssl = off\nprimary_conninfo = 'host=a user=r password={CANARY}'\ndb_password {CANARY} {CANARY} = {CANARY}\n",
    "pg/pg_hba.conf": f'host all all 0.0.0.0/0 ldap ldapserver=x ldapbinddn=y ldapbindpasswd="{CANARY}"\nhost all\n',
    "mongo/mongod.conf": f"net:\n  bindIp: 0.0.0.0\n  tls:\n    mode: disabled\n    certificateKeyFilePassword: {CANARY}\n",
    "mongo/broken/mongod.conf": f"net:\n  bindIp: 0.0.0.0\n password: {CANARY}\n",
    "terraform/main.tf": f"""\
variable "db_password" {{
  default = "{CANARY}"
}}
resource "aws_db_instance" "db" {{
  engine            = "postgres"
  password          = "{CANARY}"
  storage_encrypted = false
}}
resource "aws_instance" "web" {{
  user_data = <<EOF
#!/bin/sh
export DB_PASSWORD={CANARY}
EOF
}}
""",
    "terraform/terraform.tfvars": f'db_password = "{CANARY}"\n',
    "terraform/broken.tf": f'resource "x" "y" {{ password = "{CANARY}" = \n',
    "chart/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    "chart/values.yaml": f"redis:\n  password: {CANARY}\n",
    "chart/templates/s.yaml": f'apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\nstringData:\n  token: {{{{ .Values.t | default "{CANARY}" }}}}\n',
    "encoded/.env": f"A_TOKEN={ENCODED}\nB_TOKEN={HEX}\nC_TOKEN={PERCENT}\nDATABASE_URL=postgres://app:{PERCENT}@db/x\n",
    "split/values.yaml": f'redis:\n  password: "{HALVES[0]}\\\n    {HALVES[1]}"\n  other_password: >-\n    {HALVES[0]}\n    {HALVES[1]}\n',
    "split/.env": f'DB_PASSWORD="{HALVES[0]}\n{HALVES[1]}"\n',
    "split/application.properties": f"app.password={HALVES[0]}\\\n    {HALVES[1]}\n",
    "spring/application.yml": f"spring:\n  datasource:\n    password: {CANARY}\n    url: jdbc:postgresql://db/x?user=a&password={CANARY}\n",
    "net/appsettings.json": f'{{"ConnectionStrings": {{"Db": "Server=db;User Id=a;Password={CANARY}"}}}}',
    "net/web.config": f'<configuration><appSettings><add key="ApiToken" value="{CANARY}"/></appSettings><connectionStrings><add name="Db" connectionString="Server=db;Password={CANARY}"/></connectionStrings></configuration>',
    "hadoop/core-site.xml": f"<configuration><property><name>hadoop.security.group.mapping.ldap.bind.password</name><value>{CANARY}</value></property><property><name>fs.defaultFS</name><value>hdfs://n:8020</value></property></configuration>",
    "hadoop/ssl-server.xml": f"<configuration><property><name>ssl.server.keystore.password</name><value>{CANARY}</value></property></configuration>",
    "solr/solr.in.sh": f'SOLR_SSL_KEY_STORE_PASSWORD="{CANARY}"\nSOLR_OPTS="$SOLR_OPTS -Dbasicauth=app:{CANARY}"\n',
    "nifi/nifi.properties": f"nifi.web.https.port=8443\nnifi.security.keystorePasswd={CANARY}\nnifi.sensitive.props.key={CANARY}\n",
    "nifi/login-identity-providers.xml": f'<loginIdentityProviders><provider><identifier>l</identifier><class>org.apache.nifi.ldap.LdapProvider</class><property name="Manager Password">{CANARY}</property></provider></loginIdentityProviders>',
    "haproxy/haproxy.cfg": f"global\n  daemon\nuserlist staff\n  user ann insecure-password {CANARY}\nfrontend web\n  mode http\n  bind :80\n  stats auth ann:{CANARY}\n",
    "grafana/grafana.ini": f"[security]\nadmin_password = {CANARY}\nsecret_key = {CANARY}\n[auth.generic_oauth]\nclient_secret = {CANARY}\n",
    "grafana/provisioning/datasources/a.yaml": f"apiVersion: 1\ndatasources:\n  - name: a\n    type: influxdb\n    url: http://db:8086\n    secureJsonData:\n      password: {CANARY}\n",
    "prometheus/prometheus.yml": f"global: {{scrape_interval: 15s}}\nscrape_configs:\n  - job_name: a\n    basic_auth: {{username: a, password: {CANARY}}}\n    static_configs: [{{targets: ['a:9100']}}]\n",
    "prometheus/alertmanager.yml": f"global:\n  smtp_auth_password: {CANARY}\nroute: {{receiver: a}}\nreceivers:\n  - name: a\n    pagerduty_configs: [{{routing_key: {CANARY}}}]\n",
    "otel/otel-collector.yaml": f"receivers:\n  otlp:\n    protocols: {{grpc: {{}}}}\nexporters:\n  otlp:\n    endpoint: a.example:4317\n    headers: {{authorization: Bearer {CANARY}}}\nservice:\n  pipelines:\n    traces: {{receivers: [otlp], exporters: [otlp]}}\n",
    "etc/fstab": f"//files/share /mnt/share cifs username=a,password={CANARY},vers=3.1.1 0 0\n",
    "ansible/group_vars/all.yml": f"ansible_become_password: {CANARY}\ndb_password: {CANARY}\n",
    "ansible/inventory.ini": f"[db]\ndb1 ansible_host=10.0.0.1 ansible_password={CANARY}\n",
    "ansible/site.yml": f"- hosts: db\n  tasks:\n    - name: x\n      community.general.redis: {{login_password: {CANARY}}}\n    - shell: mysql -p{CANARY} -e x\n",
    ".github/workflows/deploy.yml": f"on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    env:\n      DB_PASSWORD: {CANARY}\n    steps:\n      - run: curl -u a:{CANARY} https://a.example\n",
    ".gitlab-ci.yml": f"variables:\n  DB_PASSWORD: {CANARY}\na:\n  script: [curl -H 'PRIVATE-TOKEN: {CANARY}' https://a.example]\n",
    "net/nuget.config": f'<configuration><apikeys><add key="ApiToken" value="{CANARY}"/></apikeys></configuration>',
    "ini/service.ini": f"[mail]\npassword = {CANARY}\n# old_password = {CANARY}\n",
    "toml/config.toml": f'[db]\npassword = "{CANARY}"\ninline = {{ token = "{CANARY}" }}\n',
    "home/.npmrc": f"//r.example/:_authToken={CANARY}\n_auth={LOGIN}\n",
    "home/.pypirc": f"[own]\nusername = a\npassword = {CANARY}\n",
    "home/.netrc": f"machine git.example login a password {CANARY}\n",
    "home/.pgpass": f"db:5432:*:a:{CANARY}\n",
    "home/.git-credentials": f"https://a:{CANARY}@git.example\n",
    "home/.docker/config.json": f'{{"auths": {{"r.example": {{"auth": "{LOGIN}", "identitytoken": "{CANARY}"}}}}}}',
    "home/.aws/credentials": f"[default]\naws_secret_access_key = {CANARY}\n",
    "home/.kube/config": f"apiVersion: v1\nkind: Config\nusers:\n  - name: a\n    user: {{token: {CANARY}}}\n",
    "home/master.key": f"{CANARY}\n",
    "home/deploy.sh": f"#!/bin/sh\nexport API_TOKEN='{CANARY}'\n",
    ".github/workflows/ci.yml": f"on: push\njobs:\n  a:\n    steps:\n      - run: make\n        env: {{API_TOKEN: {CANARY}}}\n",
    "state/terraform.tfstate": f'{{"version": 4, "terraform_version": "1.9.5", "outputs": {{"key": {{"value": "{CANARY}", "sensitive": true}}}}, "resources": [{{"type": "x", "name": "y", "instances": [{{"attributes": {{"password": "{CANARY}"}}}}]}}]}}',
    "applied/secret.yaml": f"""\
apiVersion: v1
kind: Secret
metadata:
  name: applied
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {{"apiVersion":"v1","kind":"Secret","metadata":{{"name":"applied"}},"stringData":{{"password":"{CANARY}"}}}}
stringData:
  application.yml: |
    jwt:
      secret: {CANARY}
""",
    "commands/compose.yaml": f"""\
services:
  db:
    image: mysql:8
    healthcheck:
      test: ["CMD", "mysqladmin", "ping", "-p{CANARY}"]
""",
    "k8s/broken.yaml": f"apiVersion: v1\nkind: Secret\nstringData:\n  a: '{CANARY}\n b: [\n",
    "k8s/broken.json": f'{{"apiVersion": "v1", "kind": "Secret", "stringData": {{"a": "{CANARY}" "b"}}}}',
}  # fmt: skip


_NUMBERS = itertools.count(100)
FILES = {
    # A value of its own in every place: masking one must not hide that another is missed.
    path: re.sub(re.escape(CANARY), lambda match: f"{match[0]}{next(_NUMBERS)}", text)
    for path, text in TEMPLATES.items()
}


def report_of(files: dict[str, str], pack: Pack | None = None) -> Report:
    return audit(MemoryTree(files), Options(pack=pack or load_packs(), profile=find_profile("hipaa"))).report


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of(FILES)


def assert_clean(text: str) -> None:
    for value in (CANARY, CANARY[:10], *HALVES, ENCODED[:12], PERCENT[:12], PERCENT[:12].lower(), LOGIN[:14], HEX[:12]):
        where = text.find(value)
        assert where < 0, f"a secret leaks: …{text[max(0, where - 200) : where]}<here>"


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_no_output_holds_a_secret(report: Report, name: str) -> None:
    options = RenderOptions(templates=resource_dir("reports") / "templates", colour=True, width=200)
    assert_clean(render(name, report, options))


def test_the_canaries_were_seen(report: Report) -> None:
    """The test above would pass if nothing were read."""
    found = {finding.path for finding in report.findings if finding.check_id.startswith("secret-")}
    missed = {path for path in FILES if CANARY in FILES[path] or ENCODED in FILES[path]} - found
    unreadable = {file.path for file in report.coverage.files if file.status == "unreadable"}
    templated = {"chart/templates/s.yaml"}
    assert missed <= unreadable | templated | {
        "redis/broken/redis.conf",
        "terraform/broken.tf",
        "mongo/broken/mongod.conf",
    }
    assert {path for path in FILES if path.startswith(("encoded/", "split/"))} <= found
    assert {"k8s/broken.yaml", "k8s/broken.json"} <= unreadable


def test_a_check_that_repeats_or_raises_what_it_sees() -> None:
    """Even a faulty check of a third party gets no value out."""

    @check("telling-check", severity=HIGH, control=Control.PLAINTEXT_SECRET)
    def telling_check(service: Service) -> Iterator[Diagnostic]:
        yield fail(f"{service!r} {service.settings['requirepass']}", expected=repr(service))
        raise ValueError(repr(service) + CANARY)

    @check("raising-check", severity=HIGH, control=Control.PLAINTEXT_SECRET)
    def raising_check(credential: Credential) -> Iterator[Diagnostic]:
        yield fail(repr(credential))
        raise ValueError(CANARY)

    result = report_of(FILES, Pack((telling_check, raising_check), "0"))
    assert any(diagnostic.kind == "check-error" for diagnostic in result.diagnostics)
    assert any(finding.check_id == "raising-check" for finding in result.findings)
    assert_clean(repr(result))


def test_facts_do_not_show_or_pickle_the_values_of_secrets(report: Report) -> None:
    del report
    result = audit(MemoryTree(FILES), Options(pack=load_packs(folders=()), profile=find_profile("hipaa")))
    for fact in result.estate.facts:
        assert_clean(repr(fact))
        if not isinstance(fact, HOLDERS):
            assert_clean(pickle.dumps(fact).decode("latin-1"))
    assert_clean(pickle.dumps(result.report).decode("latin-1"))


def test_nothing_is_pickled_by_the_program() -> None:
    """What runs is known with its values, as long as the scan lives."""
    root = Path(__file__).parents[1]
    importing = re.compile(r"^\s*(?:import|from) (?:pickle|shelve|marshal|multiprocessing)\b", re.M)
    found = [path for path in (root / "auditor").rglob("*.py") if importing.search(path.read_text())]
    assert found == []


def test_no_log_record_and_no_traceback_holds_one(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)

    def broken(*_: object) -> None:
        raise RuntimeError("the assembly failed")

    monkeypatch.setattr("auditor.scan.assemble", broken)
    with pytest.raises(RuntimeError) as raised:
        report_of(FILES)
    assert_clean("".join(traceback.format_exception(raised.value)))
    assert_clean(caplog.text)


def test_every_output_file_and_the_command_line_at_its_most_talkative(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    outside = tmp_path.with_name(f"{tmp_path.name}-outputs")
    outside.mkdir()
    formats = [word for name in sorted(REPORTERS) for word in ("--format", f"{name}={outside / name}")]
    command = [sys.executable, "-m", "auditor", "scan", str(tmp_path), "-v", "--explain-files", *formats]
    command += ["--format", f"hazard-log={outside / 'hazards'}", "--history", str(outside / "history.db")]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)
    assert result.returncode == 4
    assert_clean(result.stdout)
    assert_clean(result.stderr)
    written = [path for path in sorted(outside.rglob("*")) if path.is_file()]
    assert len(written) > len(REPORTERS) + 1
    for path in written:
        assert_clean(path.read_bytes().decode("latin-1"))
