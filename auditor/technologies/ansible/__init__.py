"""Ansible: settings, inventories, variables, and the tasks of playbooks and roles."""

from .facts import AnsibleTasks, AnsibleValues
from .tasks import Task
from .technology import ANSIBLE
from .values import Value, truth

__all__ = ["ANSIBLE", "AnsibleTasks", "AnsibleValues", "Task", "Value", "truth"]
