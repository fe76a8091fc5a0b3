"""The conditions that lists are filtered by, as tests of one record; what they compare is in `records`."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from .dates import parse_date
from .errors import InvalidParameterError
from .geo import Point, kilometres
from .params import Params
from .records import JobRecord, Named, ProfileRecord
from .text import fold, number, scalar

R = TypeVar("R", bound=ProfileRecord | JobRecord)
Wanted = tuple[str, float | str | None]
"""A folded name and the value asked for, None for any."""


def apply(records: Iterable[R], tests: Iterable[Callable[[R], bool]]) -> list[R]:
    """Return the records that pass every test, in their order."""
    left = list(records)
    for test in tests:
        left = [record for record in left if test(record)]
    return left


def within(value: Callable[[R], float | None], low: float | None, high: float | None) -> list[Callable[[R], bool]]:
    """Keep records whose value lies between the bounds, both included; a record without the value fails a bound."""
    if low is None and high is None:
        return []
    least, most = float("-inf") if low is None else low, float("inf") if high is None else high

    def test(record: R) -> bool:
        found = value(record)
        return found is not None and least <= found <= most

    return [test]


def years(params: Params, prefix: str) -> tuple[float | None, float | None]:
    """Return the bounds `<prefix>_min` and `<prefix>_max` in years; a negative one is none (§9, row 21)."""
    low, high = params.number(f"{prefix}_min"), params.number(f"{prefix}_max")
    return (None if low is None or low < 0 else low), (None if high is None or high < 0 else high)


def keywords(text: Callable[[R], str], wanted: Iterable[str]) -> list[Callable[[R], bool]]:
    """Keep records whose folded text contains every keyword (reference hrflow-api §9, row 23)."""
    folded = [fold(word) for word in wanted]
    return [lambda record: all(word in text(record) for word in folded)] if folded else []


def around(
    points: Callable[[R], Iterable[Point]], centre: Point | None, distance: float | None
) -> list[Callable[[R], bool]]:
    """Keep records with a point within `distance` kilometres; it takes both a centre and a distance to filter."""
    if centre is None or distance is None:
        return []
    return [lambda record: any(kilometres(centre, each) <= distance for each in points(record))]


def distance(params: Params, name: str) -> float | None:
    """Return a radius in kilometres."""
    radius = params.number(name)
    if radius is not None and radius < 0:
        raise InvalidParameterError(name, "a distance in kilometres is expected")
    return radius


def read_named(name: str, items: Iterable[Any]) -> list[Wanted]:
    """Read items of a list of names, each a text or an object with `name` and maybe `value`."""
    wanted: list[Wanted] = []
    for item in items:
        label, value = (item.get("name"), item.get("value")) if isinstance(item, dict) else (item, None)
        if isinstance(label, int | float) and not isinstance(label, bool):
            label = str(label)
        if not isinstance(label, str) or isinstance(value, list | dict):
            raise InvalidParameterError(name, "a list of names or of objects with name and value is expected")
        if label.strip():
            wanted.append((fold(label).strip(), None if value == "" else scalar(value)))
    return wanted


def levels(params: Params, named: Callable[[R], Named], *names: str) -> list[Callable[[R], bool]]:
    """Keep records that have every name of a list.

    A numeric value is the least level, another value has to be equal (reference hrflow-api §9, row 24).
    """

    def test_of(name: str, value: float | str | None) -> Callable[[R], bool]:
        if value is None:
            return lambda record: name in named(record)
        if isinstance(value, str):
            return lambda record: value in named(record).get(name, ())
        return lambda record: any(isinstance(has, float) and has >= value for has in named(record).get(name, ()))

    return [test_of(*wanted) for wanted in read_named(*params.items(*names))]


def tags(params: Params) -> list[Callable[[R], bool]]:
    """Keep records by tags: `tags_dict` (all of them), `tags_included` (AND of ORs), `tags_excluded` (none of them).

    A tag without a value asks for its name alone, one with a value for both (reference hrflow-api §9, row 22).
    """
    tests: list[Callable[[R], bool]] = []
    for name, flat_means_any in (("tags_dict", False), ("tags", False), ("tags_included", True)):
        items = params.items(name)[1]
        flat = [item for item in items if not isinstance(item, list)]
        groups = [item for item in items if isinstance(item, list)]
        groups += [flat] if flat_means_any else [[item] for item in flat]
        tests += [_any_tag(group) for group in (read_named(name, group) for group in groups) if group]
    items = params.items("tags_excluded")[1]
    unwanted = read_named("tags_excluded", _flattened(items))
    if unwanted:
        has_unwanted: Callable[[R], bool] = _any_tag(unwanted)
        tests.append(lambda record: not has_unwanted(record))
    return tests


def _any_tag(wanted: list[Wanted]) -> Callable[[R], bool]:
    def test(record: R) -> bool:
        has = record.tags
        return any(name in has if value is None else value in has.get(name, ()) for name, value in wanted)

    return test


def _flattened(items: Iterable[Any]) -> list[Any]:
    return [each for item in items for each in (item if isinstance(item, list) else [item])]


def overlaps(params: Params, name: str) -> list[Callable[[JobRecord], bool]]:
    """Keep jobs that have, for every range asked for, one of that name that overlaps it, bounds included."""
    read: Callable[[object], float | None] = parse_date if name == "ranges_date" else number
    ranges: Callable[[JobRecord], Any] = (
        (lambda job: job.ranges_date) if name == "ranges_date" else (lambda job: job.ranges_float)
    )

    def bound(item: dict[str, Any], field: str, empty: float) -> float:
        value = item.get(field)
        if value is None or value == "":
            return empty
        found = read(value)
        if found is None:
            raise InvalidParameterError(name, f"{field} cannot be read")
        return found

    def test_of(item: Any) -> Callable[[JobRecord], bool]:
        if not isinstance(item, dict) or not isinstance(item.get("name"), str):
            raise InvalidParameterError(name, "a list of objects with name, value_min and value_max is expected")
        wanted = fold(item["name"]).strip()
        low, high = bound(item, "value_min", float("-inf")), bound(item, "value_max", float("inf"))
        return lambda job: any(has == wanted and least <= high and most >= low for has, least, most in ranges(job))

    return [test_of(item) for item in params.items(name)[1]]
