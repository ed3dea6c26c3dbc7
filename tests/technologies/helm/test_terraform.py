"""Releases that Terraform installs."""

import pytest

from auditor.model.unknown import Unknown
from auditor.technologies.redis import Redis

from .releases import facts

RELEASE = """resource "helm_release" "cache" {
  name       = "cache"
  namespace  = "clinic"
  repository = "https://charts.bitnami.com/bitnami"
  chart      = "redis"
  version    = "20.1.0"
%s
}
"""
HEREDOC = "  values = [<<-EOT\n    auth:\n      enabled: false\n    EOT\n  ]"


def master(inner: str, **files: str) -> Redis:
    return facts(Redis, {"main.tf": RELEASE % inner, "files/cache.yaml": "auth:\n  enabled: false\n", **files})[0]


@pytest.mark.parametrize(
    ("inner", "place"),
    [
        (HEREDOC, "main.tf:9"),
        ('  values = [file("${path.module}/files/cache.yaml")]', "files/cache.yaml:2"),
        ('  values = [file("files/cache.yaml")]', "files/cache.yaml:2"),
        ("  values = [yamlencode({\n    auth = { enabled = false }\n  })]", "main.tf:8"),
        ('  set {\n    name = "auth.enabled"\n    value = "false"\n  }', "main.tf:9"),
        ('  set = [{\n    name  = "auth.enabled"\n    value = false\n  }]', "main.tf:9"),
    ],
)
def test_values_of_a_resource(inner: str, place: str) -> None:
    redis = master(inner)
    assert not isinstance(redis.users, Unknown)
    assert redis.users["default"].nopass
    assert redis.component == "statefulset/clinic/cache-redis-master/redis"
    assert str(redis.where("requirepass")) == place


@pytest.mark.parametrize(
    "inner",
    [
        "  values = [var.values]",
        '  values = [templatefile("files/cache.yaml", {})]',
        '  values = [file("files/missing.yaml")]',
        "  values = [<<-EOT\n    auth:\n      enabled: ${var.auth}\n    EOT\n  ]",
        "  values = [yamlencode({ auth = { enabled = var.auth } })]",
        '  set {\n    name = "auth.enabled"\n    value = var.auth\n  }',
        '  dynamic "set" {\n    for_each = var.more\n    content {}\n  }',
    ],
)
def test_values_that_are_computed_are_not_known(inner: str) -> None:
    assert isinstance(master(inner).users, Unknown)


@pytest.mark.parametrize("inner", ["  count = var.number", "  for_each = var.all"])
def test_a_resource_that_may_not_be_made_is_not_judged(inner: str) -> None:
    assert not facts(Redis, {"main.tf": RELEASE % inner})


def test_later_values_and_set_win() -> None:
    inner = HEREDOC.replace("  ]", "  , yamlencode({ auth = { enabled = true } })]")
    redis = master(inner)
    assert not isinstance(redis.users, Unknown)
    assert not redis.users["default"].nopass
