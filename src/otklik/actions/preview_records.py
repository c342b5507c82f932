"""Look at records before they are brought in: what was detected, on their own rows, and what would not work."""

from otklik.actions.import_log import Records, paths_of, read_options
from otklik.base.progress import Progress, no_progress
from otklik.schemas.previews import Preview


def preview_records(records: Records, progress: Progress = no_progress) -> Preview:
    """Detect and read for a look, with whatever was told already; raise UserError where there is nothing to show."""
    from otklik.intake import preview

    return preview(paths_of(records), read_options(records, progress), format=records.format)
