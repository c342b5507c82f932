"""What the guide says about the interface is so."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from otklik.web.accounts.models import Scope
from otklik.web.announcing import EVENTS
from otklik.web.api.interface import api
from otklik.web.api.signing import sign

GUIDES = [Path(__file__).resolve().parents[3] / "docs" / language / "guide" / "api.md" for language in ("en", "ru")]
pytestmark = pytest.mark.parametrize("guide", GUIDES, ids=["en", "ru"])


@pytest.mark.django_db
def test_the_example_of_a_push_comes_in_whole(
    guide: Path, program: Callable[..., Client], work: Callable[[], int]
) -> None:
    (body,) = re.findall(r"<<'END'\n(.*?)END\n", guide.read_text("utf-8"), re.DOTALL)
    client = program(Scope.PUSH)
    answer = client.post("/api/v1/events?source=shop", body.encode(), content_type="application/x-ndjson")
    work()
    told = client.get(answer["Location"]).json()
    assert (told["read"], told["kept"]) == (4, 4), told["set_aside"]


def test_the_check_of_a_signature_holds(guide: Path) -> None:
    code = next(
        block for block in re.findall(r"```python\n(.*?)```", guide.read_text("utf-8"), re.DOTALL) if "hmac" in block
    )
    names: dict = {}
    exec(code, names)
    now = int(names["time"].time())
    assert names["is_from_otklik"]("secret", sign("secret", "d1", b"{}", now), "d1", b"{}")
    assert not names["is_from_otklik"]("secret", sign("secret", "d1", b"{}", now - 301), "d1", b"{}")
    assert not names["is_from_otklik"]("other", sign("secret", "d1", b"{}", now), "d1", b"{}")


def test_every_address_and_every_event_is_told(guide: Path) -> None:
    text = guide.read_text("utf-8")
    for path in api.get_openapi_schema(path_prefix="/api/v1/")["paths"]:
        short = path.removeprefix("/api/v1").replace("{number}", "{id}").replace("{push_id}", "{id}")
        assert short in text, f"tell of {short}"
    assert all(event in text for event in EVENTS)
    for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL):
        assert json.loads(block)
