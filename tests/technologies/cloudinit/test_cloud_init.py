"""Files that cloud-init and Terraform's heredocs hold are read as what they are, at their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.cloud_init import written_files
from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.redis import Redis
from auditor.technologies.systemd import SystemdService

CLOUD = """\
#cloud-config
packages: [redis-server]
write_files:
  - path: /etc/redis/redis.conf
    content: |
      bind 0.0.0.0
      protected-mode no
  - path: /etc/systemd/system/api.service
    content: |
      [Service]
      ExecStart=/usr/local/bin/api
  - path: /etc/redis/other.conf
    encoding: b64
    content: YmluZCAwLjAuMC4wCg==
"""


def facts(files: dict[str, str]) -> list[Service | SystemdService]:
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, Service | SystemdService)]


def test_the_files_that_cloud_init_writes() -> None:
    found = facts({"web.yaml": CLOUD})
    (redis,) = [fact for fact in found if isinstance(fact, Redis)]
    (unit,) = [fact for fact in found if isinstance(fact, SystemdService)]
    assert (redis.where("bind").path, redis.where("bind").line) == ("web.yaml", 6)
    assert (unit.component, unit.at.line) == ("api.service", 10)


def test_a_file_that_only_mentions_cloud_config_is_another_s() -> None:
    assert facts({"web.yaml": CLOUD.replace("#cloud-config", "# cloud-config")}) == []


HEREDOC = 'resource "aws_instance" "web" {\n  user_data = <<-EOT\n    #cloud-config\n    write_files:\n      - path: /etc/redis/redis.conf\n        content: |\n          bind 0.0.0.0\n          maxmemory ${var.memory}\n  EOT\n}\n'


CONFIG_MAP = """\
resource "kubernetes_config_map" "redis" {
  data = {
    "redis.conf" = <<EOT
bind 0.0.0.0
maxmemory ${var.memory}
EOT
  }
}
"""
LOCAL_FILE = """\
resource "local_file" "redis" {
  filename = "${path.module}/redis.conf"
  content  = <<EOT
bind 0.0.0.0
maxmemory ${var.memory}
EOT
}
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEREDOC, 7),
        (HEREDOC.replace("<<-EOT", "base64encode(<<-EOT").replace("  EOT\n", "  EOT\n  )\n"), 7),
        (
            CONFIG_MAP,
            4,
        ),
        (
            LOCAL_FILE,
            4,
        ),
    ],
)
def test_a_heredoc_that_is_a_file(text: str, line: int) -> None:
    (redis,) = facts({"main.tf": text})
    assert isinstance(redis, Redis)
    assert (redis.where("bind").path, redis.where("bind").line) == ("main.tf", line)
    assert redis.text("bind") == "0.0.0.0"
    assert isinstance(redis.text("maxmemory"), Unknown)


def test_a_heredoc_without_a_file_s_name_is_plain_text() -> None:
    assert facts({"main.tf": 'resource "x" "y" {\n  note = <<EOT\nbind 0.0.0.0\nprotected-mode no\nEOT\n}\n'}) == []


@given(st.text("#- :|\n{}[]cloudwritefiles_pathcontent", max_size=120))
def test_any_text_is_read(text: str) -> None:
    for source in written_files(Source(path="x", text="#cloud-config\n" + text)):
        assert source.name
