"""The two sample repositories: what must be found in the one, and that the other is judged whole and clean."""

from collections import Counter
from pathlib import Path

import pytest

from auditor.model.report import Report
from auditor.packs import load_packs, resource_dir
from auditor.profile import load_profile
from auditor.scan import Options, audit
from auditor.sources.directory import DirectoryTree

SAMPLES = Path(__file__).parents[1] / "samples"

EXPECTED = """
.env:3 app-debug
.env:4 secret-default
.env:5 secret-plaintext
.env:5 secret-shared-purposes
.env:6 app-token-lifetime
.env:7 secret-default
.env:8 app-cookie-insecure
.env:9 app-cookie-script-access
.env:10 app-cookie-samesite-none
.env:11 app-cors-any-origin
.env:13 app-oauth-http
.env:14 app-oauth-http
.env:15 secret-plaintext
Dockerfile:1 container-runs-as-root
Dockerfile:1 image-base-unpinned
Dockerfile:2 image-secret-argument
Dockerfile:3 secret-plaintext
compose.yaml:6 container-image-unpinned
compose.yaml:16 secret-plaintext
compose.yaml:19 app-clear-connection
compose.yaml:22 app-tls-unverified
compose.yaml:25 container-privileged
compose.yaml:27 container-runtime-socket
compose.yaml:30 container-image-unpinned
compose.yaml:32 container-host-network
compose.yaml:33 container-host-pid
compose.yaml:35 container-dangerous-capability
compose.yaml:47 datastore-port-published
compose.yaml:60 datastore-port-published
compose.yaml:62 mongodb-authorization-off
compose.yaml:62 mongodb-tls-off
compose.yaml:65 datastore-port-published
redis/redis.conf:2 redis-no-tls
redis/redis.conf:6 redis-no-authentication
redis/redis.conf:6 redis-requirepass-ignored
redis/users.acl:1 redis-acl-user-too-broad
redis/users.acl:2 redis-acl-restriction-void
redis/users.acl:2 redis-acl-user-without-password
postgres/pg_hba.conf:3 postgres-hba-trust
postgres/pg_hba.conf:5 postgres-hba-unreachable
postgres/pg_hba.conf:6 postgres-hba-md5
postgres/pg_hba.conf:6 postgres-hba-superuser-remote
postgres/pg_hba.conf:7 postgres-hba-password
postgres/pg_hba.conf:7 postgres-hba-replication
postgres/postgresql.conf:5 postgres-ssl-off
postgres/postgresql.conf:6 postgres-password-encryption
postgres/postgresql.conf:7 postgres-fsync-off
postgres/postgresql.conf:8 postgres-full-page-writes-off
postgres/postgresql.conf:11 postgres-connection-logging
postgres/postgresql.conf:13 postgres-statement-logging
k8s/notes-mongo.yaml:15 mongodb-tls-optional
k8s/notes-mongo.yaml:17 mongodb-invalid-certificates-allowed
k8s/notes-mongo.yaml:18 mongodb-old-tls
k8s/notes-mongo.yaml:20 mongodb-authorization-off
k8s/notes-mongo.yaml:29 kubernetes-datastore-exposed
k8s/portal.yaml:10 secret-plaintext
k8s/portal.yaml:30 container-image-unpinned
k8s/portal.yaml:32 container-privileged
k8s/portal.yaml:33 container-runs-as-root
k8s/portal.yaml:37 secret-plaintext
k8s/portal.yaml:39 secret-default
k8s/portal.yaml:58 kubernetes-ingress-no-tls
k8s/queue-redis.yaml:19 redis-no-tls
k8s/queue-redis.yaml:20 redis-password-on-command-line
k8s/queue-redis.yaml:30 kubernetes-datastore-exposed
k8s/rbac.yaml:6 kubernetes-rbac-wildcard
k8s/rbac.yaml:17 kubernetes-cluster-admin-binding
k8s/kube-apiserver.yaml:10 kubernetes-apiserver-audit-log
k8s/kube-apiserver.yaml:10 kubernetes-apiserver-encryption-at-rest
k8s/kube-apiserver.yaml:15 kubernetes-apiserver-anonymous-auth
k8s/kube-apiserver.yaml:16 kubernetes-apiserver-authorization
k8s/encryption.yaml:6 kubernetes-encryption-identity-first
k8s/encryption.yaml:10 secret-plaintext
k8s/audit-policy.yaml:4 kubernetes-audit-policy-gaps
terraform/data.tf:7 aws-s3-public-acl
terraform/data.tf:12 aws-s3-public-access-block-off
terraform/data.tf:26 aws-rds-public
terraform/data.tf:27 aws-rds-unencrypted
terraform/data.tf:28 aws-rds-backup
terraform/data.tf:33 aws-volume-unencrypted
terraform/data.tf:40 aws-queue-unencrypted
terraform/data.tf:43 aws-elasticache-no-authentication
terraform/data.tf:49 aws-elasticache-unencrypted
terraform/data.tf:50 aws-elasticache-plaintext
terraform/data.tf:57 aws-msk-unclean-election
terraform/data.tf:80 aws-msk-plaintext
terraform/data.tf:81 aws-msk-plaintext
terraform/data.tf:86 aws-msk-no-authentication
terraform/main.tf:25 aws-security-group-open
terraform/main.tf:33 aws-security-group-open
terraform/main.tf:39 aws-iam-wildcard
terraform/main.tf:53 aws-cloudtrail-validation
terraform/terraform.tfvars:3 secret-plaintext
server/etc/mongod.conf:1 mongodb-authorization-off
server/etc/mongod.conf:7 mongodb-tls-off
server/etc/mongod.conf:9 mongodb-bind-all
server/etc/postgresql/16/main/pg_hba.conf:3 postgres-hba-password
server/etc/postgresql/16/main/pg_hba.conf:4 postgres-hba-trust
server/etc/postgresql/16/main/postgresql.conf:4 postgres-ssl-snakeoil
server/etc/postgresql/16/main/postgresql.conf:6 postgres-ssl-protocol
server/etc/postgresql/16/main/postgresql.conf:9 postgres-connection-logging
server/etc/redis/redis.conf:4 redis-plaintext-port-beside-tls
server/etc/redis/redis.conf:10 redis-replication-in-clear
server/etc/redis/redis.conf:12 redis-dangerous-commands-enabled
server/etc/redis/users.acl:1 redis-no-authentication
server/etc/redis/users.acl:2 secret-plaintext
.github/workflows/preview.yml:11 github-untrusted-checkout
.github/workflows/preview.yml:21 github-script-injection
.gitlab-ci.yml:2 gitlab-include-unpinned
.gitlab-ci.yml:5 gitlab-debug-trace
.gitlab-ci.yml:6 gitlab-tls-unverified
ansible/.vault_pass:1 secret-weak
ansible/ansible.cfg:4 ansible-vault-password-committed
ansible/group_vars/portal.yml:2 secret-plaintext
ansible/hosts:9 ansible-winrm-unprotected
ansible/roles/portal/tasks/main.yml:14 ansible-sshd-weakened
ansible/roles/portal/tasks/main.yml:19 ansible-certificate-unchecked
hosts/appointments/etc/mysql/my.cnf:3 mysql-tls-optional
hosts/appointments/etc/mysql/my.cnf:6 mysql-commits-not-flushed
hosts/flows/opt/nifi/conf/bootstrap.conf:8 nifi-remote-debug
hosts/flows/opt/nifi/conf/nifi.properties:23 nifi-no-authentication
hosts/flows/opt/nifi/conf/nifi.properties:18 nifi-site-to-site-in-clear
hosts/flows/opt/nifi/conf/nifi.properties:29 nifi-sensitive-key
hosts/forms/etc/docker/daemon.json:2 docker-insecure-registries
hosts/forms/etc/docker/daemon.json:4 docker-seccomp-unconfined
hosts/forms/etc/exports:1 nfs-export-everybody
hosts/forms/etc/exports:1 nfs-export-in-clear
hosts/forms/etc/exports:1 nfs-export-trusts-root
hosts/forms/etc/fstab:6 mount-nfs-in-clear
hosts/forms/etc/fstab:7 mount-cifs-old-dialect
hosts/forms/etc/httpd/conf/httpd.conf:1 apache-no-tls
hosts/forms/etc/httpd/conf/httpd.conf:32 apache-login-in-clear
hosts/forms/etc/ssh/sshd_config:5 sshd-empty-passwords
hosts/forms/etc/ssh/sshd_config:3 sshd-root-login
hosts/forms/etc/systemd/system/docker.service.d/override.conf:3 docker-open-api
hosts/laboratory/etc/systemd/system/import.service:6 secret-plaintext
hosts/laboratory/etc/systemd/system/import.service:6 systemd-writable-program
hosts/laboratory/etc/systemd/system/import.service:7 secret-plaintext
hosts/laboratory/etc/tomcat/conf/server.xml:6 tomcat-ajp-open
hosts/laboratory/etc/tomcat/conf/server.xml:5 tomcat-no-tls
hosts/laboratory/etc/tomcat/conf/tomcat-users.xml:3 tomcat-published-password
hosts/laboratory/etc/tomcat/conf/tomcat-users.xml:3 secret-default
hosts/laboratory/etc/tomcat/conf/web.xml:6 tomcat-put-enabled
hosts/letters/etc/elasticsearch/elasticsearch.yml:5 elasticsearch-no-authentication
hosts/letters/etc/elasticsearch/elasticsearch.yml:1 elasticsearch-no-tls
hosts/letters/etc/elasticsearch/elasticsearch.yml:3 elasticsearch-binds-all-interfaces
hosts/letters/etc/solr/security.json:4 solr-anonymous-requests
hosts/letters/etc/solr/security.json:6 solr-published-password
hosts/letters/etc/solr/security.json:9 solr-administration-open
hosts/letters/etc/solr/solr.in.sh:6 solr-remote-jmx
hosts/letters/etc/solr/solr.in.sh:1 solr-no-tls
hosts/letters/etc/solr/solr.in.sh:4 solr-binds-all-interfaces
hosts/letters/etc/solr/solrconfig.xml:4 solr-index-in-memory
hosts/monitors/etc/cassandra/cassandra.yaml:10 cassandra-no-authentication
hosts/monitors/etc/cassandra/cassandra.yaml:1 cassandra-audit-log-off
hosts/monitors/etc/cassandra/cassandra.yaml:1 cassandra-internode-in-clear
hosts/monitors/etc/kafka/server.properties:3 kafka-no-authentication
hosts/monitors/etc/kafka/server.properties:1 kafka-no-authorizer
hosts/monitors/etc/kafka/server.properties:7 kafka-one-acknowledging-replica
hosts/proxy/etc/haproxy/haproxy.cfg:4 haproxy-runtime-api-open
hosts/proxy/etc/haproxy/haproxy.cfg:14 secret-default
hosts/proxy/etc/haproxy/haproxy.cfg:17 haproxy-no-tls
hosts/records/inetpub/applicationHost.config:30 iis-ftp-anonymous
hosts/records/inetpub/applicationHost.config:6 iis-pool-privileged
hosts/records/inetpub/applicationHost.config:15 iis-no-tls
hosts/records/inetpub/records/web.config:13 iis-login-cookie-forgeable
hosts/records/inetpub/records/web.config:4 iis-database-in-clear
hosts/records/inetpub/records/web.config:4 secret-plaintext
hosts/research/etc/hadoop/core-site.xml:2 hadoop-no-authentication
hosts/research/etc/hadoop/core-site.xml:2 hadoop-calls-in-clear
hosts/research/etc/hadoop/core-site.xml:2 hadoop-data-in-tmp
hosts/research/etc/hadoop/hdfs-site.xml:9 hadoop-permissions-off
hosts/research/etc/hadoop/hdfs-site.xml:2 hadoop-block-tokens-off
hosts/research/etc/hadoop/hdfs-site.xml:2 hadoop-blocks-in-clear
hosts/research/etc/hadoop/log4j.properties:3 hadoop-audit-log-off
hosts/research/etc/hadoop/ssl-server.xml:9 secret-default
hosts/research/etc/hadoop/yarn-site.xml:2 hadoop-web-in-clear
hosts/research/etc/hadoop/yarn-site.xml:2 hadoop-yarn-acl-off
hosts/watch/etc/grafana/grafana.ini:14 grafana-default-admin-password
hosts/watch/etc/grafana/grafana.ini:22 grafana-anonymous-access
hosts/watch/etc/grafana/grafana.ini:26 grafana-proxy-header-forgeable
hosts/watch/etc/grafana/provisioning/datasources/readings.yaml:6 grafana-data-source-plaintext
hosts/watch/etc/grafana/provisioning/datasources/readings.yaml:11 secret-default
hosts/watch/etc/grafana/provisioning/datasources/readings.yaml:17 grafana-data-source-not-verified
hosts/watch/etc/otel/otel-collector.yaml:17 otel-exporter-plaintext
hosts/watch/etc/otel/otel-collector.yaml:21 secret-plaintext
hosts/watch/etc/otel/otel-collector.yaml:23 otel-exporter-not-verified
hosts/watch/etc/prometheus/alertmanager.yml:6 alertmanager-mail-plaintext
hosts/watch/etc/prometheus/prometheus.yml:4 prometheus-client-plaintext
hosts/watch/etc/prometheus/prometheus.yml:15 prometheus-target-not-verified
hosts/watch/etc/systemd/system/prometheus.service:6 prometheus-admin-api
hosts/watch/etc/systemd/system/prometheus.service:6 prometheus-no-authentication
openapi.yaml:6 openapi-clear-server
openapi.yaml:32 openapi-key-in-query
openapi.yaml:40 openapi-oauth-clear
"""


