"""`otklik okr sort`: a list from a file or from standard input, sorted with reasons."""

import io
import json
import sys
from pathlib import Path

import pytest

from otklik.cli.main import main


def test_a_file_is_sorted_in_russian(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "цели.txt"
    path.write_text("- Внедрить CRM\n- p90 ответа: с 62 до 20 минут\n", "utf-8")
    assert main(["okr", "sort", str(path), "--lang", "ru"]) == 0
    told = capsys.readouterr().out
    assert "Задача: Внедрить CRM\n  «внедрить»" in told
    assert "Ключевой результат: p90 ответа: с 62 до 20 минут" in told


def test_standard_input_as_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"NPS\nNo customer feels forgotten\n"), "utf-8"))
    assert main(["okr", "sort", "-", "--json", "--lang", "en"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in told] == ["kpi", "objective"] and all(one["why"] for one in told)


def test_what_is_no_text_or_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\xff\xd8\xff\x00")
    for given in (path, tmp_path / "nowhere.txt"):
        assert main(["okr", "sort", str(given), "--lang", "en"]) == 2
        assert given.name in capsys.readouterr().err
