"""Make the generated parts of the documentation anew: schema, timelines, rules; check that links lead somewhere."""

import json
import re
import sys
from pathlib import Path

from otklik.schemas.published import report_schema
from tools import coach_pages, timelines

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


def write_schema() -> None:
    """Write docs/schema/report.schema.json."""
    path = ROOT / "docs" / "schema" / "report.schema.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n", "utf-8")


def pages() -> list[Path]:
    """Every page people read, of this project only."""
    skipped = {".venv", ".git", "node_modules", "out"}
    return [path for path in sorted(ROOT.rglob("*.md")) if not skipped & set(path.relative_to(ROOT).parts)]


def broken_links() -> list[str]:
    """Links between pages (and to pictures) that lead nowhere."""
    found = []
    for page in pages():
        for target in LINK.findall(page.read_text("utf-8")):
            if not (page.parent / target).exists():
                found.append(f"{page.relative_to(ROOT)}: {target}")
    return found


def main() -> None:
    """Write what is generated, then complain of broken links."""
    write_schema()
    timelines.main()
    coach_pages.main()
    if broken := broken_links():
        sys.exit("\n".join(["These links lead nowhere:", *broken]))


if __name__ == "__main__":
    main()
