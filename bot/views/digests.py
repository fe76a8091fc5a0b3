"""Words about digests: lists of them, what was done to them, when they come next, and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot import errors
from bot.views import actions, examples, notices, phrases
from bot.views import blocks as kit
from bot.views.locales import NEUTRAL
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from bot.domain.deliveries import Delivery
    from bot.domain.digests import Digest
    from bot.views.locales import Manner

ON = "Your digest is on."
ON_AGAIN = "It is on again."
CHANGED = "Changed."
_WITH_BUTTONS = 20  # digests of a list: two blocks each
PAUSED = "Paused."
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PLACES = {
    "archived": "the channel is archived. Unarchive it",
    "not_member": "I am not in the channel any more. Invite me with /invite",
    "shared": "the channel is shared with another organisation. Choose another place with edit",
    "guests": "a guest is in the channel. Choose another place with edit, or let the guest leave",
    "person": "that person may not see candidate data any more",
    "viewers": "somebody is in the channel who may not see candidate data. Choose another place with edit",
    "viewer": "that person may not see candidate data any more",
    "group": "candidate data is not posted in group messages",
    "direct": "I cannot write there",
    "large": "the channel has too many members to check",
}


def line(digest: Digest, manner: Manner = NEUTRAL) -> str:
    """A digest in one line, not escaped: `#1 daily 09:00 Europe/Paris · #hiring · profiles Data Engineer`."""
    parts = [f"#{digest.number} {digest.schedule}", place(digest), query(digest)]
    if digest.say_empty:
        parts.append("empty:say")
    if not digest.active:
        until = digest.paused_until
        parts.append("paused" if until is None else f"paused until {_day(until, digest, manner)}")
    return " \u00b7 ".join(parts)


def place(digest: Digest) -> str:
    """Where it goes."""
    return f"#{digest.channel_name}" if digest.channel_name else "direct message"


def query(digest: Digest) -> str:
    """What it asks: without the slash, and without quotes where they are only around the name."""
    command, _, rest = digest.query.removeprefix("/").partition(" ")
    try:
        asked = digest.what()
    except errors.QueryError:
        return f"{command} {rest}"
    quoted = str(type(asked)(subject=asked.subject)).partition(" ")[2]
    return f"{command} {asked.subject}{rest[len(quoted) :]}" if rest.startswith(quoted) else f"{command} {rest}"


def upcoming(slots: Sequence[datetime], zone: str) -> str:
    """The next slots in words: `Next: Friday 27 March at 09:00, …`, in the zone of the schedule."""
    return f"Next: {', '.join(_words(slot, zone) for slot in slots)} ({zone})."


def told_in(digest: Digest) -> Callable[[datetime], str]:
    """How a slot is told in the top-level text: in words, on the clocks of the schedule."""
    zone = zone_of(digest)
    return lambda slot: _words(slot, zone)


def drawn(slot: datetime) -> kit.Markup:
    """How a slot is told in a block: as the reader's own Slack writes it, on the reader's clocks."""
    return kit.moment(int(slot.timestamp()), phrases.utc(slot))


def _words(moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} at {local:%H:%M}"


def _day(moment: datetime, digest: Digest, manner: Manner) -> str:
    """The day on the clocks of the schedule, which count here."""
    return manner.day(moment.astimezone(ZoneInfo(zone_of(digest))).date())


def zone_of(digest: Digest) -> str:
    """The zone of its schedule; UTC where this version cannot read it."""
    try:
        return digest.when().zone
    except errors.QueryError:
        return "UTC"


def card(digest: Digest, said: str, slots: Sequence[datetime] = (), *, manner: Manner = NEUTRAL) -> Message:
    """What was done to a digest (`said`), its line, its next slots, and its buttons."""
    lines = [said, line(digest)]
    blocks = [kit.words(said, 600), kit.words(line(digest, manner), 900)]
    if slots:
        lines.append(upcoming(slots, zone_of(digest)))
        blocks.append(kit.context(kit.Markup(f"Next: {', '.join(map(drawn, slots))}")))
    blocks.append(kit.actions(buttons(digest), block_id=f"digest.{digest.number}"))
    return Message("\n".join(map(kit.escape_text, lines)), tuple(blocks))


def about(number: int, done: Message | None = None) -> str:
    """What is said of a digest that is shown, or on Home of one to which that was done; not escaped."""
    return f"Digest #{number}:" if done is None else f"Digest #{number}: {done.text.splitlines()[0]}"


def buttons(digest: Digest) -> list[kit.Element]:
    """What can be done to it."""
    number = str(digest.number)
    on = kit.button("Pause", actions.DIGEST_PAUSE, number, label=f"Pause digest {number}")
    off = kit.button("Resume", actions.DIGEST_RESUME, number, label=f"Resume digest {number}")
    return [
        on if digest.active else off,
        kit.button("Run now", actions.DIGEST_NOW, number, label=f"Run digest {number} now"),
        kit.button("Edit", actions.DIGEST_EDIT, number, label=f"Edit digest {number}"),
        kit.button("Remove", actions.DIGEST_REMOVE, number, label=f"Remove digest {number}", style="danger"),
    ]


def listing(digests: Sequence[Digest], command: str, *, manner: Manner = NEUTRAL) -> Message:
    """Several digests, one line each, with their buttons."""
    if not digests:
        return notices.sentence(f"There is no digest here yet. Make one: {command} {examples.DIGEST}")
    lines = [line(digest) for digest in digests[:80]]
    blocks: list[kit.Block] = []
    for digest in digests[:_WITH_BUTTONS]:
        blocks += [
            kit.words(line(digest, manner), 450),
            kit.actions(buttons(digest)[:2], block_id=f"digest.{digest.number}"),
        ]
    if rest := digests[_WITH_BUTTONS:50]:
        blocks.append(kit.words("\n".join(line(digest, manner) for digest in rest), 2_900))
    return Message("\n".join(map(kit.escape_text, lines)), tuple(blocks))


def on_home(digest: Digest, manner: Manner = NEUTRAL) -> list[kit.Block]:
    """A digest on the Home tab: its line, and what can be done to it."""
    return [kit.words(line(digest, manner), 450), kit.actions(buttons(digest), block_id=f"digest.{digest.number}")]


def removed(digest: Digest, manner: Manner = NEUTRAL) -> Message:
    """It is gone."""
    return notices.sentence(f"Removed: {line(digest)}", f"Removed: {line(digest, manner)}")


def unknown(number: int, command: str) -> Message:
    """No digest has that number."""
    return notices.sentence(f"There is no digest #{number}. {command} list shows those of this place and your own.")


def not_yours(digest: Digest) -> Message:
    """Who may change it."""
    who = "its maker, an admin, or a member of its channel who may decide"
    return notices.sentence(f"Digest #{digest.number} can be seen and changed by {who}.")


def help_text(command: str) -> Message:
    """How digests are made and changed."""
    lines = [
        "A digest asks the same question on a schedule and posts only what is new.",
        f"{command} {examples.DIGEST}",
        f"{command} add weekly mon,thu 8:30 @me jobs ana@example.com empty:say tz:Europe/Paris",
        f'{command} add cron:"*/30 8-18 * * mon-fri" profiles "Data Engineer" skills:python',
        'When: daily, weekdays, weekly mon,thu, monthly 1, hourly, or cron:"…" with five fields; and a time: 09:00.',
        "Where: a #channel, @me, or nothing for this one. What: profiles or jobs with filters.",
        "empty:say says so in one line when nothing is new; tz: names another time zone than yours.",
        f"{command} list · show 1 · edit 1 daily 10:00 · pause 1 until 2027-01-04 · resume 1 · remove 1 · now 1",
    ]
    return Message("\n".join(map(kit.escape_text, lines)), tuple(kit.words(each, 600) for each in lines))


def ran(delivery: Delivery | None, digest: Digest) -> Message:
    """What became of a digest that somebody wanted at once."""
    if delivery is None or delivery.state in ("due", "prepared"):
        return notices.sentence(f"Digest #{digest.number} is on its way to {place(digest)}.")
    if delivery.state == "sent":
        return notices.sentence(f"Digest #{digest.number} is in {place(digest)}.")
    if delivery.state == "silent":
        return notices.sentence(f"Nothing new for digest #{digest.number} since it came last.")
    return notices.sentence(f"Digest #{digest.number} could not be delivered: {reason(delivery.error)}.")


def refused(error: errors.AudienceRefusedError) -> str:
    """Why nothing goes there, as half a sentence."""
    return _PLACES.get(error.reason, "I cannot tell who is in there")


def paused_by_us(digest: Digest, command: str) -> Message:
    """Told to the maker once, with how to mend it."""
    why = _PLACES.get(digest.trouble, reason(digest.trouble))
    return notices.sentence(
        f"I have paused this digest, because {why}; then: {command} resume {digest.number}. {line(digest)}"
    )


def in_trouble(digest: Digest, error: str) -> Message:
    """Told to the maker once a day."""
    return notices.sentence(f"This digest could not be delivered: {reason(error)}. {line(digest)}")


_REASONS = {
    "refused": "HrFlow refuses the API key; tell your operator to check HRFLOW_API_KEY",
    "quota": "the HrFlow quota of this account is used up; tell your operator",
    "unavailable": "HrFlow did not answer for hours",
    "rejected": "HrFlow refuses what it asks",
    "query": "what it asks can no longer be read; mend it with edit",
    "nothing": "the job or profile it asks for is gone; mend it with edit",
    "several": "what it asks for names several jobs or profiles; name one in full with edit",
    "unconfirmed": "Slack did not confirm the message",
    "late": "its time was over",
}


def reason(error: str) -> str:
    """The words for what held up a delivery."""
    if error in _PLACES:
        return _PLACES[error]
    return _REASONS.get(error, f"Slack did not take it ({error})" if error else "it was paused or removed meanwhile")


def next_of(digest: Digest, now: datetime) -> datetime | None:
    """Its next slot; None where it has none, or where this version cannot read its schedule."""
    try:
        return digest.next_slot(now)
    except errors.QueryError:
        return None
