"""What a recogniser says."""

from typing import Final, NamedTuple

STRONGEST: Final = 3


class Recognition(NamedTuple):
    """Why a file is taken for a technology's.

    `strength`: 3 name and content, 2 content or an exact name, 1 a hint. `is_binary` tells that the file is judged by
    its being there: its text is not read.
    """

    reason: str
    strength: int
    is_binary: bool = False
