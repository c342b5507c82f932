"""Tables as Arrow, where the caller asks for it by Accept; JSON otherwise."""

from collections.abc import Callable
from typing import Any, Final

import pyarrow as pa
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from otklik.web.api.problems import TOLD, Refusal

ARROW: Final = "application/vnd.apache.arrow.stream"
JSON: Final = "application/json"


def as_asked(request: HttpRequest, table: Callable[[], pa.Table], otherwise: Callable[[], Any]) -> Any:
    """Answer with the table as Arrow, or with the other thing as JSON; raise Refusal where neither will do."""
    wanted = request.get_preferred_type([JSON, ARROW])
    if wanted is None:
        raise Refusal(406, "unknown-form", TOLD[406])
    return stream(table()) if wanted == ARROW else otherwise()


def stream(table: pa.Table) -> HttpResponse:
    """One table as an Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    response = HttpResponse(sink.getvalue().to_pybytes(), content_type=ARROW)
    patch_vary_headers(response, ["Accept"])
    return response


def told_as_arrow(description: str) -> dict[str, Any]:
    """What the description of an operation says about its other form."""
    content = {ARROW: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"content": content, "description": description}}}
