"""`otklik okr sort FILE|-`: a list of goals sorted into objectives, key results, tasks and KPIs, with the reason."""

import json
from pathlib import Path
from typing import Any

import click

from otklik.base.text import LANGUAGES, N_, Words
from otklik.cli.options import command
from otklik.schemas.coach import LINE_KINDS


def build(words: Words) -> click.Command:
    """Build the command in the reader's language."""
    say = words.say
    parameters: list[click.Parameter] = [
        click.Argument(["file"], type=click.Path(path_type=Path, allow_dash=True), metavar="FILE|-"),
        click.Option(["--json", "as_json"], is_flag=True, help=say(N_("Print the lines as JSON."))),
        click.Option(["--lang"], type=click.Choice(LANGUAGES), help=say(N_("Language: en or ru."))),
    ]
    text = N_("Sort the lines of a text into objectives, key results, tasks and KPIs, and say why.")
    return command("sort", say(text), parameters, lambda given: _sort(words, given))


def _sort(words: Words, given: dict[str, Any]) -> None:
    from otklik.actions.sort_goals import reason_told, sort_goals

    lines = sort_goals(_text_of(given["file"]))
    if given["as_json"]:
        told = [{"kind": one.kind, "text": one.text, "why": reason_told(one, words)} for one in lines]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one in lines:
        click.echo(f"{words.say(LINE_KINDS[one.kind])}: {one.text}")
        click.echo(f"  {reason_told(one, words)}")


def _text_of(file: Path) -> str:
    from otklik.actions.sort_goals import UnreadableList

    try:
        with click.open_file(str(file), encoding="utf-8-sig") as stream:
            text: str = stream.read()
            return text
    except UnicodeError:
        raise UnreadableList(file=str(file), reason=N_("it is not UTF-8 text")) from None
    except OSError as error:
        raise UnreadableList(file=str(file), reason=error.strerror or str(error)) from None