def scan(name: str) -> Report:
    profile = load_profile(resource_dir("profiles") / "hipaa.yaml")
    return audit(DirectoryTree(SAMPLES / name), Options(pack=load_packs(), profile=profile)).report


@pytest.fixture(scope="module")
def insecure() -> Report:
    return scan("clinic-insecure")


@pytest.fixture(scope="module")
def hardened() -> Report:
    return scan("clinic-hardened")


@pytest.mark.parametrize("expected", EXPECTED.split("\n")[1:-1])
def test_insecure(insecure: Report, expected: str) -> None:
    assert expected in {f"{finding.path}:{finding.line} {finding.check_id}" for finding in insecure.findings}


def test_the_secret_of_two_purposes_is_one_finding_with_both_places(insecure: Report) -> None:
    (finding,) = [
        finding
        for finding in insecure.findings
        if finding.check_id == "secret-shared-purposes" and (finding.path, finding.line) == (".env", 5)
    ]
    assert ("k8s/portal.yaml", 37) in {(place.path, place.line) for place in finding.related}


def test_the_flag_overrides_the_file(insecure: Report) -> None:
    (redis,) = [component for component in insecure.components if component.id == "redis"]
    settings = {setting.name: (setting.value, setting.path) for setting in redis.settings}
    assert settings["appendonly"] == ("no", "compose.yaml")
    assert settings["maxmemory-policy"] == ("noeviction", "redis/redis.conf")


