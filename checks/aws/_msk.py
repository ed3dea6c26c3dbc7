"""Amazon MSK: what a configuration sets, and which clusters use it."""

from auditor.api import CloudResource, Location, UndecidedError, known


def setting(configuration: CloudResource, name: str) -> tuple[str | None, Location]:
    """Return a property of an `aws_msk_configuration` (None if it leaves it to MSK's default) and its place.

    Raises:
        UndecidedError: the text, or the value, is not known.
    """
    # Only a scan that meets such a configuration loads what reads it.
    from auditor.technologies.kafka import server_properties  # noqa: PLC0415  # start-up time

    attribute = configuration.attributes.get("server_properties")
    source = attribute.source("server.properties") if attribute is not None else None
    if source is None:
        known(configuration.value("server_properties"))
        raise UndecidedError("the server properties are not in the files")
    properties = server_properties(source)
    value = properties.value(name)
    return (None if value is None else known(value)), properties.places.get(
        name, configuration.where("server_properties")
    )


def clusters_of(configuration: CloudResource) -> list[CloudResource]:
    """Return the clusters of the module that refer to a configuration."""
    return [
        cluster
        for cluster in configuration.module.of_type("aws_msk_cluster")
        for block in cluster.blocks("configuration_info")
        if configuration.address in block.references("arn")
    ]


def is_express(cluster: CloudResource) -> bool:
    """Tell whether its brokers are express brokers, for which MSK sets replication itself."""
    return known(cluster.text("broker_node_group_info.instance_type")).startswith("express.")


def is_tiered(cluster: CloudResource) -> bool:
    """Tell whether it has tiered storage, for which MSK has other defaults."""
    return known(cluster.text("storage_mode", default="LOCAL")) == "TIERED"


def has_own_configuration(cluster: CloudResource) -> bool:
    """Tell whether it names a configuration instead of taking MSK's default one."""
    return known(cluster.has("configuration_info"))


def zones(cluster: CloudResource) -> int:
    """Return over how many availability zones the brokers are spread: one for each subnet.

    Raises:
        UndecidedError: the subnets are not known.
    """
    block = cluster.block("broker_node_group_info")
    if block is None:
        raise UndecidedError("the subnets are not in the files")
    # Subnets that are references have no known values, but they are counted.
    return len(known(block.texts("client_subnets")))


def has_only_iam(cluster: CloudResource) -> bool:
    """Tell whether clients can log in with IAM alone, whose policies then decide and not Kafka's ACLs."""
    others = (
        known(cluster.bool("client_authentication.unauthenticated")),
        known(cluster.bool("client_authentication.sasl.scram")),
        known(cluster.has("client_authentication.tls")),
    )
    return known(cluster.bool("client_authentication.sasl.iam")) and not any(others)
