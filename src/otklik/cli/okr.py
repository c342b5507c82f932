"""`otklik okr ...`: goals on the command line; every command is a file of its own, loaded only when asked for."""

import importlib
from collections.abc import Callable

import click

from otklik.base.text import N_, Words

COMMANDS = {
    "propose": N_("A first cycle of goals, where your customers wait most."),
    "lint": N_("What weakens your goals, and how to put it right."),
    "sort": N_("A list of goals sorted: objectives, key results, tasks, KPIs."),
    "backtest": N_("The same goals graded on the cycles before."),
    "grade": N_("Measure and grade goals by a log."),
    "forecast": N_("What goals take from now on, and how likely they are."),
    "check-in": N_("Say how a key result goes, and how sure you are."),
    "report": N_("One page, or one PDF, on a whole cycle."),
    "export": N_("Write goals as CSV, XLSX, JSON or TOML."),
}
"""Command -> what it is for; `otklik.cli.okr_<command>` builds it, a dash written as an underscore."""


class OkrCommands(click.Group):
    """A group that imports a command's file only when that command runs."""

    def __init__(self, words: Words) -> None:
        super().__init__("okr", help=words.say(N_("Goals (OKR): look at them, measure them, grade them.")))
        self.words = words

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command in the reader's language."""
        if cmd_name not in COMMANDS:
            return None
        builder: Callable[[Words], click.Command] = importlib.import_module(
            f"otklik.cli.okr_{cmd_name.replace('-', '_')}"
        ).build
        return builder(self.words)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading any."""
        with formatter.section(self.words.say(N_("Commands"))):
            formatter.write_dl([(name, self.words.say(text)) for name, text in COMMANDS.items()])


def build(words: Words) -> click.Command:
    """Build the group in the reader's language."""
    return OkrCommands(words)
