"""Options that several commands share: what to read, and by which hours to measure."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from otklik.actions.import_log import Records
from otklik.actions.measure_speed import Yardstick
from otklik.base.errors import UserError
from otklik.base.text import LANGUAGES, N_, Words


class UnreadableInstant(UserError):
    """A date nobody can read: facts `text`."""

    code = "unreadable-instant"
    message = N_("%(text)s is not a date or an instant.")
    hint = N_("Write it like 2026-03-31 or 2026-03-31T18:00+03:00.")


class UnknownZone(UserError):
    """No such time zone: facts `zone`."""

    code = "unknown-zone"
    message = N_("There is no time zone %(zone)s.")
    hint = N_("Write it like Europe/Moscow or Asia/Yekaterinburg.")


class UnreadableRole(UserError):
    """A --map that is not column=role: facts `text`."""

    code = "unreadable-role"
    message = N_("%(text)s does not say which column plays which role.")
    hint = N_("Write --map 'Column name=role', for instance --map 'Opened=created_at'.")


def record_options(words: Words) -> list[click.Parameter]:
    """What to read: FILE... and everything that corrects a guess."""
    say = words.say
    return [
        click.Argument(["files"], nargs=-1, required=True, metavar="FILE..."),
        click.Option(["--format"], help=say(N_("Kind of records, when it cannot be told by itself (otklik sources)."))),
        click.Option(["--source"], help=say(N_("A short name for where the records come from."))),
        click.Option(["--map", "roles"], multiple=True, metavar="COLUMN=ROLE",
                     help=say(N_("Correct what a column means; may be repeated."))),
        click.Option(["--mapping"], type=click.Path(path_type=Path), help=say(N_("Use a saved mapping file."))),
        click.Option(["--we"], multiple=True, metavar="ADDRESS",
                     help=say(N_("Our own address, domain or name, where the records do not say who answers."))),
        click.Option(["--tz"], metavar="ZONE", help=say(N_("The company's time zone, like Europe/Moscow."))),
        click.Option(["--as-of"], metavar="DATE", help=say(N_("The instant up to which the records are complete."))),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say(N_("Language: en or ru."))),
    ]  # fmt: skip


def calendar_option(words: Words) -> click.Option:
    """By which hours to measure."""
    text = N_("Working hours: a preset (ru, us, 24x7, 'mon-fri 9-18 Europe/Moscow') or a TOML file.")
    return click.Option(["--calendar"], metavar="FILE|PRESET", help=words.say(text))


def records_of(given: dict[str, Any]) -> Records:
    """Turn what the user wrote into Records; raise UserError for what cannot be read."""
    return Records(
        files=tuple(given["files"]),
        format=given["format"],
        source=given["source"],
        time_zone=_zone(given["tz"]),
        roles=dict(_role(text) for text in given["roles"]),
        mapping_file=given["mapping"],
        our_addresses=tuple(given["we"]),
        as_of=instant_of(given["as_of"], given["tz"]),
    )


def yardstick_of(given: dict[str, Any]) -> Yardstick:
    """By which hours, up to when."""
    return Yardstick(given["calendar"], instant_of(given["as_of"], given["tz"]), given["tz"])


def instant_of(text: str | None, zone: str | None) -> datetime | None:
    """Read a date or instant; without an offset it is local to `zone`, a bare date means its end."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise UnreadableInstant(text=text) from None
    if len(text) <= len("2026-03-31"):
        at = at.replace(hour=23, minute=59, second=59)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(_zone(zone) or "UTC"))


def command(name: str, text: str, parameters: Sequence[click.Parameter], run: Callable[..., None]) -> click.Command:
    """One command from its parts; `run` receives the parameters by name."""
    return click.Command(name, params=list(parameters), help=text, callback=lambda **given: run(given))


def _zone(name: str | None) -> str | None:
    if name is not None:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise UnknownZone(zone=name) from None
    return name


def _role(text: str) -> tuple[str, str]:
    column, equals, role = text.rpartition("=")
    if not equals or not column or not role:
        raise UnreadableRole(text=text)
    return column.strip(), role.strip()
