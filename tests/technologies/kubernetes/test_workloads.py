"""From Pod templates to containers as they will run."""

import json

import pytest

from auditor.model.exposure import Reach
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import MountKind, Role
from tests.technologies.kubernetes.estate import deployment, workload, workloads

POD = {"containers": [{"name": "main", "image": "nginx:1.27"}]}
TEMPLATE = {"template": {"spec": POD}}


@pytest.mark.parametrize(
    ("version", "kind", "spec", "replicas"),
    [
        ("v1", "Pod", POD, None),
        ("v1", "ReplicationController", TEMPLATE, 1),
        ("apps/v1", "Deployment", {"replicas": 3, **TEMPLATE}, 3),
        ("apps/v1", "StatefulSet", TEMPLATE, 1),
        ("apps/v1", "DaemonSet", TEMPLATE, None),
        ("apps/v1", "ReplicaSet", TEMPLATE, 1),
        ("batch/v1", "Job", TEMPLATE, None),
        ("batch/v1", "CronJob", {"jobTemplate": {"spec": TEMPLATE}}, None),
    ],
)
def test_every_kind_that_makes_pods(version: str, kind: str, spec: object, replicas: int | None) -> None:
    text = json.dumps(
        {"apiVersion": version, "kind": kind, "metadata": {"name": "app", "namespace": "ns"}, "spec": spec}
    )
    found = workload(text)
    assert found.component == f"{kind.lower()}/ns/app/main"
    assert found.origin == "kubernetes"
    assert (found.replicas.value if found.replicas else None) == replicas
    assert found.role is (Role.JOB if "Job" in kind else Role.SERVICE)


@pytest.mark.parametrize(
    ("version", "kind"), [("serving.knative.dev/v1", "Service"), ("example.org/v1", "Deployment"), ("v1", "Deployment")]
)
def test_kinds_of_other_groups_make_none(version: str, kind: str) -> None:
    text = json.dumps({"apiVersion": version, "kind": kind, "metadata": {"name": "a"}, "spec": TEMPLATE})
    assert workloads({"a.json": text}) == {}


def test_lists_hold_objects() -> None:
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": POD}
    assert list(workloads({"a.json": json.dumps({"apiVersion": "v1", "kind": "List", "items": [pod]})})) == [
        "pod/default/a/main"
    ]


def test_init_containers_and_sidecars() -> None:
    text = deployment(
        "",
        "      initContainers:\n        - name: setup\n          image: a\n"
        "        - name: proxy\n          image: b\n          restartPolicy: Always\n",
    )
    assert {w.name: w.role for w in workloads({"a.yaml": text}).values()} == {
        "setup": Role.INIT,
        "proxy": Role.SERVICE,
        "main": Role.SERVICE,
    }


def test_security_context_of_the_container_comes_before_the_pods() -> None:
    found = workload(
        deployment(
            "          securityContext:\n            runAsUser: 0\n",
            "      securityContext:\n        runAsUser: 1000\n        runAsNonRoot: true\n"
            "        seccompProfile:\n          type: RuntimeDefault\n",
        )
    )
    assert found.user is not None
    assert found.user.value == "0"
    assert found.run_as_non_root is not None
    assert found.run_as_non_root.value is True
    assert found.seccomp is not None
    assert found.seccomp.value == "RuntimeDefault"
    assert found.privileged is None


def test_a_templated_security_context_is_unknown_not_absent() -> None:
    found = workload(
        deployment("          securityContext:\n            {{- toYaml .Values.security | nindent 12 }}\n")
    )
    assert found.privileged is not None
    assert isinstance(found.privileged.value, Unknown)
    assert found.memory_limit is None
    assert found.templated


CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  HOST: db\n  redis.conf: |\n    port 6379\n    bind 0.0.0.0\n"


def test_environment_from_every_place() -> None:
    found = workload(
        deployment(
            "          envFrom:\n            - prefix: P_\n              configMapRef:\n                name: settings\n"
            "          env:\n            - name: PLAIN\n              value: text\n"
            "            - name: URL\n              value: http://$(PLAIN)/$$(PLAIN)/$(NONE)\n"
            "            - name: HOST\n              valueFrom:\n                configMapKeyRef:\n"
            "                  name: settings\n                  key: HOST\n"
            "            - name: PASSWORD\n              valueFrom:\n                secretKeyRef:\n"
            "                  name: database\n                  key: password\n"
            "            - name: IP\n              valueFrom:\n                fieldRef:\n                  fieldPath: status.podIP\n"
            "            - name: LATER\n              value: ${LATER}\n"
        ),
        CONFIG,
    )
    values = {name: variable.value for name, variable in found.environment.items()}
    assert values["P_HOST"] == "db"
    assert values["PLAIN"] == "text"
    assert values["URL"] == "http://text/$(PLAIN)/$(NONE)"
    assert values["HOST"] == "db"
    assert found.environment["HOST"].at == Location("k8s/1.yaml", 6, 9, 6, 10)
    assert isinstance(values["PASSWORD"], Unknown)
    assert found.environment["PASSWORD"].reference == "Secret database#password"
    assert isinstance(values["IP"], Unknown)
    assert isinstance(values["LATER"], Unknown)
    assert found.environment_open is None


