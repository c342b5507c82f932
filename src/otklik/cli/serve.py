"""`otklik serve`: the web application, with its background work, on this machine."""

from pathlib import Path
from typing import Any

import click

from otklik.base.text import N_, Words
from otklik.cli.options import command

FOLDER = Path("otklik-data")


def folder_option(words: Words) -> click.Option:
    """Where everything is kept."""
    return click.Option(["--data", "folder"], type=click.Path(path_type=Path, file_okay=False), default=FOLDER,
                        envvar="OTKLIK_DATA", show_default=True,
                        help=words.say(N_("The folder that holds database, log and files.")))  # fmt: skip


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    parameters = [
        folder_option(words),
        click.Option(["--host"], default="127.0.0.1", show_default=True,
                     help=say(N_("The address to listen at; 127.0.0.1 = this machine only."))),
        click.Option(["--port"], type=click.IntRange(1, 65_535), default=8000, show_default=True,
                     help=say(N_("The port to listen at."))),
        click.Option(["--workers"], type=click.IntRange(1, 64), default=1, show_default=True,
                     help=say(N_("How many processes answer."))),
        click.Option(["--no-worker"], is_flag=True,
                     help=say(N_("Leave the background work to `otklik worker` elsewhere."))),
    ]  # fmt: skip
    text = N_("Start the web application: everyone in the company sees how fast you serve.")
    return command("serve", say(text), parameters, lambda given: _serve(words, given))


def _serve(words: Words, given: dict[str, Any]) -> None:
    from otklik.web.listening import check_address
    from otklik.web.serve import Serving, prepare, serve

    check_address(given["host"], given["port"])
    prepare(given["folder"])
    serving = Serving(given["folder"], given["host"], given["port"], given["workers"], not given["no_worker"])
    click.echo(words.say(N_("Otklik answers at %(address)s (stop it with Ctrl-C)."), address=serving.address))
    serve(serving)
