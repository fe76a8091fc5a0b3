"""What is wrong with something that was typed, in half sentences; `notices.in_words` makes sentences of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain import cron
from bot.mistakes import Wrong
from bot.views.blocks import cut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.mistakes import Mistake

_CRON_FIELDS: Mapping[str, str] = {
    cron.MINUTE: "minute",
    cron.HOUR: "hour",
    cron.DAY: "day of the month",
    cron.MONTH: "month",
    cron.WEEKDAY: "day of the week",
}
_SUBJECTS: Mapping[str, str] = {"job": "the job", "profile": "the profile"}

_SAID = 80  # characters of what was said: a sentence has to be left of the answer

# In braces, the fields of a `Mistake`; `{field}` is one of a cron expression, `{subject}` the job or the profile.
_WORDS: Mapping[Wrong, str] = {
    Wrong.TOO_LONG: "this is too long: {high} characters at the most",
    Wrong.COMMAND_MISSING: "a command is missing",
    Wrong.NO_COMMAND: "there is no command {said}",
    Wrong.QUOTE_OPEN: "this quote is never closed",
    Wrong.NO_FILTER: "there is no filter {said}",
    Wrong.SUBJECT_TWICE: "{subject} is given twice: here and as {key}:",
    Wrong.VALUE_MISSING: "a value is missing here",
    Wrong.TWICE: "it is given twice",
    Wrong.ONLY_ONE: "only one can be named here",
    Wrong.NUMBER_NEEDED: "a number is needed here",
    Wrong.WHOLE_NUMBER_NEEDED: "a whole number is needed here",
    Wrong.BELOW_ZERO: "it cannot be below zero",
    Wrong.OUT_OF_BOUNDS: "it goes from {low} to {high}",
    Wrong.NONE_OF: "it is one of {options}",
    Wrong.SWITCH_NEEDED: "it is on or off",
    Wrong.RANGE_NEEDED: "a range is needed here, such as 3..7, 3.. or ..7",
    Wrong.RANGE_EMPTY: "a range needs at least one end, such as 3..",
    Wrong.RANGE_BACKWARDS: "the first number is larger than the second",
    Wrong.NAMED_NUMBERS_NEEDED: "a name and a range are needed here, such as salary=40000..60000",
    Wrong.NAMED_DATES_NEEDED: "a name and a range are needed here, such as start=2026-01-01..2026-06-30",
    Wrong.NAMED_RANGE_EMPTY: "a range needs at least one end",
    Wrong.NAMED_RANGE_BACKWARDS: "the range runs backwards",
    Wrong.PLACE_NEEDED: "a city is needed here, or latitude and longitude such as 48.85,2.35",
    Wrong.LATITUDE: "a latitude goes from {low} to {high}",
    Wrong.LONGITUDE: "a longitude goes from {low} to {high}",
    Wrong.DISTANCE_NEEDED: "a distance is needed here, such as 40km or 25mi",
    Wrong.DISTANCE_OUT_OF_BOUNDS: "it goes from {low}km to {high}km",
    Wrong.MOMENT_NEEDED: "a date is needed here, such as 2026-11-01, 7d, 2w, 3m or yesterday",
    Wrong.DATE_NEEDED: "a date is needed here, such as 2026-01-31",
    Wrong.RADIUS_ALONE: "it needs a place: {key}:Lyon",
    Wrong.NO_SCORE_TO_SORT_BY: "scoring is off, so there is no score to sort by",
    Wrong.STAGES_NOT_MERGEABLE: "the four stages can be merged by score, received or created only",
    Wrong.AFTER_UNTIL: "it is later than until:{said}, so nothing can match",
    Wrong.TIME_MISSING: "a time is missing here",
    Wrong.NO_SCHEDULE: "there is no schedule {said}",
    Wrong.NO_ZONE: "there is no time zone {said}",
    Wrong.NOT_OF_A_SCHEDULE: "this does not belong to a schedule",
    Wrong.NO_TIME_OF_DAY: "a time of day is HH:MM, from 00:00 to 23:59",
    Wrong.MINUTE_ONLY: "hourly takes the minute only, from :00 to :59",
    Wrong.WEEKDAY_MISSING: "a day of the week is missing here",
    Wrong.NO_WEEKDAY: "there is no weekday {said}",
    Wrong.MONTH_DAY_MISSING: "a day of the month is missing here",
    Wrong.NO_MONTH_DAY: "a day of the month is between {low} and {high}",
    Wrong.CRON_MISSING: "five fields are missing here",
    Wrong.CRON_FIELDS: "it has {high} fields, not five: minute, hour, day of the month, month, day of the week",
    Wrong.CRON_UNREADABLE: "the {field} cannot be {said}",
    Wrong.CRON_EMPTY: "the {field} cannot be empty",
    Wrong.CRON_OUT_OF_BOUNDS: "the {field} is between {low} and {high}",
    Wrong.CRON_HOLDS_NOTHING: "the {field} {said} holds nothing",
    Wrong.CRON_NEVER: "there is no such day",
    Wrong.NO_DIGEST_WORD: "there is no {key} {said}",
    Wrong.NO_SUCH_WORD: "there is no {said}",
    Wrong.DIGEST_NUMBER_MISSING: "the number of a digest is missing here",
    Wrong.NOT_HERE: "this does not belong here",
    Wrong.ONE_PLACE: "one digest goes to one place",
    Wrong.WHEN_MISSING: "when is missing here",
    Wrong.WHAT_MISSING: "what to look for is missing here: profiles or jobs, and of what",
    Wrong.WHEN_OR_WHAT_MISSING: "when or what is missing here",
    Wrong.SUBJECT_MISSING: "{subject} is missing here",
    Wrong.NO_SUBJECT: "a job or profile is missing",
    Wrong.NOT_FROM_THE_TOP: "a digest starts at the top: leave out page:",
    Wrong.EMPTY_IS: "empty: is say or quiet",
    Wrong.LIST_TAKES: "list takes nothing, or all",
    Wrong.DAY_MISSING: "a date is missing here",
    Wrong.NO_DAY_TO_COME: "this is no day to come",
    Wrong.NO_SUCH_CHANNEL: "I see no channel {said}; invite me there, or pick it from Slack's list",
    Wrong.NOBODY_KNOWN: "I do not know {said}: type @me, or pick the person from Slack's list",
    Wrong.HISTORY_TAKES: "history takes a job or a profile and nothing else",
    Wrong.NOTHING_TO_SAVE: "there is no query to save yet",
    Wrong.NAME_NEEDED: "a name of at most {high} characters is needed here",
    Wrong.SAVED_UNKNOWN: (
        "what saved: stands for is kept in Slack, for a person or a channel, and not known here; "
        "/shortlist saved shows it, to be given instead"
    ),
    Wrong.QUERY_MISSING: "a query is missing here",
    Wrong.NO_QUERY: "this is no query any more",
    Wrong.OTHER_COMMAND: "{said} is saved for {key}",
    Wrong.JOB_MISSING: "a job is missing here",
    Wrong.NOT_FOR_CHANNELS: "a channel has a job, sources and a board, but no {key}",
    Wrong.NO_MENTION: "{said} is no mention of a person, a group or a channel",
}


def reason(mistake: Mistake) -> str:
    """Why it cannot be read, as half a sentence without a stop, not escaped; it names the filter that it is about."""
    words = _WORDS[mistake.what].format(
        key=mistake.key,
        said=cut(mistake.said, _SAID),
        low=mistake.low,
        high=mistake.high,
        options=", ".join(mistake.options),
        field=_CRON_FIELDS.get(mistake.key, ""),
        subject=_SUBJECTS.get(mistake.key, ""),
    )
    return f"{mistake.about}: {words}" if mistake.about else words
