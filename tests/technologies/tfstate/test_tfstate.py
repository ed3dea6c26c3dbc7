import json
from typing import Any

from auditor.discovery import recognise
from auditor.model.source import Source
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.tfstate import TFSTATE, TerraformState

STATE: dict[str, Any] = {
    "version": 4,
    "terraform_version": "1.9.5",
    "outputs": {"endpoint": {"value": "db.example"}, "entry": {"value": "quiet-Harbor-9", "sensitive": True}},
    "resources": [
        {
            "type": "aws_db_instance",
            "name": "db",
            "instances": [{"attributes": {"username": "clinic", "password": "Rm7-quiet-Harbor-41", "port": 5432}}],
        }
    ],
}


def test_attributes_and_outputs() -> None:
    found = TFSTATE.parse(Source(path="terraform.tfstate", text=json.dumps(STATE, indent=2))).assignments()
    secrets = {a.key: (a.value, a.server_secret, a.path) for a in found}
    assert secrets["password"] == ("Rm7-quiet-Harbor-41", False, ("aws_db_instance.db",))
    assert secrets["entry"] == ("quiet-Harbor-9", True, ("outputs",))
    assert secrets["endpoint"][1] is False


def test_how_much_a_state_holds() -> None:
    estate = take_estate(MemoryTree({"prod/terraform.tfstate.backup": json.dumps(STATE)}))
    (state,) = [fact for fact in estate.facts if isinstance(fact, TerraformState)]
    assert (state.resources, state.outputs) == (1, 2)


def test_what_is_no_state() -> None:
    assert recognise("terraform.tfstate", "not a state") is None
    assert recognise("notes-on-tfstate.md", json.dumps(STATE)) is None
