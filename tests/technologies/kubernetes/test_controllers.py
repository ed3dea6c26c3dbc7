"""The NGINX ingress controller and the ConfigMap that its Pod names."""

import pytest

from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.kubernetes import IngressController

POD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: front, namespace: web}
spec:
  template:
    metadata: {labels: {app: front}}
    spec:
      containers:
        - {name: front, image: IMAGE, args: [ARGS]}
"""
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME, namespace: web}\ndata: {hsts: 'false'}\n"
IMAGE = "registry.k8s.io/ingress-nginx/controller:v1.12.1@sha256:" + "0" * 64


def found(image: str, args: str, name: str = "front") -> list[IngressController]:
    text = "---\n".join([POD.replace("IMAGE", image).replace("ARGS", args), MAP.replace("NAME", name)])
    estate = take_estate(MemoryTree({"k8s/all.yaml": text}))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, IngressController)]


@pytest.mark.parametrize(
    ("image", "args", "count"),
    [
        (IMAGE, "--configmap=$(POD_NAMESPACE)/front", 1),
        ("example/mirror:1", "/nginx-ingress-controller, --configmap=web/front", 1),
        ("example/other:1", "--configmap=web/front", 0),
        (IMAGE, "--election-id=x", 0),
    ],
)
def test_which_containers_are_controllers(image: str, args: str, count: int) -> None:
    controllers = found(image, args)
    assert [each.text("hsts", "true") for each in controllers] == ["false"] * count


def test_a_config_map_that_is_elsewhere_is_not_known() -> None:
    (controller,) = found(IMAGE, "--configmap=web/front", name="other")
    assert isinstance(controller.text("hsts", "true"), Unknown)
    assert controller.where("hsts") == controller.at


def test_what_is_not_set_has_its_default() -> None:
    (controller,) = found(IMAGE, "--configmap=web/front")
    assert controller.text("ssl-protocols", "TLSv1.2 TLSv1.3") == "TLSv1.2 TLSv1.3"
