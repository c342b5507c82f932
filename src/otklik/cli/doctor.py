"""`otklik doctor`: look whether an installation is whole; 0 = it is, 1 = something is wrong."""

from typing import Any

import click

from otklik.base.text import N_, Words
from otklik.cli.options import command
from otklik.cli.serve import folder_option
from otklik.cli.showing import shown_progress

LOOKED_AT = {
    "accounts": N_("accounts of imports"),
    "files_on_their_way": N_("files on their way"),
    "jobs": N_("pieces of work"),
    "log_files": N_("files of the log"),
    "imports": N_("imports in the log"),
    "requests": N_("requests"),
}


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    text = N_("Look whether an installation is whole; nothing is changed.")
    return command("doctor", words.say(text), [folder_option(words)], lambda given: _examine(words, given))


def _examine(words: Words, given: dict[str, Any]) -> None:
    from otklik.web.backup import NothingToBackUp
    from otklik.web.serve import set_up

    if not given["folder"].is_dir():
        raise NothingToBackUp(folder=str(given["folder"]))
    set_up(given["folder"])
    from otklik.web.doctor import examine

    with shown_progress(words) as progress:
        told = examine(progress)
    for name, title in LOOKED_AT.items():
        if name in told.looked_at:
            click.echo(f"{told.looked_at[name]:>10,}  {words.say(title)}".replace(",", " "))
    for one in (*told.noticed, *told.wrong):
        click.echo(words.say(one.message, **one.facts))
        click.echo(f"  {words.say(one.hint, **one.facts)}")
    if told.wrong:
        raise click.exceptions.Exit(1)
    click.echo(words.say(N_("All is well.")))
