"""Keep how the columns of a table were understood, to correct and use again with --mapping."""

from pathlib import Path

from otklik.base.files import whole_file
from otklik.schemas.log import ServiceLog


def save_log_mapping(log: ServiceLog, path: Path) -> None:
    """Write the mapping of a log that was read from tables; whole or not at all."""
    from otklik.intake import save_mapping

    with whole_file(path) as temporary:
        save_mapping(temporary, log.guesses)
