"""What users of other scanners complain about: names, references and public values taken for secrets."""

import pytest

from tests.inventory.scanning import scan

UUID = "123e4567-e89b-42d3-a456-426614174000"
NOT_SECRET = {
    "secretName": ("values.yaml", "ingress:\n  tls:\n    - secretName: helloworld-cert\n"),
    "existingSecret": ("values.yaml", "auth:\n  existingSecret: ward-db\nimagePullSecret: ward-registry\n"),
    "terraform name": ("main.tf", 'locals {\n  secret_name = "TF_TEAM_TOKEN"\n  sm_name_secrets = "clinic-db"\n}\n'),
    "files": (".env", "DB_PASSWORD_FILE=/run/secrets/db\nTLS_KEY_PATH=/etc/tls/key.pem\nSECRETS_DIR=/run/secrets\n"),
    "terraform references": (
        "main.tf",
        (
            'resource "aws_db_instance" "db" {\n  password = data.aws_secretsmanager_secret_version.db.secret_string\n}\n'
            'resource "x_y" "z" {\n  secret = "projects/clinic/secrets/db/versions/1"\n  token = var.token\n'
            "  password = module.vault.password\n}\n"
        ),
    ),
    "kubernetes references": (
        "pod.yaml",
        (
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: a:1\n"
            "      envFrom: [{secretRef: {name: app-secret}}]\n      env:\n        - name: DB_PASSWORD\n"
            "          valueFrom: {secretKeyRef: {name: db, key: password}}\n        - {name: API_TOKEN, value: $(OTHER)}\n"
        ),
    ),
    "name of a variable": ("main.tf", 'locals {\n  api_key_env = "MY_SECRET1"\n  token_var = "CLINIC_TOKEN"\n}\n'),
    "partial keys": (
        ".env",
        (
            "PROJECT_KEY=clinic-portal\nEMAIL_VALIDATION_URL=https://clinic.example/validate\n"
            "OAUTH_TOKEN_URL=https://login.example/token\nMAX_TOKENS=4096\nCACHE_KEY=patients\nPRIMARY_KEY=id\n"
        ),
    ),
    "keyboard words": (".env", "THEME=qwertyuiopAsdfghjkl\nCLUSTER=clinicPortalProductionEuWest\n"),
    "integrity": (
        "config.json",
        '{"secret": {"integrity": "sha512-' + "Ab3" * 29 + '="}, "tokenKey": "sha256:' + "0123456789abcdef" * 4 + '"}',
    ),
    "password by a function of SQL": (
        "tasks/main.yml",
        "- name: Set it\n  shell: 'mysql -e \"SET PASSWORD = PASSWORD(''{{ root_password }}''); FLUSH PRIVILEGES;\"'\n",
    ),
    "files with passwords": (
        ".env",
        "KAFKA_SSL_KEYSTORE_CREDENTIALS=broker-keystore-creds\nKAFKA_SSL_KEY_CREDENTIALS=broker-sslkey-creds\n",
    ),
    "name of a cookie": (".env", "CKAN___BEAKER__SESSION__KEY=clinic\n"),
    "patterns of paths": ("shiro.ini", "[urls]\n/api/credential/** = authc, roles[admin]\n"),
    "uuid": (".env", f"TENANT_ID={UUID}\nAPP_KEY={UUID}\n"),
    "public keys": (
        ".env",
        (
            "STRIPE_PUBLISHABLE_KEY=pk_live_0123456789abcdefghij\nVAPID_PUBLIC_KEY=BEl62iUYgUivxIkv69yViEuiBIa\n"
            "SENTRY_DSN=https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/42\n"
            "FIREBASE_API_KEY=AIzaAbCdEfGhIjKlMnOpQrStUvWxYz012345678\n"
        ),
    ),
    "firebase": ("config.json", '{"firebase": {"apiKey": "AIzaAbCdEfGhIjKlMnOpQrStUvWxYz012345678"}}'),
    "workflow": (
        ".github/workflows/ci.yml",
        (
            "on: push\npermissions:\n  id-token: write\njobs:\n  a:\n    uses: ./x\n    secrets: inherit\n  b:\n    steps:\n"
            "      - uses: x/y@v1\n        with: {token: '${{ secrets.GITHUB_TOKEN }}', secret-name: clinic}\n"
        ),
    ),
    "sops and sealed": (
        "secrets.yaml",
        "db_password: ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]\napi_token: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n",
    ),
    "empty": (".env", 'DB_PASSWORD=\nAPI_TOKEN=""\n'),
    "template": (".env.example", "DB_PASSWORD=changeme\nJWT_SECRET=<your secret>\nAPI_KEY=xxxx\n"),
    "gpg fingerprint": ("vars/main.yml", "docker_repokey: 0123456789ABCDEF0123456789ABCDEF01234567\n"),
}


@pytest.mark.parametrize("case", sorted(NOT_SECRET))
def test_it_is_not_reported(case: str) -> None:
    path, text = NOT_SECRET[case]
    found = [f for f in scan({path: text}).report.findings if f.check_id.startswith("secret-")]
    assert [(f.check_id, f.line, f.message) for f in found] == []


def test_the_references_of_external_secrets() -> None:
    """31 of 31 hits of one scanner were such references."""
    entries = "".join(
        f"    - secretKey: password-{number}\n      remoteRef: {{key: clinic/db-{number}, property: password}}\n"
        for number in range(31)
    )
    text = (
        "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db}\nspec:\n"
        f"  secretStoreRef: {{name: vault}}\n  target: {{name: db-credentials}}\n  data:\n{entries}"
    )
    assert not [f for f in scan({"es.yaml": text}).report.findings if f.check_id.startswith("secret-")]


SECRET = {
    "base64 in a Secret": ("s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {password: Um03LXF1aWV0LUhhcmJvci00MQ==}\n"),
    "unquoted": (".env", "PASSWORD=Rm7-quiet-Harbor-41\n"),
    "little entropy": ("config.yaml", "SYSTEM_PASSWORD: hello_123\n"),
    "connection string": ("appsettings.json", '{"ConnectionStrings": {"Clinic": "Server=db;User Id=app;Password=hello_123"}}'),
    "jdbc": ("application.properties", "spring.datasource.url=jdbc:postgresql://db/clinic?user=app&password=hello_123\n"),
    "uuid under a secret's name": (".env", f"CLIENT_SECRET={UUID}\n"),
    "eleven characters": (".env", "DB_PASSWORD=kq7-Zp2.xw1\n"),
    "encoded private key": ("config.yaml", "tls_data: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCmFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6MDEyMzQ1Njc4OUFCQ0RFRkcKLS0tLS1FTkQgUFJJVkFURSBLRVktLS0tLQo=\nsecret: ${X}\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(SECRET))
def test_it_is_reported_once(case: str) -> None:
    path, text = SECRET[case]
    found = [f for f in scan({path: text}).report.findings if f.check_id.startswith("secret-")]
    assert len(found) == 1


def test_one_finding_for_each_place_with_the_strongest_reason() -> None:
    text = "A_PASSWORD=changeme\nB_PASSWORD=hello_123\nC_PASSWORD=Rm7-quiet-Harbor-41\n"
    found = scan({".env": text}).report.findings
    reasons = {f.line: (f.check_id, f.control, set(f.also)) for f in found if f.check_id.startswith("secret-")}
    assert reasons == {
        1: ("secret-default", "default-credential", {"weak-secret", "plaintext-secret"}),
        2: ("secret-weak", "weak-secret", {"plaintext-secret"}),
        3: ("secret-plaintext", "plaintext-secret", set()),
    }
