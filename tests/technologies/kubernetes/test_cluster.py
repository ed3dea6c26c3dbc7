"""Facts about a cluster: roles, its own programs, its policies."""

import pytest

from auditor.model.unknown import Unknown
from auditor.technologies.kubernetes import ApiServer, AuditPolicy, Etcd, NamespaceOverview, RbacRole
from tests.technologies.kubernetes.estate import deployment, facts


def pod(program: str, lines: str) -> str:
    return f"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: a\n      command:\n        - {program}\n{lines}"


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("--profiling=false", False),
        ("--profiling=0", False),
        ("--profiling", True),
        ("-profiling=F", False),
        ("--other=1", True),
    ],
)
def test_flags_are_read_as_go_does(word: str, value: bool) -> None:
    (server,) = facts(ApiServer, {"a.yaml": pod("/usr/bin/kube-apiserver", f"        - {word}\n")})
    assert server.is_on("profiling", default=True) is value


def test_the_last_flag_wins_and_a_value_may_be_its_own_word() -> None:
    lines = "        - --audit-log-path=a\n        - --audit_log_path\n        - b\n"
    (server,) = facts(ApiServer, {"a.yaml": pod("kube-apiserver", lines)})
    assert server.flag("audit-log-path") == "b"
    assert server.where("audit-log-path").line == 12


def test_a_templated_command_line_decides_nothing() -> None:
    (server,) = facts(ApiServer, {"a.yaml": pod("kube-apiserver", "        - {{ .Values.flag }}\n")})
    assert isinstance(server.flag("audit-policy-file"), Unknown)


@pytest.mark.parametrize("program", ["sh", "kube-apiserver-proxy", "echo"])
def test_other_programs_are_none(program: str) -> None:
    assert facts(ApiServer, {"a.yaml": pod(program, "        - kube-apiserver\n")}) == []


def test_etcd_reads_variables_below_its_flags() -> None:
    lines = (
        "        - --client-cert-auth=false\n      env:\n        - name: ETCD_CLIENT_CERT_AUTH\n          value: 'true'\n"
        "        - name: ETCD_LISTEN_PEER_URLS\n          value: https://10.0.0.1:2380\n"
    )
    (server,) = facts(Etcd, {"a.yaml": pod("etcd", lines)})
    assert server.is_on("client-cert-auth", default=False) is False
    assert server.flag("listen-peer-urls") == "https://10.0.0.1:2380"


def test_a_file_replaces_etcds_flags() -> None:
    (server,) = facts(Etcd, {"a.yaml": pod("etcd", "        - --config-file=/etc/etcd.yml\n        - --name=a\n")})
    assert isinstance(server.flag("name"), Unknown)


ROLE = (
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: {}\nrules:\n"
    "  - apiGroups: ['']\n    resources: [secrets]\n    verbs: [get]\n"
)


def test_roles_of_kubernetes_itself_are_left_out() -> None:
    assert [r.name for r in facts(RbacRole, {"a.yaml": ROLE.format("system:x") + "---\n" + ROLE.format("y")})] == ["y"]


@pytest.mark.parametrize(
    ("rule", "request_", "level"),
    [
        ("resources: [{group: '', resources: [pods]}]", ("pods/exec", "", "create"), None),
        ("resources: [{group: '', resources: ['pods/*']}]", ("pods/exec", "", "create"), "Metadata"),
        ("resources: [{group: ''}]", ("pods/exec", "", "create"), "Metadata"),
        ("resources: [{group: apps}]", ("secrets", "", "get"), None),
        ("verbs: [watch]", ("secrets", "", "get"), None),
        ("users: [a]", ("secrets", "", "get"), None),
        ("nonResourceURLs: ['/healthz*']", ("secrets", "", "get"), None),
        ("omitStages: [RequestReceived]", ("secrets", "", "get"), "Metadata"),
    ],
)
def test_the_first_matching_audit_rule_decides(rule: str, request_: tuple[str, str, str], level: str | None) -> None:
    text = f"apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n  - level: Metadata\n    {rule}\n"
    (policy,) = facts(AuditPolicy, {"a.yaml": text})
    found = policy.rule_for(*request_)
    assert (found.level if found else None) == level


def test_one_overview_for_each_namespace() -> None:
    def named(namespace: str) -> str:
        return deployment("").replace("  name: app\nspec", f"  name: app\n  namespace: {namespace}\nspec")

    policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\n  namespace: two\n"
    found = facts(
        NamespaceOverview, {"a.yaml": named("one"), "b.yaml": named("two"), "c.yaml": named("one"), "p.yaml": policy}
    )
    assert [(n.name, n.network_policies, n.written) for n in found] == [("one", 0, True), ("two", 1, True)]
