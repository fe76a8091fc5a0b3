"""The refusals of the API, each an HTTP status and the message of reference hrflow-api §1.3."""

from typing import ClassVar


class ApiError(Exception):
    """A refusal: `status` is both the HTTP status and the `code` of the envelope (reference hrflow-api §9, row 18)."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class InvalidParameterError(ApiError):
    """A parameter of the query or a field of the body that cannot be read; the message names it."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(400, f"Bad Request. Invalid parameter: {name} ({expected})")


class NotFoundError(ApiError):
    """An object that does not exist: 400, not 404 (reference hrflow-api §9, row 16)."""

    # Sources, boards and profiles have messages of their own in the documentation; the newer calls name the object.
    _MESSAGES: ClassVar = {
        "source": "Invalid source fields",
        "board": "Invalid board fields",
        "profile": "Invalid source fields",
    }

    def __init__(self, kind: str, *, newer: bool = False) -> None:
        message = f"Invalid parameters. Unable to find object: {kind}"
        super().__init__(400, message if newer else self._MESSAGES.get(kind, message))


class InvalidSourcesError(ApiError):
    """A missing, empty or partly unknown `source_keys`; the message is the seed's."""

    def __init__(self) -> None:
        super().__init__(400, "Bad Request. Invalid source ids")


class ForeignObjectError(ApiError):
    """A source or board that belongs to another team."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(401, f"Unauthorized Access to {kind} key: {key}")


class ReferenceTakenError(ApiError):
    """A reference that another object of the same source or board already has."""

    def __init__(self, verb: str, kind: str, reference: str) -> None:
        super().__init__(400, f"Cannot {verb} {kind} with this reference: {reference}. Already used!")
