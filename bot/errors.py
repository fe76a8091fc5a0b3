"""Everything that can go wrong on purpose. Errors carry data; `views/notices.py` has the words.

ShortlistError
├── ConfigError          a setting is missing, half set or contradicts another (exit code 2)
├── QueryError           what was typed cannot be read; knows the place
├── AccessDeniedError    this person may not see candidate data
├── AudienceRefusedError in that place somebody would see candidate data who may not
├── MayNotDecideError    this person may see, but not decide, there
├── SubjectMissingError  a form was sent without a job or profile
├── LookupFailedError    a name that leads nowhere, or to several things
│   ├── NothingFoundError
│   └── SeveralFoundError
├── LedgerUnreadableError    a row of the ledger is none that we wrote
├── NotAcceptedError     a click could not be accepted in time; nothing of it is left behind
├── HrflowError          HrFlow did not do what was asked
│   ├── HrflowRefusedError      401, 403: the key
│   ├── HrflowQuotaError        402: the plan's quota is used up
│   ├── HrflowBusyError         429: too many requests
│   ├── HrflowRejectedError     400, 404, 405, 422: this request
│   ├── HrflowUnavailableError  5xx, no connection, no answer in time
│   ├── HrflowUnwritableError   a stored profile that cannot be sent back as it came
│   └── HrflowMalformedError    an answer that cannot be read
│       └── HrflowTooLargeError   one larger than is read
└── SlackDeliveryError   Slack did not take a message or a view
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.mistakes import Example, Mistake


Sought = Literal["job", "profile", "source", "board", "place", "saved", "query"]  # what a look-up is for


class ShortlistError(Exception):
    """The root: caught by the guard around every handler and turned into one private sentence."""


class ConfigError(ShortlistError):
    """A setting is missing or wrong; the message is one sentence that says what to do."""


class QueryError(ShortlistError):
    """What was typed cannot be read.

    `line` is the whole command line as it was read, `start` and `end` mark the place in it (in characters),
    `mistake` is what is wrong, `nearest` the valid word that comes closest (or ""), `example` something that works.
    """

    def __init__(
        self,
        mistake: Mistake,
        *,
        line: str = "",
        start: int = 0,
        end: int = 0,
        nearest: str = "",
        example: Example | None = None,
    ) -> None:
        super().__init__(mistake.what.value)
        self.mistake = mistake
        self.line = line
        self.start = start
        self.end = end
        self.nearest = nearest
        self.example = example


class AccessDeniedError(ShortlistError):
    """This person may not see candidate data. `reason`: `guest`, `external`, `deactivated`, `viewers` or `unknown`.

    `viewers`: the setting VIEWERS names others. `ask` are Slack user ids of some who may, as far as they are known.
    """

    def __init__(self, reason: str, *, ask: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.ask = tuple(ask)


class AudienceRefusedError(ShortlistError):
    """Nothing with candidate data is posted in `channel` (an id; `name` without its mark, "" where it is not known).

    `reason`: `shared` (with other organisations), `guests`, `not_member` (the bot), `archived`, `direct` (other
    people's direct message), `group` (a group direct message), `person` (somebody who may not see), `viewers` (people
    whom the setting VIEWERS leaves out), `viewer` (one such person), `large`, or `unknown`. `people` counts those who
    are the reason, where there are such.
    """

    def __init__(self, reason: str, channel: str, *, name: str = "", people: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.channel = channel
        self.name = name
        self.people = people


class MayNotDecideError(ShortlistError):
    """This person may not decide there. `ask` are Slack user ids of some who may, as far as they are known.

    `unknown` tells that Slack could not be asked: nobody is known to be refused, but nobody may go on either.
    """

    def __init__(self, ask: Sequence[str] = (), *, unknown: bool = False) -> None:
        super().__init__("unknown" if unknown else "refused")
        self.ask = tuple(ask)
        self.unknown = unknown


class SubjectMissingError(ShortlistError):
    """A form was sent without what the list is to be about: `kind` is `job` or `profile`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class LookupFailedError(ShortlistError):
    """`words` name no single `kind`; `saved` is a saved query, `query` that of a list that is kept."""

    def __init__(self, kind: Sought, words: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.words = words


class NothingFoundError(LookupFailedError):
    """Nothing has that name; `nearest` are the names that come closest, best first."""

    def __init__(self, kind: Sought, words: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(kind, words)
        self.nearest = tuple(nearest)


class SeveralFoundError(LookupFailedError):
    """Several things have that name; `hits` are (key, name, hint) of each, `total` how many there are."""

    def __init__(self, kind: Sought, words: str, hits: Sequence[tuple[str, str, str]], total: int) -> None:
        super().__init__(kind, words)
        self.hits = tuple(hits)
        self.total = total


class LedgerUnreadableError(ShortlistError):
    """The row of that number cannot be read: somebody has altered it."""

    def __init__(self, row: int) -> None:
        super().__init__(f"row {row}")
        self.row = row


class NotAcceptedError(ShortlistError):
    """A click could not be accepted in time; nothing of it is left behind."""


class HrflowError(ShortlistError):
    """HrFlow did not do what was asked. `detail` is safe to log: it never holds a key or a person's data."""

    def __init__(self, detail: str, *, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status
        self.retry_after = retry_after


class HrflowRefusedError(HrflowError):
    """401 or 403: HrFlow refuses the API key, or the key may not do this."""


class HrflowQuotaError(HrflowError):
    """402: the plan's quota is used up. Final: a retry cannot help."""


class HrflowBusyError(HrflowError):
    """429: too many requests. `retry_after` is in seconds where HrFlow names it."""


class HrflowRejectedError(HrflowError):
    """400, 404, 405 or 422: HrFlow cannot do this request; on a look-up it means "not found or no access"."""


class HrflowUnavailableError(HrflowError):
    """5xx, no connection, or no answer in time. Whether a write arrived is unknown."""


class HrflowTimeoutError(HrflowUnavailableError):
    """No whole answer within the time limit, which is `seconds`."""

    def __init__(self, detail: str, *, seconds: float = 0.0) -> None:
        super().__init__(detail)
        self.seconds = seconds


class HrflowUnwritableError(HrflowError):
    """A stored profile that cannot be sent back as it came, so nothing of it is written."""


class HrflowMalformedError(HrflowError):
    """A reply that cannot be read as the documented envelope, or that is too large."""


class HrflowTooLargeError(HrflowMalformedError):
    """A reply larger than is read."""


class SlackDeliveryError(ShortlistError):
    """Slack did not take a message or a view. `code` is Slack's error word or an HTTP status; `retry_after` seconds.

    `sure` tells that nothing was posted; where it is False the message may have arrived all the same.
    """

    def __init__(self, code: str, *, retry_after: float | None = None, sure: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.sure = sure
