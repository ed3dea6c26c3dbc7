"""Why git's objects cannot be read."""


class ObjectError(Exception):
    """An object cannot be read; the text is the reason in words."""


class LimitError(ObjectError):
    """Reading on would cost more than is granted."""


class TooLargeError(ObjectError):
    """The object is larger than any configuration."""
