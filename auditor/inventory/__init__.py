"""Documents to the estate: workloads, servers with their effective configuration, resources and credentials, linked."""
