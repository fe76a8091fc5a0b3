"""Half sentences for what is wrong with a command that is no query; `notices.in_words` makes sentences of them."""

from __future__ import annotations

from bot.domain.people import LONGEST_NAME

SAVE_EXAMPLE = '/shortlist save "Data team" /profiles "Data Engineer" skills:python'
CHANNEL_EXAMPLE = '/shortlist channel job:"Data Engineer" source:Agency'
HISTORY_EXAMPLE = '/shortlist history job:"Data Engineer"'
ONE_THING = "history takes a job or a profile and nothing else"
SAVED_QUERY = "saved query"
NOTHING_TO_SAVE = "there is no query to save yet"
NAME_NEEDED = f"a name of at most {LONGEST_NAME} characters is needed here"
QUERY_NEEDED = "a query is missing here"
NO_QUERY = "this is no query any more"
WHEN_OR_WHAT = "when or what is missing here"
JOB_NEEDED = "a job is missing here"


def other_command(name: str, command: str) -> str:
    """A saved query is about the other thing."""
    return f"{name} is saved for {command}"


def not_for_channels(key: str) -> str:
    """A filter that a channel cannot have."""
    return f"a channel has a job, sources and a board, but no {key}"


def no_mention(word: str) -> str:
    """A word where a mention is needed."""
    return f"{word} is no mention of a person, a group or a channel"


def no_such_channel(name: str) -> str:
    """A channel that the bot cannot see."""
    return f"I see no channel {name}; invite me there, or pick it from Slack's list"


def nobody_known(name: str) -> str:
    """A name that Slack's client has not turned into a mention."""
    return f"I do not know {name}: type @me, or pick the person from Slack's list"
