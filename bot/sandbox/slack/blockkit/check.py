"""The tools with which the rules of Block Kit are written: every violation becomes a problem with a JSON pointer."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]
Json = dict[str, Any]

PLAIN: Collection[str] = ("plain_text",)
ANY_TEXT: Collection[str] = ("plain_text", "mrkdwn")


@dataclass(frozen=True, slots=True)
class Problem:
    """One violation, printed as Slack prints it in `response_metadata.messages`."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


@dataclass(slots=True)
class Check:
    """One run over one payload for one surface."""

    surface: Surface
    problems: list[Problem] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    focused: int = 0

    def fail(self, at: str, message: str) -> None:
        """Note a violation at a JSON pointer."""
        self.problems.append(Problem(at, message))

    def mapping(self, value: object, at: str) -> bool:
        """Tell whether a value is a JSON object, noting it when not."""
        if isinstance(value, dict):
            return True
        self.fail(at, "must be a valid object")
        return False

    def string(
        self, owner: Json, name: str, at: str, maximum: int, *, required: bool = False, minimum: int = 0
    ) -> None:
        """Check a string and its length in characters."""
        value = owner.get(name)
        if value is None:
            if required:
                self.fail(at, f"missing required field: {name}")
            return
        if not isinstance(value, str):
            self.fail(f"{at}/{name}", "must be a string")
        elif len(value) > maximum:
            self.fail(f"{at}/{name}", f"must be less than {maximum + 1} characters")
        elif len(value) < minimum:
            self.fail(f"{at}/{name}", f"must be more than {minimum - 1} characters")

    def text(
        self,
        owner: Json,
        name: str,
        at: str,
        maximum: int,
        *,
        kinds: Collection[str] = ANY_TEXT,
        required: bool = False,
    ) -> None:
        """Check a text object: its type and 1 to `maximum` characters."""
        value = owner.get(name)
        if value is None:
            if required:
                self.fail(at, f"missing required field: {name}")
            return
        self.text_object(value, f"{at}/{name}", maximum, kinds=kinds)

    def text_object(self, value: object, at: str, maximum: int, *, kinds: Collection[str] = ANY_TEXT) -> None:
        """Check a text object that stands in a list."""
        if not isinstance(value, dict):
            self.fail(at, "must be a text object")
            return
        if value.get("type") not in kinds:
            self.fail(f"{at}/type", f"must be one of: {', '.join(kinds)}")
            return
        self.string(value, "text", at, maximum, required=True, minimum=1)
        for name, kind in (("emoji", "plain_text"), ("verbatim", "mrkdwn")):
            if name in value and value["type"] != kind:
                self.fail(f"{at}/{name}", f"is only allowed in {kind}")
            self.boolean(value, name, at)

    def items(
        self,
        owner: Json,
        name: str,
        at: str,
        maximum: int,
        *,
        minimum: int = 1,
        required: bool = True,
    ) -> Iterator[tuple[str, Any]]:
        """Check a list and its length; yield each item with its pointer."""
        value = owner.get(name)
        if value is None:
            if required:
                self.fail(at, f"missing required field: {name}")
            return
        if not isinstance(value, list):
            self.fail(f"{at}/{name}", "must be an array")
            return
        if len(value) > maximum:
            self.fail(f"{at}/{name}", f"no more than {maximum} items allowed [max {maximum}]")
        if len(value) < minimum:
            self.fail(f"{at}/{name}", f"no fewer than {minimum} items allowed")
        for index, item in enumerate(value):
            yield f"{at}/{name}/{index}", item

    def one_of(self, owner: Json, name: str, at: str, values: Collection[str], *, required: bool = False) -> None:
        """Check a word against the allowed ones."""
        value = owner.get(name)
        if value is None and not required:
            return
        if not isinstance(value, str) or value not in values:
            self.fail(f"{at}/{name}", f"must be one of: {', '.join(values)}")

    def boolean(self, owner: Json, name: str, at: str) -> None:
        """Check an optional boolean."""
        if owner.get(name) is not None and not isinstance(owner[name], bool):
            self.fail(f"{at}/{name}", "must be a boolean")

    def integer(self, owner: Json, name: str, at: str, low: int, high: int, *, required: bool = False) -> None:
        """Check a whole number and its bounds, both included."""
        value = owner.get(name)
        if value is None:
            if required:
                self.fail(at, f"missing required field: {name}")
        elif not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.fail(f"{at}/{name}", f"must be an integer from {low} to {high}")

    def unique(self, value: object, seen: set[str], at: str, name: str) -> None:
        """Check that an id occurs once in its scope."""
        if not isinstance(value, str):
            return
        if value in seen:
            self.fail(f"{at}/{name}", f"{name} `{value}` already exists")
        seen.add(value)
