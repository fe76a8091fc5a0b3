"""What can be changed while the HrFlow side runs."""

from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class HrflowConfig:
    """Behaviour that the documentation leaves open (reference hrflow-api §9), read at each request.

    `put`: `PUT .../indexing` replaces the whole object, or changes only the given fields.
    `lag_ms`: lists see a write only after this long; `GET .../indexing` sees it at once.
    `strict`: None requires the account's e-mail in `X-USER-EMAIL` (else 401); True requires the account's `agent_key`
    on `/jobs/scoring` too, unless the engine is off (else 400); False requires neither.
    """

    put: Literal["replace", "merge"] = "replace"
    lag_ms: int = 0
    strict: bool | None = None
