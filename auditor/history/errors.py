"""What can go wrong with a history."""


class HistoryError(Exception):
    """The history cannot be used. The text names it without its password, and says why."""