def test_what_is_not_in_the_tree_leaves_the_environment_open() -> None:
    found = workload(deployment("          envFrom:\n            - secretRef:\n                name: elsewhere\n"))
    assert found.environment_open == "Secret elsewhere"


def test_env_comes_before_env_from() -> None:
    found = workload(
        deployment(
            "          env:\n            - name: HOST\n              value: mine\n"
            "          envFrom:\n            - configMapRef:\n                name: settings\n"
        ),
        CONFIG,
    )
    assert found.environment["HOST"].value == "mine"


def test_words_of_the_command_are_expanded() -> None:
    found = workload(
        deployment(
            '          command: ["redis-server"]\n          args: ["--requirepass", "$(PW)", "--port=$(PORT)", "--a=$(PW)"]\n'
            "          env:\n            - name: PORT\n              value: '7000'\n            - name: PW\n"
            "              valueFrom:\n                secretKeyRef:\n                  name: a\n                  key: b\n"
        )
    )
    words = [word.value for word in found.arguments]
    assert words[:2] == ["redis-server", "--requirepass"]
    assert isinstance(words[2], Unknown)
    assert words[3] == "--port=7000"
    assert words[4] == f"--a={HOLE}"


def test_a_folder_of_a_config_map_is_one_mount_for_each_key() -> None:
    found = workload(
        deployment(
            "          volumeMounts:\n            - name: c\n              mountPath: /etc/redis\n"
            "            - name: c\n              mountPath: /one/file.conf\n              subPath: redis.conf\n",
            "      volumes:\n        - name: c\n          configMap:\n            name: settings\n",
        ),
        CONFIG,
    )
    assert [(m.kind, m.target) for m in found.mounts] == [
        (MountKind.CONFIG, "/etc/redis/HOST"),
        (MountKind.CONFIG, "/etc/redis/redis.conf"),
        (MountKind.CONFIG, "/one/file.conf"),
    ]
    content = found.mounts[2].content
    assert content is not None
    assert content.text.startswith("port 6379")
    assert content.at(2, 6) == Location("k8s/1.yaml", 9, 10)
    assert content.name == "redis.conf"


@pytest.mark.parametrize(
    ("volume", "kind"),
    [
        ("emptyDir: {}", MountKind.EPHEMERAL),
        ("secret:\n            secretName: s", MountKind.SECRET),
        ("persistentVolumeClaim:\n            claimName: s", MountKind.VOLUME),
        ("hostPath:\n            path: /var/run", MountKind.BIND),
        ("configMap:\n            name: elsewhere", MountKind.UNKNOWN),
        ("nfs:\n            server: a\n            path: /b", MountKind.VOLUME),
        ("csi:\n            driver: secrets-store.csi.k8s.io", MountKind.SECRET),
        ("projected:\n            sources:\n              - secret:\n                  name: s", MountKind.SECRET),
    ],
)
def test_volumes(volume: str, kind: MountKind) -> None:
    found = workload(
        deployment(
            "          volumeMounts:\n            - name: v\n              mountPath: /v\n              readOnly: true\n",
            f"      volumes:\n        - name: v\n          {volume}\n",
        )
    )
    (mount,) = found.mounts
    assert (mount.kind, mount.target, mount.read_only) == (kind, "/v", True)


def test_items_rename_keys() -> None:
    found = workload(
        deployment(
            "          volumeMounts:\n            - name: c\n              mountPath: /etc/redis\n",
            "      volumes:\n        - name: c\n          configMap:\n            name: settings\n"
            "            items:\n              - key: redis.conf\n                path: conf.d/my.conf\n",
        ),
        CONFIG,
    )
    assert [m.target for m in found.mounts] == ["/etc/redis/conf.d/my.conf"]


@pytest.mark.parametrize(
    "data",
    ["stringData:\n  grafana.ini: |\n    [server]\n", "data:\n  grafana.ini: W3NlcnZlcl0K\n"],
    ids=["text", "base64"],
)
@pytest.mark.parametrize(
    ("mount", "volume", "target"),
    [
        ("mountPath: /etc/g", "secret:\n            secretName: s", "/etc/g/grafana.ini"),
        ("mountPath: /etc/g/a.ini\n              subPath: grafana.ini", "secret:\n            secretName: s", "/etc/g/a.ini"),
        ("mountPath: /etc/g", "projected:\n            sources:\n              - secret:\n                  name: s", "/etc/g/grafana.ini"),
        ("mountPath: /etc/g", "secret:\n            secretName: s\n            items: [{key: grafana.ini, path: b.ini}]", "/etc/g/b.ini"),
    ],
    ids=["whole", "one file", "projected", "renamed"],
)  # fmt: skip
def test_configuration_in_a_secret(mount: str, volume: str, target: str, data: str) -> None:
    found = workload(
        deployment(
            f"          volumeMounts:\n            - name: v\n              {mount}\n",
            f"      volumes:\n        - name: v\n          {volume}\n",
        ),
        f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n{data}",
    )
    assert [(mount.target, mount.content and mount.content.text) for mount in found.mounts] == [(target, "[server]\n")]


