"""The entry point: `shortlist`, or `python -m bot`. The only file of `bot` that knows `commands`."""

from __future__ import annotations

from bot import cli
from commands import ROUTES


def main() -> None:
    """Run the command line."""
    cli.main(ROUTES)


if __name__ == "__main__":
    main()
