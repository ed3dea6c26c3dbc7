"""Small repositories with known answers: which secrets are shared in which way, and which are not.

Values are made up. The shapes are those seen in public repositories of clinical and other systems.
"""

from dataclasses import dataclass, field

STRONG = "kd83-Plover-19-lamp-Qz4-hazel-55"
OTHER = "ow55-Garnet-72-mill-Yt8-cedar-30"
THIRD = "rt90-Walnut-41-dune-Xp7-amber-12"


@dataclass(frozen=True)
class Case:
    """A repository; `kinds` are the ways of sharing that must be reported, empty if none may be.

    `rule` names the rule of the specification that the case is about.
    """

    name: str
    rule: str
    files: dict[str, str]
    kinds: frozenset[str] = field(default_factory=frozenset[str])


def case(name: str, rule: str, files: dict[str, str], *kinds: str) -> Case:
    return Case(name, rule, files, frozenset(kinds))


WORKED = (
    case(
        "E1 a FHIR server and its database",
        "R2",
        {
            "compose.dev.yml": f"""services:
  postgres-fhir:
    image: postgres:16
    environment:
      POSTGRES_USER: hapi_user
      POSTGRES_PASSWORD: {STRONG}
  fhir:
    image: hapiproject/hapi:v7.4.0
    environment:
      spring.datasource.url: jdbc:postgresql://postgres-fhir:5432/hapi
      spring.datasource.username: hapi_user
      spring.datasource.password: {STRONG}
"""
        },
    ),
    case(
        "E2 one login under two settings",
        "R2",
        {
            "compose.yml": f"""services:
  ehrbase-db:
    image: postgres:16
    environment:
      POSTGRES_USER: ehrbase_user
      POSTGRES_PASSWORD: {STRONG}
  ehrbase:
    image: ehrbase/ehrbase:2.0
    environment:
      DB_USER: ehrbase_user
      DB_PASS: {STRONG}
      DB_USER_ADMIN: ehrbase_user
      DB_PASS_ADMIN: {STRONG}
"""
        },
    ),
    case(
        "E3 the same by reference, no value in sight",
        "R2",
        {
            "compose.prod.yml": """services:
  ehrbase-db:
    image: postgres:16
    environment:
      POSTGRES_USER: ${EHRBASE_DB_USER}
      POSTGRES_PASSWORD: ${EHRBASE_DB_PASSWORD}
  ehrbase:
    image: ehrbase/ehrbase:2.0
    environment:
      DB_USER: ${EHRBASE_DB_USER}
      DB_PASS: ${EHRBASE_DB_PASSWORD}
      DB_USER_ADMIN: ${EHRBASE_DB_USER}
      DB_PASS_ADMIN: ${EHRBASE_DB_PASSWORD}
"""
        },
    ),
    case(
        "E4 four accounts of a hospital stack with one default",
        "R6",
        {
            ".env": "\n".join(
                f"{name}_DB_USERNAME={name.lower()}_user\n{name}_DB_PASSWORD=password"
                for name in ("OPENMRS", "REPORTS", "METABASE", "MART")
            )
        },
        "logins",
    ),
    case(
        "E5 two accounts of an imaging archive",
        "R6",
        {
            ".env": f"DCM4CHEE_DB_USERNAME=dcm4chee\nDCM4CHEE_DB_PASSWORD={STRONG}\n"
            f"PACS_INTEGRATION_DB_USERNAME=pacs\nPACS_INTEGRATION_DB_PASSWORD={STRONG}\n"
        },
        "logins",
    ),
    case(
        "E6 an administrator who is the user",
        "R2",
        {
            ".env": "CRATER_USERNAME=billing@clinic.example\n"
            f"CRATER_PASSWORD={STRONG}\nCRATER_ADMIN_EMAIL=billing@clinic.example\nCRATER_ADMIN_PASSWORD={STRONG}\n"
        },
    ),
    case(
        "E7 the administrator of one server and the feeds of others",
        "R6",
        {
            ".env": f"SNOWSTORM_ADMIN_USERNAME=snow\nSNOWSTORM_ADMIN_PASSWORD={STRONG}\n"
            f"OPENMRS_ATOMFEED_USER=feed\nOPENMRS_ATOMFEED_PASSWORD={STRONG}\n"
            f"ODOO_ATOMFEED_USER=odoofeed\nODOO_ATOMFEED_PASSWORD={STRONG}\n"
        },
        "logins",
    ),
    case(
        "E8 the root of MySQL in an address",
        "R2",
        {
            "compose.yaml": f"""services:
  db:
    image: mysql:8.4
    environment:
      MYSQL_ROOT_PASSWORD: {STRONG}
  app:
    image: registry.example/app:2
    environment:
      DATABASE_URL: mysql://root:{STRONG}@db:3306/app
"""
        },
    ),
    case(
        "E9 root and application of MySQL",
        "R6",
        {
            "compose.yaml": f"""services:
  db:
    image: mariadb:11
    environment:
      MYSQL_ROOT_PASSWORD: {STRONG}
      MYSQL_USER: files
      MYSQL_PASSWORD: {STRONG}
"""
        },
        "logins",
    ),
    case(
        "E10 one weak value in two samples",
        "R0",
        {
            "nextcloud-mariadb/compose.yaml": "services:\n  db:\n    image: mariadb:11\n    environment:\n"
            "      MYSQL_ROOT_PASSWORD: nextcloud\n",
            "nextcloud-postgres/compose.yaml": "services:\n  db:\n    image: postgres:16\n    environment:\n"
            "      POSTGRES_PASSWORD: nextcloud\n",
        },
    ),
    case(
        "E11 a workflow's service container and the program under test",
        "R2",
        {
            ".github/workflows/test.yml": f"""on: push
jobs:
  test:
    runs-on: ubuntu-latest
    services:
      postgres:
        image: postgres:16
        env:
          POSTGRES_USER: core
          POSTGRES_PASSWORD: {STRONG}
    env:
      CORE_DB_HOST: localhost
      CORE_DB_USER: core
      CORE_DB_PASSWORD: {STRONG}
    steps:
      - run: make test
"""
        },
    ),
    case(
        "E12 a client that names no host",
        "R2",
        {
            "compose.ci.yml": f"""services:
  postgres-core:
    image: postgres:16
    environment:
      POSTGRES_USER: core
      POSTGRES_PASSWORD: {STRONG}
  core:
    image: registry.example/core:1
    environment:
      CORE_DB_PASSWORD: {STRONG}
"""
        },
    ),
    case(
        "E13 tokens, CSRF and cookies in four formats",
        "R4",
        {
            ".env": f"JWT_SECRET={STRONG}\nCSRF_SECRET={STRONG}\n",
            "k8s/api.yaml": f"""apiVersion: v1
kind: ConfigMap
metadata: {{name: api}}
data:
  COOKIE_SECRET: {STRONG}
""",
            "terraform/prod.tfvars": f'jwt_signing_key = "{STRONG}"\n',
        },
        "purposes",
    ),
    case(
        "E14 production and development of one deployment",
        "R7",
        {
            f"deploy/docker-compose.{name}.yml": "services:\n  db:\n    image: mysql:8.4\n    environment:\n"
            f"      MYSQL_PASSWORD: {STRONG}\n      MYSQL_USER: emr\n"
            for name in ("prod", "dev")
        },
        "environments",
    ),
    case(
        "E15 the key store and the trust store of one server",
        "R3",
        {
            "cassandra.yaml": f"""cluster_name: clinic
commitlog_sync: periodic
endpoint_snitch: GossipingPropertyFileSnitch
server_encryption_options:
  internode_encryption: all
  keystore: /etc/cassandra/keystore.p12
  keystore_password: {STRONG}
  truststore: /etc/cassandra/truststore.p12
  truststore_password: {STRONG}
"""
        },
    ),
    case(
        "E16 both ends of an OIDC connection",
        "R3",
        {
            ".env": f"OIDC_CLIENT_ID=portal\nOIDC_CLIENT_SECRET={STRONG}\nKEYCLOAK_CLIENT_SECRET={STRONG}\n",
        },
    ),
    case(
        "E17 a salt keeps the purposes apart",
        "R4",
        {
            "app/security.py": """import jwt
from itsdangerous import URLSafeTimedSerializer
from app.config import settings

def make_access_token(user):
    return jwt.encode({"sub": user.id, "exp": user.until}, settings.JWT_SECRET)

def make_csrf(session):
    return URLSafeTimedSerializer(settings.JWT_SECRET, salt="csrf").dumps(session)
"""
        },
        "in-code",
    ),
    case(
        "E17 without a salt",
        "R4",
        {
            "app/security.py": """import hmac
import jwt
from app.config import settings

def make_access_token(user):
    return jwt.encode({"sub": user.id, "exp": user.until}, settings.JWT_SECRET)

def make_csrf(sid):
    return hmac.new(settings.JWT_SECRET.encode(), sid, "sha256").hexdigest()
"""
        },
        "in-code",
    ),
    case(
        "R5 a key that is the database's password",
        "R5",
        {".env": f"SESSION_SECRET={STRONG}\nPOSTGRES_PASSWORD={STRONG}\n"},
        "key-and-password",
    ),
    case(
        "R5 a key that is a provider's token",
        "R5",
        {".env": f"CSRF_SECRET={STRONG}\nSTRIPE_API_KEY={STRONG}\n"},
        "key-and-password",
    ),
    case(
        "R8 two systems of one repository",
        "R8",
        {"billing/.env": f"SESSION_SECRET={STRONG}\n", "scheduling/.env": f"SESSION_SECRET={STRONG}\n"},
        "systems",
    ),
    case(
        "R9 an alias in an env file",
        "R9",
        {".env": f"JWT_SECRET={STRONG}\nSESSION_SECRET=${{JWT_SECRET}}\n"},
        "purposes",
    ),
    case(
        "R9 an alias without a value",
        "R9",
        {
            "compose.yaml": "services:\n  api:\n    image: registry.example/api:1\n    environment:\n"
            "      JWT_SECRET: ${JWT_SECRET}\n      SESSION_SECRET: ${JWT_SECRET}\n"
        },
        "purposes",
    ),
    case(
        "R9 a fallback in code",
        "R9",
        {
            "app/csrf.py": """import hmac
import os
import jwt

def make_csrf(sid):
    key = os.getenv("CSRF_SECRET") or os.getenv("JWT_SECRET")
    return hmac.new(key.encode(), sid, "sha256").hexdigest()

def make_jwt(user):
    return jwt.encode({"sub": user.id, "exp": user.until}, os.environ["JWT_SECRET"])
"""
        },
        "in-code",
    ),
    case(
        "R4 one Kubernetes key for two mechanisms",
        "R4",
        {
            "api.yaml": """apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
        - name: api
          image: registry.example/api:1
          env:
            - {name: JWT_SECRET, valueFrom: {secretKeyRef: {name: api, key: secret}}}
            - {name: CSRF_SECRET, valueFrom: {secretKeyRef: {name: api, key: secret}}}
"""
        },
        "purposes",
    ),
    case(
        "R4 access and refresh tokens",
        "R4",
        {".env": f"JWT_SECRET={STRONG}\nJWT_REFRESH_SECRET={STRONG}\n"},
        "purposes",
    ),
    case(
        "R6 two servers",
        "R6",
        {
            "compose.yaml": f"""services:
  db:
    image: postgres:16
    environment: {{POSTGRES_PASSWORD: {STRONG}}}
  queue:
    image: rabbitmq:4
    environment: {{RABBITMQ_DEFAULT_USER: app, RABBITMQ_DEFAULT_PASS: {STRONG}}}
"""
        },
        "logins",
    ),
    case(
        "R1 one setting from file to file",
        "R1",
        {
            ".env": f"JWT_SECRET={STRONG}\n",
            "compose.yaml": "services:\n  api:\n    image: registry.example/api:1\n    environment:\n"
            "      JWT_SECRET: ${JWT_SECRET}\n  worker:\n    image: registry.example/api:1\n    environment:\n"
            "      JWT_SECRET: ${JWT_SECRET}\n",
        },
    ),
    case(
        "R3 issuer and verifier",
        "R3",
        {".env": f"JWT_SECRET={STRONG}\nPGRST_JWT_SECRET={STRONG}\n"},
    ),
    case(
        "R3 the nodes of a cluster",
        "R3",
        {
            "compose.yaml": f"""services:
  one:
    image: rabbitmq:4
    environment: {{RABBITMQ_ERLANG_COOKIE: {STRONG}}}
  two:
    image: rabbitmq:4
    environment: {{RABBITMQ_ERLANG_COOKIE: {STRONG}}}
"""
        },
    ),
    case(
        "R2 a Redis and its client",
        "R2",
        {
            "compose.yaml": f"""services:
  cache:
    image: redis:7
    command: redis-server --requirepass {STRONG}
  app:
    image: registry.example/app:1
    environment: {{REDIS_HOST: cache, REDIS_PASSWORD: {STRONG}, REDIS_URL: "redis://:{STRONG}@cache:6379/0"}}
"""
        },
    ),
    case(
        "R1 a client in Kubernetes and its server",
        "R2",
        {
            "db.yaml": """apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
        - name: postgres
          image: postgres:16
          env:
            - {name: POSTGRES_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app}}
    spec:
      containers:
        - name: app
          image: registry.example/app:1
          env:
            - {name: DB_HOST, value: db}
            - {name: DB_USER, value: postgres}
            - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
"""
        },
    ),
    case(
        "R0 placeholders of a template",
        "R0",
        {".env.example": "JWT_SECRET=changeme\nCSRF_SECRET=changeme\n"},
    ),
    case(
        "R7 development and test",
        "R1",
        {"deploy/dev/.env": f"SESSION_SECRET={STRONG}\n", "deploy/test/.env": f"SESSION_SECRET={STRONG}\n"},
    ),
    case(
        "separate secrets",
        "R0",
        {".env": f"JWT_SECRET={STRONG}\nCSRF_SECRET={OTHER}\nPOSTGRES_PASSWORD={THIRD}\n"},
    ),
)