def service(kind: str, target: str = "80", selector: str = "app", extra: str = "") -> str:
    return (
        f"apiVersion: v1\nkind: Service\nmetadata:\n  name: front\nspec:\n{kind}{extra}  selector:\n    app: {selector}\n"
        f"  ports:\n    - port: 8080\n      targetPort: {target}\n"
    )


PORTS = "          ports:\n            - name: web\n              containerPort: 80\n"


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        (service(""), Reach.CONTAINER_NETWORK),
        (service("  type: ClusterIP\n"), Reach.CONTAINER_NETWORK),
        (service("  type: LoadBalancer\n"), Reach.PUBLISHED),
        (service("  type: NodePort\n", "web"), Reach.PUBLISHED),
        (service("", extra="  externalIPs: [192.0.2.1]\n"), Reach.PUBLISHED),
        (service("  type: LoadBalancer\n", selector="other"), Reach.CONTAINER_NETWORK),
        (service("  type: LoadBalancer\n", "81"), Reach.CONTAINER_NETWORK),
        (service("  type: {{ .Values.type }}\n"), Reach.UNKNOWN),
    ],
)
def test_services_decide_who_reaches_a_port(text: str, reach: Reach) -> None:
    found = workload(deployment(PORTS), text)
    assert found.exposure(80).reach is reach


def test_the_service_is_named_where_it_publishes() -> None:
    found = workload(deployment(PORTS), service("  type: LoadBalancer\n"))
    exposure = found.exposure(80)
    assert exposure.at == Location("k8s/1.yaml", 6, 9, 6, 20)
    assert "Service front (LoadBalancer)" in exposure.reason


def test_a_service_means_the_closest_pods() -> None:
    found = workloads(
        {
            "a/app.yaml": deployment(PORTS),
            "a/service.yaml": service("  type: LoadBalancer\n"),
            "b/app.yaml": deployment(PORTS),
        }
    )
    reaches = {name: w.exposure(80).reach for name, w in found.items()}
    assert reaches == {
        "deployment/default/app/main": Reach.PUBLISHED,
        "deployment/default/app/main@b/app.yaml": Reach.CONTAINER_NETWORK,
    }


def policy(rules: str) -> str:
    return (
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: app, namespace: care}\n"
        f"spec:\n  podSelector: {{matchLabels: {{app: app}}}}\n  policyTypes: [Ingress]\n  ingress: {rules}\n"
    )


def test_of_policies_with_one_name_the_closest_is_meant() -> None:
    pods = deployment(PORTS).replace("  name: app\nspec", "  name: app\n  namespace: care\nspec")
    found = workloads(
        {
            "production/app.yaml": pods,
            "production/policy.yaml": policy("[]"),
            "test/app.yaml": pods,
            "test/policy.yaml": policy("[{}]"),
        }
    )
    reaches = {name.rpartition("@")[2]: w.exposure(80).reach for name, w in found.items()}
    assert reaches == {
        "deployment/care/app/main": Reach.NAMED_PEERS,
        "test/app.yaml": Reach.CONTAINER_NETWORK,
    }


def test_host_ports_and_the_host_network() -> None:
    on_host = workload(deployment("          ports:\n            - containerPort: 80\n              hostPort: 80\n"))
    assert on_host.exposure(80).reach is Reach.PUBLISHED
    assert workload(deployment(PORTS, "      hostNetwork: true\n")).exposure(80).reach is Reach.HOST_NETWORK


def test_an_autoscaler_decides_on_the_number_of_pods() -> None:
    scaler = (
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: a\nspec:\n  minReplicas: 2\n"
        "  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: app\n"
    )
    found = workload(deployment("", spec="  replicas: 1\n"), scaler)
    assert found.replicas is not None
    assert found.replicas.value == 2


@pytest.mark.parametrize(
    ("pod", "account", "mounted"),
    [
        ("", "true", None),
        ("      automountServiceAccountToken: false\n", "true", False),
        ("      serviceAccountName: app\n", "false", False),
        ("      serviceAccountName: app\n      automountServiceAccountToken: true\n", "false", True),
    ],
)
def test_the_pod_decides_on_the_token_before_its_account(pod: str, account: str, mounted: bool | None) -> None:
    text = f"apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\nautomountServiceAccountToken: {account}\n"
    token = workload(deployment("", pod), text).automount_token
    assert (token.value if token else None) is mounted


def test_a_limit_range_gives_limits() -> None:
    limits = (
        "apiVersion: v1\nkind: LimitRange\nmetadata:\n  name: a\nspec:\n  limits:\n    - type: Container\n"
        "      default:\n        memory: 512Mi\n"
    )
    found = workload(deployment(""), limits)
    assert found.memory_limit is not None
    assert found.memory_limit.value == "512Mi"
    assert found.cpu_limit is None
