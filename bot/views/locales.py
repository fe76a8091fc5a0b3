"""How people write numbers, days and distances, by the locale and zone of their Slack; for what one person sees.

The top-level text of a message and copies for everybody have one form for all (`NEUTRAL`). A small table, not a library
of locales: what it does not know is written in the neutral form. Days and months are figures, so that they need no
words; where Slack can write a date by itself, `blocks.day` and `blocks.moment` let it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, tzinfo

_KM_PER_MILE = 1.609344


@dataclass(frozen=True, slots=True)
class Manner:
    """Decimal mark, mark between thousands, forms of a percentage, a day and a month; whether in miles; the zone."""

    decimal: str = "."
    group: str = ""
    percentage: str = "{} %"
    days: str = "%Y-%m-%d"  # for `strftime`
    months: str = "{0}-{1:02}"  # for `format`: year, month
    miles: bool = False
    zone: tzinfo = UTC

    def number(self, value: float, digits: int = 0) -> str:
        """`1,234.5` as it is written there, with at most so many decimals and no needless zero."""
        text = f"{value:,.{digits}f}"
        whole, _, rest = text.partition(".")
        rest = rest.rstrip("0")
        return whole.replace(",", self.group) + (self.decimal + rest if rest else "")

    def percent(self, share: float) -> str:
        """A share of one, in whole per cents."""
        return self.percentage.format(f"{share * 100:.0f}")

    def distance(self, km: float) -> str:
        """Whole kilometres, or miles where people think in them."""
        return f"{self.number(km / _KM_PER_MILE)} mi" if self.miles else f"{self.number(km)} km"

    def day(self, when: date) -> str:
        """A day in figures: the one that an instant falls on in the reader's zone, or a date as it is."""
        local = when.astimezone(self.zone) if isinstance(when, datetime) else when
        return local.strftime(self.days)

    def month(self, when: date) -> str:
        """A month in figures. It is one that somebody has stated, so no zone moves it."""
        return self.months.format(when.year, when.month)  # `strftime` takes four times as long, twice for each item


NEUTRAL = Manner()
_SPACE = "\u202f"  # the narrow space that keeps a number together
_MONTH_FIRST = "{1:02}/{0}"
_SLASHES = ("%d/%m/%Y", _MONTH_FIRST)
_DOTS = ("%d.%m.%Y", "{1:02}.{0}")
_ENGLISH = Manner(".", ",", "{}%", *_SLASHES)
_BY_LOCALE = {
    "en": _ENGLISH,
    "en-us": Manner(".", ",", "{}%", "%m/%d/%Y", _MONTH_FIRST, miles=True),
    "en-gb": Manner(".", ",", "{}%", *_SLASHES, miles=True),
    "fr": Manner(",", _SPACE, "{} %", *_SLASHES),
    "de": Manner(",", ".", "{} %", *_DOTS),
    "es": Manner(",", ".", "{} %", *_SLASHES),
    "it": Manner(",", ".", "{}%", *_SLASHES),
    "pt": Manner(",", ".", "{}%", *_SLASHES),
    "nl": Manner(",", ".", "{}%", "%d-%m-%Y", "{1:02}-{0}"),
    "pl": Manner(",", _SPACE, "{}%", *_DOTS),
    "ru": Manner(",", _SPACE, "{} %", *_DOTS),
    "sv": Manner(",", _SPACE, "{} %"),
    "tr": Manner(",", ".", "%{}", *_DOTS),
    "ja": Manner(".", ",", "{}%", "%Y/%m/%d", "{0}/{1:02}"),
    "zh": Manner(".", ",", "{}%", "%Y/%m/%d", "{0}/{1:02}"),
    "ko": Manner(".", ",", "{}%", "%Y.%m.%d", "{0}.{1:02}"),
}


@lru_cache(maxsize=512)
def of(locale: str, zone: tzinfo = UTC) -> Manner:
    """The manner of a locale as Slack names it (`fr-FR`): of the locale, else of its language, else the neutral one."""
    name = locale.replace("_", "-").casefold()
    found = _BY_LOCALE.get(name) or _BY_LOCALE.get(name.partition("-")[0], NEUTRAL)
    return found if zone is UTC else replace(found, zone=zone)
