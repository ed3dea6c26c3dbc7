"""Files in which names of secrets, references and secrets stand side by side: VALUE is the secret, NOUN a name."""

MANIFESTS = (
    (
        "values.yaml",
        """auth:
  existingSecret: NOUN-db
  secretKeys:
    userPasswordKey: password
imagePullSecrets:
  - name: NOUN-registry
tls:
  secretName: NOUN-tls
mail:
  password: VALUE
""",
    ),
    (
        "deployment.yaml",
        """apiVersion: v1
kind: Pod
metadata:
  name: api
spec:
  imagePullSecrets: [{name: NOUN-registry}]
  containers:
    - name: api
      image: registry.example/api:1
      env:
        - name: DB_PASSWORD
          valueFrom:
            secretKeyRef:
              name: NOUN-db
              key: password
        - {name: SMTP_PASSWORD, value: VALUE}
""",
    ),
    (
        "external.yaml",
        """apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: NOUN
spec:
  refreshInterval: 1h
  secretStoreRef: {name: vault, kind: SecretStore}
  target: {name: NOUN-secret}
  data:
    - secretKey: db-password
      remoteRef: {key: clinic/NOUN, property: password}
""",
    ),
    (
        "compose.yaml",
        """services:
  api:
    image: registry.example/api:1
    secrets: [NOUN_password]
    environment:
      DB_PASSWORD_FILE: /run/secrets/NOUN_password
      SMTP_PASSWORD: ${SMTP_PASSWORD:-VALUE}
      LDAP_PASSWORD: ${LDAP_PASSWORD:?}
secrets:
  NOUN_password:
    file: ./secrets/NOUN_password
""",
    ),
    (
        "main.tf",
        """resource "aws_db_instance" "a" {
  password = random_password.a.result
}
resource "aws_db_instance" "b" {
  password = var.db_password
}
resource "aws_db_instance" "c" {
  password = "VALUE"
}
resource "aws_secretsmanager_secret" "d" {
  name = "NOUN/db-password"
}
""",
    ),
    (
        "variables.tf",
        """variable "db_password" {
  description = "password of the NOUN database"
  type        = string
  sensitive   = true
}
variable "api_token" {
  default = "VALUE"
}
variable "token_ttl" {
  default = "3600"
}
""",
    ),
    (
        "settings.json",
        """{
  // "password": "Commented-out-9",
  "passwordPolicy": "strong", /* "token": "Commented-out-9" */
  "password": "VALUE"
}
""",
    ),
    (
        "config.yaml",
        """passwordPolicy: {minLength: 12}
secretsManager: vault
tokenEndpoint: https://id.example/NOUN/token
password: !vault NOUN
""",
    ),
)
LOGINS = (
    (".npmrc", "registry=https://npm.example/\n//npm.example/:_authToken=VALUE\nalways-auth=true\n"),
    (".npmrc", "registry=https://npm.example/\n//npm.example/:_authToken=${NPM_TOKEN}\n"),
    (".netrc", "machine git.example\n  login NOUN\n  password VALUE\n"),
    (".pgpass", "# host:port:database:user:password\ndb.internal:5432:clinic:NOUN:VALUE\n"),
    (".pypirc", "[pypi]\nrepository = https://pypi.example\nusername = ci\npassword = VALUE\n"),
    (".aws/credentials", "[default]\naws_access_key_id = AKIAABCDEFGHIJKL2345\naws_secret_access_key = VALUE\n"),
    (".htpasswd", "NOUN:$2y$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234\n"),
    (".git-credentials", "https://ci:VALUE@git.example\n"),
)
"""Files of log-ins."""
