"""The migrations, one file a change in `versions/`, each following the one before it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event, text

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy.engine import URL, Connection

_LOCK = 7_231_905_116  # of ours alone in PostgreSQL, so that processes that start together take turns
_BUSY_SECONDS = 60


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, which lives in no file of its own."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def upgrade(url: URL, to: str = "head") -> None:
    """Bring the database to `to`, in one transaction."""
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite:
        engine = create_engine(url.set(drivername="sqlite"), connect_args={"timeout": _BUSY_SECONDS})
        event.listen(engine, "connect", _by_hand)
        event.listen(engine, "begin", _begin)
    else:
        engine = create_engine(url)
    try:
        with engine.begin() as connection:
            if not sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            command.upgrade(config(connection), to)
    finally:
        engine.dispose()


def _by_hand(connection: Any, _: object) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
