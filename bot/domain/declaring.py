"""How a parameter is declared; `parameters.py` declares them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.domain.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One thing that can be asked for: `key` is what people type, `field` the attribute of the query that holds it.

    `offers` is what it names, where a form can offer those there are: `job`, `profile`, `source` or `board`. `more`:
    the form shows it only when it is used, or when somebody asks for all filters.
    """

    key: str
    field: str
    kind: Kind
    seed: tuple[str, ...]
    current: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    offers: str = ""
    more: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every word accepted as its key, the canonical one first."""
        return tuple(dict.fromkeys((self.key, *self.aliases, *self.seed, *self.current)))


def parameter(
    key: str,
    kind: Kind,
    seed: str | tuple[str, ...],
    *,
    current: str | tuple[str, ...] | None = None,
    field: str = "",
    aliases: tuple[str, ...] = (),
    offers: str = "",
    more: bool = False,
) -> Parameter:
    """A declaration; `field` and `current` are as `key` and `seed` where they are not named."""
    as_tuple = (seed,) if isinstance(seed, str) else seed
    now = as_tuple if current is None else (current,) if isinstance(current, str) else current
    return Parameter(
        key=key,
        field=field or key.replace("-", "_"),
        kind=kind,
        seed=as_tuple,
        current=now,
        aliases=aliases,
        offers=offers,
        more=more,
    )
