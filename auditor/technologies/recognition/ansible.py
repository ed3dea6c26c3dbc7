"""Which files are Ansible's: its settings, inventories, variables, playbooks and lists of tasks."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = (".j2", ".sample", ".example", ".dist", ".template", ".tmpl")
_TREES = (".yml", ".yaml")
_OTHERS = (".cfg", ".ini", *_VARIANT)
_VARIABLES = lazy(r"(?:^|/)(?:group_vars|host_vars)/[^/]+(?:/[^/]+)?$")
_ROLE = lazy(r"(?:^|/)roles/[^/]+/(?:vars|defaults|tasks|handlers)/")
_TASKS = lazy(r"(?:^|/)(?:tasks|handlers)/")
_ENTRY = lazy(r"^\$ANSIBLE_VAULT;|^[\"']?[A-Za-z_][\w-]*[\"']?[ ]*:(?:[ ]|$)", re.M)
_ITEM = lazy(r"^-[ ]+[A-Za-z_][\w.]*[ ]*:", re.M)
_PLAY = lazy(r"^-[ ]+(?:name|hosts|become|gather_facts|(?:ansible\.builtin\.)?import_playbook)[ ]*:", re.M)
_HOSTS = lazy(r"^(?:-[ ]+|[ ]+)hosts[ ]*:", re.M)
_PART_OF_PLAY = lazy(
    r"^(?:-[ ]+|[ ]+)(?:tasks|roles|pre_tasks|post_tasks|handlers|vars_files|gather_facts|become|remote_user)[ ]*:",
    re.M,
)
_IMPORT = lazy(r"^-[ ]+(?:ansible\.builtin\.)?import_playbook[ ]*:", re.M)
_TASK = lazy(r"^-[ ]+(?:name|block|include_tasks|import_tasks|[a-z]\w*\.\w+\.\w+)[ ]*:", re.M)
_MODULE = lazy(
    r"^[ ]+(?:[a-z]\w*\.[a-z]\w*\.[a-z]\w*|apt|yum|dnf|package|copy|template|file|lineinfile|service|systemd|user|group"
    r"|shell|command|get_url|unarchive|git|pip|set_fact|debug|include_tasks|import_tasks|uri|cron|mount|sysctl)[ ]*:",
    re.M,
)
_GROUP = lazy(r"^\[[\w.:-]+\][ \t]*$", re.M)
_CONNECTION = lazy(
    r"\bansible_(?:host|user|connection|port|password|ssh_\w+|become\w*|winrm_\w+|private_key_file)[ \t]*="
)
_TREE_CONNECTION = lazy(r"^[ ]+[\"']?ansible_\w+[\"']?[ ]*:", re.M)
_TREE_HOSTS = lazy(r"^[ ]+hosts[ ]*:[ ]*(?:#.*)?$", re.M)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is Ansible's, None if it is not."""
    if name.endswith(_TREES):
        return _tree(path, head)
    if "." in name and not name.endswith(_OTHERS):
        return None
    plain = name
    for ending in _VARIANT:
        plain = plain.removesuffix(ending)
    if plain.endswith(_TREES):
        return _tree(path, head)
    if plain == "ansible.cfg":
        return Recognition("Ansible's settings by its name", 3) if _GROUP.search(head) else None
    if "_vars/" in path and _VARIABLES.search(path) and "." not in plain and _ENTRY.search(head):
        return Recognition("in a folder of Ansible's variables", 2)
    if "ansible_" in head and "." not in plain.removesuffix(".ini").removesuffix(".cfg"):
        is_inventory = _GROUP.search(head) is not None and _CONNECTION.search(head) is not None
        return Recognition("groups of hosts with Ansible's connection variables", 2) if is_inventory else None
    return None


def _tree(path: str, head: str) -> Recognition | None:
    if "_vars/" in path and _VARIABLES.search(path) and _ENTRY.search(head):
        return Recognition("in a folder of Ansible's variables", 2)
    if "roles/" in path and _ROLE.search(path) and (_ENTRY.search(head) or _ITEM.search(head)):
        return Recognition("in a folder of one of Ansible's roles", 2)
    has_list = head.startswith("- ") or "\n- " in head
    if has_list and "hosts" in head and _HOSTS.search(head) and _PLAY.search(head) and _PART_OF_PLAY.search(head):
        return Recognition("a play: hosts, and what is done on them", 3)
    if has_list and "import_playbook" in head and _IMPORT.search(head):
        return Recognition("it imports playbooks", 3)
    if (
        ("tasks/" in path or "handlers/" in path)
        and _TASKS.search(path)
        and _TASK.search(head)
        and _MODULE.search(head)
    ):
        return Recognition("a list of tasks in a folder for them", 3)
    if "ansible_" in head and _TREE_HOSTS.search(head) and _TREE_CONNECTION.search(head) and not _PLAY.search(head):
        return Recognition("groups of hosts with Ansible's connection variables", 3)
    return None


TECHNOLOGY = Registered(
    "ansible",
    "Ansible",
    "auditor.technologies.ansible:ANSIBLE",
    recognise,
    is_platform=True,
    files="ansible.cfg, inventories, group_vars, host_vars, roles, playbooks",
    versions="ansible-core 2.9 to 2.19",
)
