"""Judge names and values: what is a secret, what it is for, and whether it is written out or referred to."""
