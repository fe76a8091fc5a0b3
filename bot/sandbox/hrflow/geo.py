"""Distances between points on the globe, with everything that does not depend on the pair computed once."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from .text import number

EARTH_KM = 6371.0088
"""Mean radius of the Earth in kilometres."""


class Point(NamedTuple):
    """A place: latitude and longitude in radians, and the cosine of the latitude."""

    lat: float
    lng: float
    cos_lat: float


def point(lat: object, lng: object) -> Point | None:
    """Return the point of two degrees (numbers or texts that spell one), None where they name no place on Earth."""
    north, east = number(lat), number(lng)
    if north is None or east is None or not -90 <= north <= 90 or not -180 <= east <= 180:
        return None
    return Point(radians(north), radians(east), cos(radians(north)))


def kilometres(a: Point, b: Point) -> float:
    """Return the great-circle distance by the haversine formula."""
    half_lat = sin((b.lat - a.lat) / 2)
    half_lng = sin((b.lng - a.lng) / 2)
    chord = half_lat * half_lat + a.cos_lat * b.cos_lat * half_lng * half_lng
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))


def nearest(centre: Point, points: tuple[Point, ...]) -> float | None:
    """Return the distance in kilometres from `centre` to the nearest of `points`, None where there are none."""
    return min((kilometres(centre, each) for each in points), default=None)