@pytest.mark.parametrize("name", ["clinic-insecure", "clinic-hardened"])
def test_every_file_is_read(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name.removeprefix("clinic-"))
    unread = {file.path for file in report.coverage.files if file.status != "parsed"}
    assert unread == {"README.md"}
    assert not report.diagnostics


def test_hardened_has_nothing_at_medium_or_above(hardened: Report) -> None:
    found = [
        f"{f.path}:{f.line} {f.check_id}: {f.message}" for f in hardened.findings if f.severity not in {"low", "info"}
    ]
    assert not found


def test_hardened_is_judged_and_not_empty(hardened: Report) -> None:
    results = Counter(result.status for result in hardened.results)
    assert results["pass"] > 400
    assert results["not_evaluated"] < 0.02 * results["pass"]
    kinds = Counter(component.technology for component in hardened.components)
    assert kinds["redis"] == 2
    assert kinds["mongodb"] == 3
    assert kinds["postgres"] == 2
    assert kinds["terraform"] >= 15


def test_both_samples_are_judged_by_the_same_checks(insecure: Report, hardened: Report) -> None:
    failed = {finding.check_id for finding in insecure.findings}
    passed = {result.check_id for result in hardened.results if result.status == "pass"}
    sealed = {"nifi-sensitive-key"}  # encrypted in the hardened sample: only NiFi can tell what it is
    assert failed - sealed <= passed


