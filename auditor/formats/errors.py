"""What a parser says about text it cannot read."""

from auditor.model.location import Location


class FormatError(Exception):
    """The text cannot be read at all. `expected` says what should stand at `at`; it never quotes the text."""

    def __init__(self, at: Location, expected: str) -> None:
        super().__init__(f"{at}: {expected}")
        self.at = at
        self.expected = expected
