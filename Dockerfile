# The auditor as a container: docker run --rm --network none -v "$PWD:/scan:ro" auditor scan .
#
# It reads /scan and writes reports only where --format NAME=FILE says, so it runs with a read-only root
# filesystem and under any user id. Without -u it runs as 65532, which must be able to read what is mounted.

# python:3.13.14-slim-trixie; move tag and digest together.
ARG BASE=python:3.13.14-slim-trixie@sha256:6771159cd4fa5d9bba1258caf0b82e6b73458c694d178ad97c5e925c2d0e1a91

FROM ${BASE} AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY auditor auditor
COPY checks checks
COPY profiles profiles
COPY reports reports
RUN python -m venv /opt/build && \
    /opt/build/bin/python -m pip install --no-cache-dir -c constraints.txt pip hatchling
RUN /opt/build/bin/python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /dist .
# The environment that is kept has no pip and no build tool in it.
RUN python -m venv --without-pip /opt/auditor && \
    /opt/build/bin/python -m pip --python /opt/auditor/bin/python install --no-cache-dir -c constraints.txt /dist/*.whl
RUN /opt/auditor/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/auditor/lib

FROM ${BASE}
COPY --from=build /opt/auditor /opt/auditor
# A foreign user id has no home; nothing is kept in this one.
ENV PATH=/opt/auditor/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 65532:65532
WORKDIR /scan
ENTRYPOINT ["auditor"]
CMD ["--help"]
