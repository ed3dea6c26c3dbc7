"""Ansible's files: which they are, what their tasks say, and the files that tasks write."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.discovery import recognise
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.ansible import ANSIBLE, AnsibleTasks, AnsibleValues, Value, truth
from auditor.technologies.ansible.values import secret_in
from auditor.technologies.redis import Redis
from auditor.technologies.sshd import Sshd

PLAYBOOK = """\
- hosts: all
  become: yes
  no_log: yes
  vars:
    db_password: quiet-Harbor-9
  pre_tasks:
    - name: words
      apt: name=nginx state="latest" force={{ forced }}
  tasks:
    - block:
        - name: open
          no_log: no
          ansible.builtin.command: /bin/true
        - name: hidden
          ansible.builtin.command:
            cmd: /bin/true
          args: {chdir: /srv}
      rescue:
        - local_action: copy src=a dest=b
    - include_tasks: other.yml
- import_playbook: other.yml
"""


def technology(path: str, text: str) -> str | None:
    found = recognise(path, text)
    return found[0].id if found is not None else None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("site.yml", PLAYBOOK),
        ("deploy/site.yaml", "---\n# all\n- import_playbook: web.yml\n"),
        ("ansible.cfg", "[defaults]\nforks = 5\n"),
        ("inventory/production", "[web]\nw1 ansible_host=10.0.0.1\n"),
        ("hosts", "w1 ansible_user=deploy\n[web]\nw1\n"),
        ("inventory/hosts.yml", "all:\n  hosts:\n    w1:\n      ansible_host: 10.0.0.1\n"),
        ("group_vars/all", "app_port: 80\n"),
        ("host_vars/w1/vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n6136\n"),
        ("roles/web/tasks/main.yml", "- apt: name=nginx\n- debug: msg=x\n"),
        ("roles/web/defaults/main.yml", "port: 80\n"),
        ("tasks/web.yml", "- name: install\n  apt:\n    name: nginx\n"),
    ],
)
def test_files_of_ansible(path: str, text: str) -> None:
    assert technology(path, text) == "ansible"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("compose.yaml", "services:\n  web:\n    image: nginx\n    extra_hosts:\n      - a:1.2.3.4\n"),
        ("ingress.yaml", "apiVersion: v1\nkind: Ingress\nspec:\n  tls:\n    - hosts:\n        - a\n"),
        ("values.yaml", "ingress:\n  hosts:\n    - name: chart\n"),
        ("hosts", "127.0.0.1 localhost\n"),
        ("ansible.md", PLAYBOOK),
        (".github/workflows/x.yml", "on: push\njobs:\n  a:\n    steps:\n      - name: hosts\n"),
        ("list.yml", "- name: one\n  hosts: 3\n"),
    ],
)
def test_other_files(path: str, text: str) -> None:
    assert technology(path, text) != "ansible"


def facts(files: dict[str, str]) -> list[object]:
    return list(take_estate(MemoryTree(files)).facts)


def test_tasks_with_what_is_around_them() -> None:
    (file,) = [fact for fact in facts({"site.yml": PLAYBOOK}) if isinstance(fact, AnsibleTasks)]
    words, open_, hidden, copied, included = file.tasks
    assert (words.module, words.text("name"), words.text("state")) == ("apt", "nginx", "latest")
    assert isinstance(words.text("force"), Unknown)
    place = words.where("name")
    assert PLAYBOOK.split("\n")[place.line - 1][place.column - 1 : place.end_column] == "nginx"
    assert [task.hides_log for task in file.tasks] == [True, False, True, True, True]
    assert open_.free is not None
    assert (hidden.text("cmd"), hidden.text("chdir")) == ("/bin/true", "/srv")
    assert (copied.module, copied.text("dest")) == ("copy", "b")
    assert included.module == "include_tasks"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mysql -p{{ db_password }}", "db_password"),
        ("{{ item.password }}", "item.password"),
        ("{{ users['a'].api_token }}", "api_token"),
        ("{{ hostvars.db.root_password | quote }}", "hostvars.db.root_password"),
        ("{{ db_password | password_hash('sha512') }}", None),
        ("{{ lookup('file', 'password') }}", None),
        ("{{ 'password' }}", None),
        ("{{ password_file }}", None),
        ("{{ db_password is defined }}", None),
        ("password: plain", None),
        ("{{ item.ssh_key | default('pair') }}", None),
        ("{{ admin_ssh_keys }}", None),
        ("{{ ssh_private_key }}", "ssh_private_key"),
    ],
)
def test_which_secret_jinja_puts_in(text: str, name: str | None) -> None:
    assert secret_in(text) == name


@pytest.mark.parametrize(
    ("word", "means"), [("yes", True), ("Off", False), ("0", False), ("TRUE", True), ("maybe", None)]
)
def test_booleans(word: str, means: bool | None) -> None:
    at = Source(path="a", text="").at()
    assert truth(Value(name="x", text=word, written=word, at=at)) is means


def test_variables_of_an_inventory() -> None:
    text = "[win]\nh1 ansible_port=5985 note='a b' # c=1\n; x=1\n[win:vars]\nansible_winrm_transport = basic\n[all:children]\nwin\n"
    (values,) = [fact for fact in facts({"inventory/hosts": text}) if isinstance(fact, AnsibleValues)]
    assert [(scope, value.name, value.text) for scope, value in values.values] == [
        ("h1", "ansible_port", "5985"),
        ("h1", "note", "a b"),
        ("[win]", "ansible_winrm_transport", "basic"),
    ]
    for _, value in values.values:
        line = text.split("\n")[value.at.line - 1]
        assert line[value.at.column - 1 : value.at.end_column] == value.text


def test_words_behind_a_module() -> None:
    """Compared with ansible-core 2.17.7, parse_kv."""
    text = "- file: path=/srv/{{ name }}.d mode='0640' owner=a=b state=\"x y\"\n"
    (task,) = ANSIBLE.parse(Source(path="roles/a/tasks/main.yml", text=text)).tasks
    assert {name: value.written for name, value in task.arguments.items()} == {
        "path": "/srv/{{ name }}.d",
        "mode": "0640",
        "owner": "a=b",
        "state": "x y",
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("h a=x#y b=z", {"a": "x"}),
        ("h a='x#y' b=z", {"a": "x#y", "b": "z"}),
        ("h a='it''s' # b=z", {"a": "its"}),
        ("h a=", {"a": ""}),
        ("[g:vars]\na = 5985 # note", {"a": "5985"}),
        ("[g:vars]\na = basic # note", {"a": "basic # note"}),
        ("[g:vars]\na = 'x y' # note", {"a": "x y"}),
        ("[g:vars]\na = x=y", {"a": "x=y"}),
    ],
)
def test_values_as_ansible_core_takes_them(line: str, expected: dict[str, str]) -> None:
    """Compared with ansible-core 2.17.7, InventoryManager."""
    document = ANSIBLE.parse(Source(path="hosts", text=f"[g]\n{line}\n"))
    assert {value.name: value.text for _, value in document.values} == expected


def test_secrets_of_variables_and_tasks_and_none_of_a_vault() -> None:
    text = """\
