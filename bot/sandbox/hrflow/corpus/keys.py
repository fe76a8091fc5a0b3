"""Keys of objects: forty lower-case hexadecimal digits made from the seed and what the object is."""

from hashlib import blake2b

FOREIGN_KEY = "7d3c19e05b8a46f2d1907ce4b35a68f01c2e9d74"
"""The key of a source and of a board that belong to another team: asking for them is refused with 401."""


def make_key(*parts: object) -> str:
    """Return a key that depends on nothing but `parts`."""
    return blake2b("/".join(map(str, parts)).encode(), digest_size=20).hexdigest()
