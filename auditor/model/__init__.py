"""Plain frozen types that every other room speaks in; this package imports nothing else of ours."""