ansible_become_pass: quiet-Harbor-9
update_password: on_create
api_token: !vault |
  $ANSIBLE_VAULT;1.1;AES256
  6136
"""
    found = list(ANSIBLE.parse(Source(path="group_vars/all.yml", text=text)).assignments())
    assert [(assignment.key, assignment.server_secret) for assignment in found] == [("ansible_become_pass", True)]
    words = "- user: name=app password=quiet-Harbor-9 update_password=always\n"
    found = list(ANSIBLE.parse(Source(path="roles/a/tasks/main.yml", text=words)).assignments())
    assert [a.value for a in found if a.key == "password"] == ["quiet-Harbor-9"]
    assert "update_password" not in {a.key for a in found}
    assert not list(
        ANSIBLE.parse(Source(path="group_vars/v.yml", text="$ANSIBLE_VAULT;1.1;AES256\n61\n")).assignments()
    )


def test_a_file_that_a_task_writes_is_judged_as_that_file() -> None:
    text = """\
- hosts: all
  tasks:
    - copy:
        dest: "{{ folder }}/redis.conf"
        content: |
          bind 0.0.0.0
          protected-mode no
    - copy:
        dest: /etc/ssh/sshd_config
        content: |
          PermitRootLogin yes
          PasswordAuthentication yes
    - copy:
        dest: /etc/redis/{{ name }}
        content: bind 0.0.0.0
"""
    found = facts({"site.yml": text})
    (redis,) = [fact for fact in found if isinstance(fact, Redis)]
    assert (redis.where("bind").line, redis.where("bind").path) == (6, "site.yml")
    (sshd,) = [fact for fact in found if isinstance(fact, Sshd)]
    assert sshd.where("permitrootlogin").line == 11


def test_variables_that_are_no_yaml_without_jinja() -> None:
    text = "{% if a %}\nport: 80\n{% endif %}\nname: x\n"
    document = ANSIBLE.parse(Source(path="group_vars/all.yml", text=text))
    assert "name" in {value.name for _, value in document.values}


@given(st.text(alphabet="ab=' \"{}[]:#\n", max_size=60))
def test_any_inventory_is_taken(text: str) -> None:
    source = Source(path="hosts", text="[a]\n" + text)
    for _, value in ANSIBLE.parse(source).values:
        assert value.at.line >= 1


_TREE = st.recursive(
    st.none() | st.booleans() | st.sampled_from(["a", "a=b c='d", "{{ item.password }}", "0777", "/tmp"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "name block args loop copy content dest shell debug no_log action vars line mode with_items".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.lists(_TREE, max_size=4))
def test_any_list_of_tasks_is_taken(tree: list[object]) -> None:
    document = ANSIBLE.parse(Source(path="roles/a/tasks/main.yml", text=json.dumps(tree)))
    for task in document.tasks:
        assert task.module
        task.logged_secret()
        assert len(list(task.possible("line"))) <= 10
    list(document.assignments())
    list(document.embedded())


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("host_key_checking = True", "True"),
        ("HOST_KEY_CHECKING = True ; no # comment", "True"),
        ("host_key_checking = True # no comment", "True # no comment"),
        ("host_key_checking: no", "no"),
    ],
)
def test_what_begins_a_comment_in_ansible_cfg(line: str, text: str) -> None:
    files = {"ansible.cfg": f"[defaults]\n{line}\n"}
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, AnsibleValues))
    (value,) = found.named("defaults.host_key_checking")
    assert value.text == text
