"""What of a Dockerfile is in the image, and what only in stages that are left behind."""

from auditor.model.image import ImageBuild
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

TEXT = """\
FROM debian:12 AS base
COPY --chmod=0755 base.sh /
FROM base AS build
COPY id_rsa /root/
RUN chmod 777 /go
FROM base
COPY --from=build --chmod=0777 ["/out/a", "/out/b", "/opt/"]
ADD plain.txt /
COPY <<EOT /etc/app.conf
x
EOT
RUN chmod 700 /opt
"""


def build() -> ImageBuild:
    (found,) = (fact for fact in take_estate(MemoryTree({"Dockerfile": TEXT})).facts if isinstance(fact, ImageBuild))
    return found


def test_sources_of_the_final_stages_are_kept() -> None:
    assert {copy.value for copy in build().copies} == {"base.sh", "/out/a", "/out/b", "plain.txt"}


def test_commands_and_modes_of_the_final_stages_are_kept() -> None:
    assert [command.value for command in build().kept_commands] == ["chmod 700 /opt"]
    assert len(build().commands) == 2
    assert {mode.value for mode in build().modes} == {"0755", "0777"}


def test_a_source_has_its_place() -> None:
    (copy,) = (copy for copy in build().copies if copy.value == "/out/b")
    line = TEXT.split("\n")[copy.at.line - 1]
    assert line[copy.at.column - 1 : copy.at.end_column] == "/out/b"