PAIRS = sorted(folder.name for folder in SAMPLES.iterdir() if (folder / "bad").is_dir())
NAMED = frozenset(
    {
        "apache", "cassandra", "docker", "elasticsearch", "hadoop", "iis", "kafka", "mongodb", "mysql", "nifi",
        "postgres", "redis", "solr", "systemd", "tomcat",
    }
)  # fmt: skip
"""Systems of which there is always a bad and a good sample."""


def test_every_named_system_has_a_pair() -> None:
    assert set(PAIRS) >= NAMED


@pytest.mark.parametrize("name", PAIRS)
def test_a_bad_sample_fails_where_its_good_one_passes(name: str) -> None:
    bad, good = scan(f"{name}/bad"), scan(f"{name}/good")
    own = {finding.check_id for finding in bad.findings if finding.technology == name}
    assert len(own) >= 3
    assert {"critical", "high"} & {finding.severity for finding in bad.findings if finding.check_id in own}
    assert not [f"{f.path}:{f.line} {f.check_id}" for f in good.findings if f.severity not in {"low", "info"}]
    passed = {result.check_id for result in good.results if result.status == "pass"}
    assert len(own & passed) * 2 > len(own)
    for report in (bad, good):
        assert not report.diagnostics
        assert {file.status for file in report.coverage.files} == {"parsed"}
