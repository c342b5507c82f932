"""The examples as objectives: ready to be copied into a cycle, bound to measures where the log can tell them."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from otklik.schemas.goals import Checkpoint, Health, KeyResult, Objective

_SECONDS: Final = {"min": 60, "h": 3_600, "days": 86_400}


@dataclass(frozen=True)
class LibraryExample:
    """One example: the kind of business by id and name, the objective above it, and the objective itself."""

    business: str
    name: str
    above: str
    objective: Objective


def library(language: str, start: date, end: date) -> tuple[LibraryExample, ...]:
    """Give every example in a language (English where it is not known), its checkpoint in the middle of the cycle.

    >>> [one.business for one in library("en", date(2026, 1, 1), date(2026, 3, 31))][:2]
    ['support_desk', 'it_service']
    """
    spoken = language if language in ("en", "ru") else "en"
    return tuple(_example(told, spoken, start + (end - start) / 2) for told in _told())


@cache
def _told() -> tuple[dict[str, Any], ...]:
    text = files(__package__).joinpath("examples.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["examples"])


def _example(told: dict[str, Any], language: str, middle: date) -> LibraryExample:
    objective = Objective(
        title=told["title"][language],
        why=told["why"][language],
        commitment="aspirational",
        contributes_to=(told["above"][language],),
        owner=told["owner"][language],
        key_results=tuple(
            _key_result(one, language, middle, told["owner"][language]) for one in told["key_results"]
        ),
        health=(_health(told["health"], language),),
    )  # fmt: skip
    return LibraryExample(told["business"], told["name"][language], told["above"][language], objective)


def _key_result(told: dict[str, Any], language: str, middle: date, owner: str) -> KeyResult:
    plain = {name: value for name, value in told.items() if name not in ("en", "ru", "halfway")}
    plain.setdefault("direction", "lower" if told["target"] < told["baseline"] else "raise")
    size = _SECONDS.get(told["unit"], 1) if told.get("source", {}).get("how") == "measure" else 1
    if size != 1:  # what the log measures is in seconds
        plain |= {"unit": "s", "baseline": told["baseline"] * size, "target": told["target"] * size}
    if "halfway" in told:
        plain["checkpoints"] = (Checkpoint(day=middle, value=told["halfway"] * size),)
    return KeyResult.model_validate(plain | {"title": told[language], "owners": (owner,)})


def _health(told: dict[str, Any], language: str) -> Health:
    plain = {name: value for name, value in told.items() if name not in ("en", "ru")}
    return Health.model_validate(plain | {"title": told[language]})
