"""Draw the example timeline of each measure from docs/timelines.toml; the measure itself says what counts."""

import tomllib
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pyarrow as pa

from otklik.measures import explain
from otklik.schemas.events import EVENTS, QUARANTINE, REQUESTS, Can
from otklik.schemas.log import ImportCount, ServiceLog, SourceFacts
from otklik.schemas.results import Explanation

ROOT = Path(__file__).resolve().parents[1]
START = datetime(2026, 3, 2, 6, tzinfo=UTC)
WIDTH, LEFT, RIGHT, AXIS = 760, 14, 746, 74
WHO = {
    "en": {"customer": "Customer", "agent": "We", "rule": "Automatic", "bot": "Bot"},
    "ru": {"customer": "Клиент", "agent": "Мы", "rule": "Автомат", "bot": "Бот"},
}
DOES = {
    "en": {"asks": "asks", "writes": "writes", "replies": "answer", "notes": "note", "lets": "let go",
           "resolved": "resolved", "closed": "closed", "open": "open again", "waiting_customer": "your turn",
           "waiting_third_party": "third party", "takes": "taken: %s", "moves": "team: %s", "does": "step: %s",
           "counted": "counts", "not": "does not count", "value": "value"},
    "ru": {"asks": "спросил", "writes": "написал", "replies": "ответ", "notes": "заметка", "lets": "отпустили",
           "resolved": "решено", "closed": "закрыто", "open": "снова открыто", "waiting_customer": "ход клиента",
           "waiting_third_party": "третья сторона", "takes": "взял: %s", "moves": "команда: %s", "does": "шаг: %s",
           "counted": "считается", "not": "не считается", "value": "значение"},
}  # fmt: skip
NAMES_RU = {"Ann": "Анна", "Boris": "Борис", "First line": "Первая линия", "Technical": "Техническая",
            "Check": "Проверка", "Assess": "Оценка"}  # fmt: skip
STYLE = """<style>text{font:12px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#3d4451}
.line{stroke:#aab2bf}.us{fill:#2f6f9f}.customer{fill:#d9822b}.machine{fill:#98a1af}.on{fill:#d9822b}.off{fill:#e3e7ec}
.paper{fill:#fff}@media(prefers-color-scheme:dark){text{fill:#c3cad5}.line{stroke:#5a6472}.off{fill:#333b47}
.paper{fill:#14181f}.us{fill:#6fb1e0}}</style>"""
STATES = ("resolved", "closed", "open", "waiting_customer", "waiting_third_party")


def event(minute: str, who: str, act: str, rest: str, seq: int) -> dict[str, object]:
    """Turn one example line into one event of the log."""
    kinds = {"asks": "created", "writes": "message", "replies": "message", "notes": "note", "sets": "status",
             "takes": "assigned", "lets": "assigned", "moves": "assigned", "does": "step"}  # fmt: skip
    row: dict[str, object] = dict.fromkeys(EVENTS.names)
    row |= {"source": "example", "request": "1", "at": START + timedelta(minutes=int(minute)), "seq": seq}
    row |= {"kind": kinds[act], "by": who, "public": act in ("asks", "writes", "replies")}
    row["status"] = rest if act == "sets" else ("new" if act == "asks" else None)
    row["assignee"] = rest if act == "takes" else None
    row["team"] = rest if act == "moves" else None
    row["activity"] = rest if act == "does" else None
    return row


def parts_of(line: str) -> tuple[str, str, str, str]:
    """Split '25 agent takes Ann' into minute, who, act, rest."""
    minute, who, act, rest = [*line.split(maxsplit=3), ""][:4]
    return minute, who, act, rest


def log_of(lines: list[str]) -> ServiceLog:
    """Build a service log of one request; steps are counted only in the example about steps."""
    rows = [event(*parts_of(line), seq=i) for i, line in enumerate(lines)]
    horizon = START + timedelta(minutes=max(int(line.split()[0]) for line in lines) + 5)
    facts = SourceFacts("example", "events", Can(255), horizon)
    events = pa.Table.from_pylist(rows, schema=EVENTS)
    requests = pa.Table.from_pylist([{"source": "example", "request": "1"}], schema=REQUESTS)
    return ServiceLog(events, requests, (facts,), QUARANTINE.empty_table(), ImportCount())


def draw(lines: list[str], explanation: Explanation, language: str) -> str:
    """Draw the events above a line of time, and below it what counts."""
    span = (explanation.intervals and max(int(line.split()[0]) for line in lines)) or 1
    x = {START + timedelta(minutes=m): LEFT + (RIGHT - LEFT) * m / max(span, 100) for m in range(0, 300)}
    words = DOES[language]
    parts = [f'<line class="line" x1="{LEFT}" y1="{AXIS}" x2="{RIGHT}" y2="{AXIS}" stroke-width="1.5"/>']
    ends = [0.0, 0.0, 0.0]
    for line in lines:
        parts += _mark(line, x, ends, language)
    labels = {True: words["counted"], False: words["not"]}
    shown = set()
    for piece in explanation.intervals:
        left, right = (x.get(at, RIGHT) for at in (piece.start, piece.end))
        kind = "on" if piece.counted else "off"
        shown.add(piece.counted)
        if right - left < 1:
            parts.append(f'<circle class="{kind}" cx="{left:.1f}" cy="{AXIS + 25}" r="7"/>')
        else:
            parts.append(_box(kind, left, AXIS + 16, right - left - 1, 18))
    at = LEFT
    for counted in (True, False):
        if counted in shown:
            parts.append(_box("on" if counted else "off", at, AXIS + 48, 12, 12))
            parts.append(f'<text x="{at + 18}" y="{AXIS + 58}">{escape(labels[counted])}</text>')
            at += 130
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {AXIS + 68}" role="img">{STYLE}'
    return f'{head}<rect class="paper" width="{WIDTH}" height="{AXIS + 68}"/>{"".join(parts)}</svg>\n'


def _box(kind: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" rx="3"/>'


def _mark(line: str, x: dict[datetime, float], ends: list[float], language: str) -> list[str]:
    minute, who, act, rest = parts_of(line)
    at = x[START + timedelta(minutes=int(minute))]
    name = NAMES_RU.get(rest, rest) if language == "ru" else rest
    key = rest if act == "sets" else act
    text = DOES[language][key]
    text = text % name if "%s" in text else text
    label = f"{WHO[language][who]}: {text}" if act in ("asks", "writes", "replies", "notes") else text
    width = len(label) * 7.5
    left = min(max(at - 8, 2.0), WIDTH - width - 4)
    lane = next((i for i, end in enumerate(ends) if left > end + 6), ends.index(min(ends)))
    ends[lane] = left + width
    y = AXIS - 18 - 18 * lane
    side = "customer" if who == "customer" else "us" if who == "agent" else "machine"
    return [
        f'<line class="line" x1="{at:.1f}" y1="{y + 4}" x2="{at:.1f}" y2="{AXIS}"/>',
        f'<circle class="{side}" cx="{at:.1f}" cy="{AXIS}" r="5.5"/>',
        f'<text x="{left:.1f}" y="{y}">{escape(label)}</text>',
    ]


def main() -> None:
    """Draw every measure in both languages."""
    examples = tomllib.loads((ROOT / "docs" / "timelines.toml").read_text("utf-8"))
    for measure, example in examples.items():
        log = log_of(example["lines"])
        explanation = explain(log, None, "example", "1", measure)
        for language in ("en", "ru"):
            folder = ROOT / "docs" / language / "method" / "img"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{measure}.svg").write_text(draw(example["lines"], explanation, language), "utf-8")


if __name__ == "__main__":
    main()
