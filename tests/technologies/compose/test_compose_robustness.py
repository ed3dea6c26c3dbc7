"""Projects of any shape are read without a fault."""

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.discovery import examine
from auditor.inventory.files import Files
from auditor.model.workload import Workload
from auditor.sources.tree import MemoryTree
from auditor.technologies.compose import COMPOSE

KEYS = st.sampled_from(
    "image build command entrypoint environment env_file ports expose volumes configs secrets deploy resources limits "
    "memory replicas restart_policy condition healthcheck test disable extends service file depends_on user privileged "
    "security_opt cap_add read_only network_mode tmpfs labels context dockerfile dockerfile_inline args target source "
    "type published host_ip content external driver_opts o device include path".split()
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 99999),
    st.sampled_from(
        ["x:1", "a", "b", "./a", "/", "..", "${A}", "${A:-b}", "$", "A=1", "1-9:1-9", "compose.yaml", "::", ""]
    ),
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
SERVICES = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.dictionaries(KEYS, TREES, max_size=6), max_size=3)
FILES = st.fixed_dictionaries(
    {"services": SERVICES},
    optional={
        "include": TREES,
        "volumes": st.dictionaries(st.sampled_from(["a", "b"]), TREES, max_size=2),
        "configs": st.dictionaries(st.sampled_from(["a", "b"]), TREES, max_size=2),
        "secrets": st.dictionaries(st.sampled_from(["a", "b"]), TREES, max_size=2),
    },
)


@settings(deadline=None)
@given(FILES, FILES, FILES)
def test_any_project_gives_workloads_with_places(
    base: dict[str, object], override: dict[str, object], variant: dict[str, object]
) -> None:
    files = {
        "compose.yaml": yaml.safe_dump(base),
        "compose.override.yaml": yaml.safe_dump(override),
        "compose.prod.yaml": yaml.safe_dump(variant),
        ".env": "A=1\n",
    }
    tree = MemoryTree(files)
    examined = tuple(examine(tree))
    documents = [document for item in examined for name, document in item.documents if name == "compose"]
    seen: set[str] = set()
    for fact in COMPOSE.facts(documents, Files(tree, examined)):
        assert isinstance(fact, Workload)
        assert fact.component not in seen
        seen.add(fact.component)
        assert fact.at.path in files
        places = [mount.at for mount in fact.mounts] + [port.at for port in fact.ports]
        places += [variable.at for variable in fact.environment.values()]
        for at in places:
            assert at.line <= files[at.path].count("\n") + 1
