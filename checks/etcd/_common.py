"""What several checks of etcd ask."""

from auditor.technologies.etcd import EtcdServer


def is_alone(server: EtcdServer) -> bool:
    """Tell whether it is judged here alone: the listeners of a control plane's etcd have checks of Kubernetes."""
    return not server.is_control_plane
