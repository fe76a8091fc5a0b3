"""Values for property tests: queries with every parameter, and the texts that people and HrFlow send."""

# ruff: noqa: RUF001 - look-alikes are what is tried here

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from bot.domain.kinds import Choice, One, Span, Switch, Text, TextList, Whole
from bot.domain.moments import Moment
from bot.domain.more_kinds import WIDEST_KM, Distance, NamedRanges, Point, When
from bot.domain.named_kinds import NamedList, TagGroups
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.text import tidy
from bot.domain.values import Named, NamedRange, Place, PlaceName, Range

if TYPE_CHECKING:
    from bot.domain.kinds import Kind

# What the grammar gives a meaning to, and what looks like it.
MARKS = "\"'\\:=,.-–—…‘’‚‛“”„‟«»″[]{}<>&|@#? \u00a0\u3000\n\t"
anything = st.one_of(st.text(max_size=30), st.text(st.sampled_from(MARKS + "ab1é漢"), max_size=30))
# A filter would throw away every second query: what tidies to nothing stands for a word instead.
one_line = anything.map(lambda text: tidy(text) or "x")
texts = st.one_of(
    one_line,
    st.sampled_from(["help", "HELP", "?", "-h", "--help", "—help", "true", "3.5", "O'Brien", "'tis", "a..b"]),
    # What would be read as a literal, were it not for the quotes around it.
    st.lists(st.sampled_from(['"', "\\", "'", " text:[1] ", " --tags ['a']", "x"]), min_size=1, max_size=5).map(
        lambda parts: tidy("".join(parts)) or "x"
    ),
)


@st.composite
def numbers(draw: st.DrawFn, *, low: int = -(10**12) + 1, high: int = 10**12 - 1) -> float:
    """Numbers as they can be typed: up to twelve digits before the point and nine behind it."""
    whole = draw(st.integers(low, high))
    digits = draw(st.sampled_from([0, 0, 1, 2, 9]))
    decimals = draw(st.integers(0, 10**digits - 1)) if digits else 0
    number = float(f"{whole}.{decimals:0{max(digits, 1)}d}")
    return number if low <= number <= high else float(whole)


@st.composite
def ends(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[Any, Any]:
    """The two ends of a range, in order, at most one of them open."""
    low, high = draw(
        st.one_of(
            st.tuples(values, values).map(lambda pair: tuple(sorted(pair))),
            st.tuples(values, st.none()),
            st.tuples(st.none(), values),
        )
    )
    return low, high


scalars = st.one_of(st.none(), st.booleans(), numbers(), texts)
named = st.builds(Named, texts, scalars)


def _identity(item: Named) -> tuple[str, type, object]:
    return item.name, type(item.value), item.value


def _lists(items: st.SearchStrategy[Any], **options: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, min_size=1, max_size=4, unique=True, **options).map(tuple)


named_lists: st.SearchStrategy[tuple[Named, ...]] = st.lists(named, min_size=1, max_size=4, unique_by=_identity).map(
    tuple
)
days = st.dates(date(2, 1, 1), date(9998, 12, 31)).map(date.isoformat)
_offsets = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_times = st.datetimes(
    datetime(2, 1, 1),  # noqa: DTZ001 - naive date-times can be typed too
    datetime(9998, 12, 31),  # noqa: DTZ001
    timezones=st.one_of(st.none(), st.just(UTC), _offsets),
)
moments = st.one_of(
    days,
    _times.map(datetime.isoformat),
    st.builds("{}{}".format, st.integers(0, 9999), st.sampled_from("dwm")),
    st.sampled_from(["today", "yesterday", "1569320033"]),
).map(Moment)
place_names = texts.map(
    lambda text: text if any(map(str.isalpha, text)) and not text.startswith("{") else f"Ay {text}"
).map(PlaceName)
places = st.builds(Place, numbers(low=-90, high=90), numbers(low=-180, high=180))
number_ranges = st.builds(lambda name, pair: NamedRange(name, *pair), texts, ends(numbers()))
date_ranges = st.builds(lambda name, pair: NamedRange(name, *pair), texts, ends(days))


def of_kind(kind: Kind) -> st.SearchStrategy[Any]:  # noqa: C901, PLR0911 - one line for each kind
    """Values that the parser can give for that kind."""
    match kind:
        case Text() | One():
            return texts
        case TextList():
            return _lists(texts)
        case NamedList():
            return named_lists
        case TagGroups():
            groups = st.lists(named_lists, min_size=1, max_size=3, unique_by=lambda group: tuple(map(_identity, group)))
            return groups.map(tuple)
        case Whole():
            return st.integers(kind.low, kind.high)
        case Choice():
            return st.sampled_from(list(kind.words))
        case Switch():
            return st.booleans()
        case Span():
            return ends(numbers(low=0)).map(lambda pair: Range(*pair))
        case Point():
            return st.one_of(places, place_names)
        case Distance():
            return st.integers(1, WIDEST_KM)
        case When():
            return moments
        case NamedRanges():
            return _lists(date_ranges if kind.dates else number_ranges)
    raise AssertionError(kind)


@st.composite
def queries(draw: st.DrawFn, *, resolved: bool = False) -> ProfilesQuery | JobsQuery:
    """Queries without contradictions, any of their parameters given; `resolved` ones name no places."""
    query_type: type[ProfilesQuery | JobsQuery] = draw(st.sampled_from([ProfilesQuery, JobsQuery]))
    optional = {
        parameter.field: places if resolved and isinstance(parameter.kind, Point) else of_kind(parameter.kind)
        for parameter in query_type.parameters.values()
    }
    chosen = draw(st.lists(st.sampled_from(sorted(optional)), max_size=8, unique=True))
    values = {name: draw(optional[name]) for name in chosen}
    while wrong := query_type(**values).contradiction():
        values.pop(wrong[0], None) or values.pop("scoring")
    return query_type(**values)


# JSON as anybody could send it, save NaN: numbers of any size, lone surrogates, unknown names.
_known_names = st.sampled_from(
    ["key", "name", "value", "text", "info", "location", "lat", "lng", "date", "iso8601", "url", "stage", "job_key"]
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**400), 10**400),
        st.floats(allow_nan=False),
        st.text(st.characters(), max_size=20),
        st.sampled_from(["\ud800", "a\udfff", "", " ", "1969-12-31T23:59:59", math.inf, -1e308, "9" * 500]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(_known_names, st.text(max_size=5)), inner, max_size=3),
    ),
    max_leaves=8,
)

# Text that tries to break out of a message.
HOSTILE = (
    "<!channel> <@U0123> <#C0123|x> <https://x.example|click>",
    "*bold* _it_ ~no~ `code` ```block```",
    "&lt;!here&gt; &amp; &",
    "line\nline\r\n> quote\u2028more\u2029end\x0b\x0c",
    "\u202eevil\u202c \u2066x\u2069 \u200b\u200d\ufeff",
    "\x00\x01\x1b[31m\x7f\x9f",
    "\ud800 lone \udfff",
    "👩🏽‍💻🇫🇷" * 40,
    "&" * 3_000,
    "<" * 3_000,
    "n" * 100_000,
    "\u200b" * 50,
    "",
    " ",
    "· 99 % · yes",
)
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map(" ".join),
    st.text(max_size=60),
    st.text(st.sampled_from("<>&*_~`|!@#:ab \n"), max_size=300),
)
