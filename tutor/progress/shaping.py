"""Making a journal's file, and bringing an older one to the shape of today."""

import sqlite3
from pathlib import Path

from tutor.progress.descriptors import Holding, holding
from tutor.progress.migrations import MIGRATIONS
from tutor.progress.opening import SHAPE, index_of_log, log_of, refuse_newer, sync_folder


def create(path: Path) -> None:
    """Make an empty journal; there is never half a one at `path`."""
    new = path.with_name(f"{path.name}.new")
    write_new(new).close()
    new.replace(path)
    sync_folder(path.parent)


def write_new(path: Path) -> sqlite3.Connection:
    """An empty journal in a file that nobody else knows of, whatever was left there before."""
    for leftover in (path, log_of(path), index_of_log(path)):
        leftover.unlink(missing_ok=True)
    path.touch(mode=0o600)  # what somebody answered is their own; SQLite's log takes this mode too
    connection = holding(path, lambda: sqlite3.connect(path, isolation_level=None, factory=Holding))
    connection.execute("PRAGMA synchronous = FULL")
    bring_up_to_date(connection, path)
    return connection


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> bool:
    """Change the file to the newest shape, step by step; tells whether there was anything to do.

    Each migration and its mark are one transaction.
    """
    version = refuse_newer(connection, path)
    for number in range(version, SHAPE):
        connection.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return version < SHAPE
