"""Secrets in the places where deployments keep them, each found once at its own line."""

import base64
import json

import pytest

from auditor.model.report import Finding

from .scanning import scan

VALUE = "Rm7-quiet-Harbor-41"


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def secrets_of(files: dict[str, str]) -> list[Finding]:
    ids = {"secret-plaintext", "secret-weak", "secret-default", "secret-hash"}
    return [finding for finding in scan(files).report.findings if finding.check_id in ids]


def secret(name: str, body: str) -> str:
    return f"apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}}}\n{body}"


REGISTRY = json.dumps({"auths": {"registry.example": {"auth": b64(f"clinic:{VALUE}")}}})
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: mysql:8\n"
PLACES = {
    "registry": ("s.yaml", secret("r", f"type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: {b64(REGISTRY)}\n"), 6),
    "registry in stringData": ("s.yaml", secret("r", f"stringData:\n  .dockercfg: '{REGISTRY}'\n"), 5),
    "Spring in a Secret": ("s.yaml", secret("a", f"stringData:\n  application.yml: |\n    spring:\n      datasource:\n        password: {VALUE}\n"), 8),
    "env file in a Secret": ("s.yaml", secret("a", f"stringData:\n  .env: |\n    DB_USER=clinic\n    DB_PASSWORD={VALUE}\n"), 7),
    "INI in a ConfigMap": ("c.yaml", f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata:\n  app.ini: |\n    [mail]\n    password = {VALUE}\n", 7),
    "applied before": (
        "s.yaml",
        ("apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  annotations:\n"
        "    kubectl.kubernetes.io/last-applied-configuration: |\n"
        f'      {{"apiVersion":"v1","kind":"Secret","metadata":{{"name":"a"}},"data":{{"password":"{b64(VALUE)}"}}}}\n'),
        7,
    ),
    "kubeconfig": ("kube/config", f"apiVersion: v1\nkind: Config\nusers:\n  - name: admin\n    user:\n      token: {VALUE}\n      client-certificate-data: abc\n", 6),
    "words of a command": ("p.yaml", f'{POD}      command: ["mysqldump", "-uroot", "-p{VALUE}", "clinic"]\n', 8),
    "a script": ("p.yaml", f'{POD}      args: ["sh", "-c", "PGPASSWORD={VALUE} psql -U clinic"]\n', 8),
    "probe": ("p.yaml", f'{POD}      livenessProbe: {{exec: {{command: ["redis-cli", "-a", "{VALUE}", "ping"]}}}}\n', 8),
    "compose health check": ("compose.yaml", f'services:\n  db:\n    image: mysql:8\n    healthcheck:\n      test: ["CMD", "mysqladmin", "-p{VALUE}", "ping"]\n', 5),
    "compose script": ("compose.yaml", f'services:\n  a:\n    image: x:1\n    command: sh -c "curl -u clinic:{VALUE} https://x"\n', 4),
    "label": ("compose.yaml", "services:\n  a:\n    image: traefik:v3\n    labels:\n      t.basicauth.users: clinic:$$2y$$05$$abcdefghijklmnopqrstuv\n", 5),
    "default of a template": ("chart/templates/s.yaml", f'apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData:\n  password: {{{{ .Values.password | default "{VALUE}" | quote }}}}\n', 5),
    "default of a template's variable": ("chart/templates/p.yaml", f'{POD}      env:\n        - name: DB_PASSWORD\n          value: {{{{ default "{VALUE}" .Values.password }}}}\n', 10),
    "address in Terraform": ("main.tf", f'locals {{\n  database_url = "postgres://clinic:{VALUE}@${{var.host}}/clinic"\n}}\n', 2),
    "heredoc": ("main.tf", f'resource "aws_instance" "a" {{\n  user_data = <<EOF\nexport DB_PASSWORD={VALUE}\nEOF\n}}\n', 3),
    "jsonencode": ("main.tf", f'resource "aws_ecs_task_definition" "a" {{\n  container_definitions = jsonencode([{{environment = [{{name = "DB_PASSWORD", value = "{VALUE}"}}]}}])\n}}\n', 2),
    "tfvars": ("prod.tfvars.json", f'{{"db_password": "{VALUE}"}}\n', 1),
    "Tomcat's users": ("conf/tomcat-users.xml", f'<tomcat-users>\n<user username="desk" password="{VALUE}" roles="x"/>\n</tomcat-users>\n', 2),
    "two pairs": ("Dockerfile", f"FROM x:1\nENV A=1 DB_PASSWORD={VALUE} B=2\n", 2),
}  # fmt: skip


@pytest.mark.parametrize("place", sorted(PLACES))
def test_the_secret_is_found_once_at_its_line(place: str) -> None:
    path, text, line = PLACES[place]
    assert [(finding.path, finding.line) for finding in secrets_of({path: text})] == [(path, line)]


def test_references_in_such_places_are_none() -> None:
    files = {
        "main.tf": 'locals {\n  url = "postgres://clinic:${var.password}@db/clinic"\n}\n',
        "compose.yaml": 'services:\n  a:\n    image: mysql:8\n    command: ["mysqladmin", "-p${DB_PASSWORD}", "ping"]\n',
        "chart/templates/s.yaml": 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  password: {{ .Values.password | default "" }}\n',
        "kube/config": "apiVersion: v1\nkind: Config\nusers:\n  - name: a\n    user: {exec: {command: aws}, tokenFile: /var/run/token}\n",
        "p.yaml": f'{POD}      command: ["mysqldump", "-p", "clinic"]\n',
        "mkdir.yaml": f'{POD}      command: ["mkdir", "-p", "/data/clinic"]\n',
    }
    assert [(finding.path, finding.line, finding.message) for finding in secrets_of(files)] == []


@pytest.mark.parametrize("encoded", [b64(VALUE + VALUE), (VALUE + VALUE).encode().hex(), b64(b64(VALUE + VALUE))])
def test_one_secret_in_two_encodings_is_one(encoded: str) -> None:
    files = {".env": f"JWT_SECRET={VALUE}{VALUE}\nCSRF_SECRET={encoded}\n"}
    shared = [f for f in scan(files).report.findings if f.check_id == "secret-shared-purposes"]
    assert [(f.line, len(f.related)) for f in shared] == [(1, 1)]


def test_of_an_address_the_message_names_the_password_in_it() -> None:
    for password, what in ((VALUE, "stands in plain text"), ("changeme", "is a placeholder"), ("clinic-7", "is weak")):
        (finding,) = secrets_of({".env": f"STORE=postgresql://app:{password}@db.internal/clinic\n"})
        assert finding.message.startswith("The password in STORE")
        assert what in finding.message
