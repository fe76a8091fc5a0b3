"""What can be wrong with something that was typed, and what would do, as values.

`views/mistakes.py` and `views/examples.py` put them into words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


class Wrong(StrEnum):
    """One thing that can be wrong; behind some, what of a `Mistake` its words need."""

    # of a command line as a whole
    TOO_LONG = auto()  # high: the most characters
    COMMAND_MISSING = auto()
    NO_COMMAND = auto()  # said
    QUOTE_OPEN = auto()
    NO_FILTER = auto()  # said
    SUBJECT_TWICE = auto()  # key: job or profile
    # of a value
    VALUE_MISSING = auto()
    TWICE = auto()
    ONLY_ONE = auto()
    NUMBER_NEEDED = auto()
    WHOLE_NUMBER_NEEDED = auto()
    BELOW_ZERO = auto()
    OUT_OF_BOUNDS = auto()  # low, high
    NONE_OF = auto()  # options
    SWITCH_NEEDED = auto()
    RANGE_NEEDED = auto()
    RANGE_EMPTY = auto()
    RANGE_BACKWARDS = auto()
    NAMED_NUMBERS_NEEDED = auto()
    NAMED_DATES_NEEDED = auto()
    NAMED_RANGE_EMPTY = auto()
    NAMED_RANGE_BACKWARDS = auto()
    PLACE_NEEDED = auto()
    LATITUDE = auto()  # low, high
    LONGITUDE = auto()  # low, high
    DISTANCE_NEEDED = auto()
    DISTANCE_OUT_OF_BOUNDS = auto()  # low, high: kilometres
    MOMENT_NEEDED = auto()
    DATE_NEEDED = auto()
    # of one filter beside another
    RADIUS_ALONE = auto()  # key: the place that it needs
    NO_SCORE_TO_SORT_BY = auto()
    STAGES_NOT_MERGEABLE = auto()
    AFTER_UNTIL = auto()  # said: what until holds
    # of a schedule
    TIME_MISSING = auto()
    NO_SCHEDULE = auto()  # said
    NO_ZONE = auto()  # said
    NOT_OF_A_SCHEDULE = auto()
    NO_TIME_OF_DAY = auto()
    MINUTE_ONLY = auto()
    WEEKDAY_MISSING = auto()
    NO_WEEKDAY = auto()  # said
    MONTH_DAY_MISSING = auto()
    NO_MONTH_DAY = auto()  # low, high
    # of a cron expression; key: a name among `cron.NAMES`
    CRON_MISSING = auto()
    CRON_FIELDS = auto()  # high: how many it has
    CRON_UNREADABLE = auto()  # key, said
    CRON_EMPTY = auto()  # key
    CRON_OUT_OF_BOUNDS = auto()  # key, low, high
    CRON_HOLDS_NOTHING = auto()  # key, said
    CRON_NEVER = auto()
    # of a digest
    NO_DIGEST_WORD = auto()  # key: the command; said
    NO_SUCH_WORD = auto()  # said
    DIGEST_NUMBER_MISSING = auto()
    NOT_HERE = auto()
    ONE_PLACE = auto()
    WHEN_MISSING = auto()
    WHAT_MISSING = auto()
    WHEN_OR_WHAT_MISSING = auto()
    SUBJECT_MISSING = auto()  # key: job or profile
    NO_SUBJECT = auto()
    NOT_FROM_THE_TOP = auto()
    EMPTY_IS = auto()
    LIST_TAKES = auto()
    DAY_MISSING = auto()
    NO_DAY_TO_COME = auto()
    NO_SUCH_CHANNEL = auto()  # said
    NOBODY_KNOWN = auto()  # said
    # of what stands behind /shortlist
    HISTORY_TAKES = auto()
    NOTHING_TO_SAVE = auto()
    NAME_NEEDED = auto()  # high: the most characters
    QUERY_MISSING = auto()
    NO_QUERY = auto()
    OTHER_COMMAND = auto()  # said: the name; key: the command
    JOB_MISSING = auto()
    NOT_FOR_CHANNELS = auto()  # key: the filter
    NO_MENTION = auto()  # said
    # of a command line that is explained
    SAVED_UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Mistake:
    """`what` is wrong, and what its words need.

    `about` is the key of the filter whose value it is, "" where none is to be named; `key` another filter or command,
    `said` a word as it was typed, `low` and `high` are bounds, `options` the words that would do.
    """

    what: Wrong
    about: str = ""
    key: str = ""
    said: str = ""
    low: int = 0
    high: int = 0
    options: tuple[str, ...] = ()


class Sample(StrEnum):
    """What an example is of; behind some, what of an `Example` it needs."""

    COMMAND = auto()
    NAME = auto()
    FILTER = auto()  # command, key; without a key: any
    SAVED = auto()  # command, key: the name
    SCHEDULE = auto()
    WEEKLY = auto()
    MONTHLY = auto()
    HOURLY = auto()
    CRON = auto()
    ZONE = auto()
    DIGEST = auto()
    DIGEST_NUMBER = auto()  # key: the word before it; number
    PAUSE = auto()
    LIST = auto()
    EMPTY = auto()
    SAVE = auto()
    CHANNEL = auto()
    HISTORY = auto()


@dataclass(frozen=True, slots=True)
class Example:
    """Something that can be typed instead."""

    of: Sample
    command: str = ""
    key: str = ""
    number: int = 0
