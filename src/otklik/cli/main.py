"""The command line: `otklik report FILE...` and its neighbours; every command is loaded only when it is asked for."""

import gettext
import importlib
import os
import sys
from collections.abc import Sequence

import click

from otklik.base.errors import UserError
from otklik.base.text import LANGUAGES, LOCALE_FOLDER, N_, Words

COMMANDS = {
    "report": N_("How fast we serve, where customers wait: one HTML page from your records."),
    "measure": N_("Every measure of every request as a table (Parquet or CSV)."),
    "explain": N_("Show how one number of one request came about."),
    "log": N_("Keep a log that grows: import, look, export, undo."),
    "okr": N_("Goals (OKR): look at them, measure them, grade them."),
    "serve": N_("The web application: everyone in the company sees how fast you serve."),
    "worker": N_("Background work of the web application, alone."),
    "backup": N_("Write a whole installation into one file."),
    "restore": N_("Unpack a backup into a new folder."),
    "doctor": N_("Look whether an installation is whole."),
    "demo": N_("Simulate a sample company and write its report."),
    "sources": N_("The kinds of records that can be read."),
    "schema": N_("The JSON Schema of what `report --json` prints."),
}


class Commands(click.Group):
    """A group that imports a command's file only when that command runs."""

    words = Words("en")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command in the reader's language."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"otklik.cli.{cmd_name}")
        command: click.Command = module.build(self.words)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading any."""
        with formatter.section(self.words.say(N_("Commands"))):
            formatter.write_dl([(name, self.words.say(text)) for name, text in COMMANDS.items()])


def language_of(arguments: Sequence[str]) -> str:
    """The reader's language: --lang, else OTKLIK_LANG, else the system's, else English."""
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang" and index + 1 < len(arguments):
            return arguments[index + 1]
    for name in ("OTKLIK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ru" if value.lower().startswith("ru") else "en"
    return "en"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 = done, 1 = the doctor found something, 2 = to be put right by the user, 130 = interrupted."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    language = language_of(arguments)
    words = Words(language)
    _speak(words.language)
    group = Commands("otklik", help=words.say(N_("How fast do we really serve people, and where do they wait?")))
    group.words = words
    group.params.append(
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=words.say(N_("Language: en or ru."))),
    )
    group.params.append(_version(words))
    group.callback = lambda lang: None
    try:
        code = group.main(arguments, prog_name="otklik", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UserError as error:
        click.echo(words.error(error), err=True)
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo(words.say(N_("Stopped. Nothing was left half-written.")), err=True)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return code if isinstance(code, int) else 0


def _speak(language: str) -> None:
    """Let click's own words (Usage, Options ...) come from our catalogue too."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("django", str(LOCALE_FOLDER))
    gettext.textdomain("django")


def _version(words: Words) -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:
            from importlib.metadata import version

            click.echo(f"otklik {version('otklik')}")
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show,
        help=words.say(N_("Show the version and stop.")),
    )  # fmt: skip


def run() -> None:
    """Leave with the exit code of `main`."""
    sys.exit(main())


if __name__ == "__main__":
    run()
