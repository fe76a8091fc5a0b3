"""Why somebody says No: whether they are asked, and the codes they choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.entities import Stage
from bot.domain.text import fold, tidy

if TYPE_CHECKING:
    from bot.domain.stages import StageMove

OFF, OPTIONAL, REQUIRED = "off", "optional", "required"
DEFAULT_CODES = "skills,experience,location,salary,availability,language,other"
MOST_CODES = 100  # options of a select (reference slack-platform §3.2)
LONGEST_CODE = 60  # characters


@dataclass(frozen=True, slots=True)
class Asking:
    """`mode` is off, optional or required; `codes` as they are shown and recorded."""

    mode: str = OFF
    codes: tuple[str, ...] = ()

    def about(self, move: StageMove) -> bool:
        """Whether a move is asked about: a No, never the way back to one."""
        return self.mode != OFF and move.target is Stage.NO and not move.undo

    def lacks(self, move: StageMove, reason: str) -> bool:
        """Whether a move must not be made as it is: its reason is required, and is none of the codes."""
        return self.mode == REQUIRED and self.about(move) and reason not in self.codes


def read_codes(typed: str) -> tuple[str, ...]:
    """Codes between commas. Raises ValueError with half a sentence."""
    codes: dict[str, str] = {}
    for part in typed.split(","):
        if code := tidy(part):
            codes.setdefault(fold(code), code)
    if not codes:
        raise ValueError("it must name at least one code, such as skills,location")
    if len(codes) > MOST_CODES:
        raise ValueError(f"it may name {MOST_CODES} codes at the most")
    if any(len(code) > LONGEST_CODE for code in codes.values()):
        raise ValueError(f"a code may have {LONGEST_CODE} characters at the most")
    return tuple(codes.values())
