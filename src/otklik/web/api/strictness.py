"""A parameter nobody knows is refused: a filter with a typing error must not silently show everything."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.operation import Operation

from otklik.base.text import N_
from otklik.web.api.problems import Refusal

_UNKNOWN = N_("There is no parameter %(names)s here.")


def be_strict(router: Router) -> None:
    """Refuse names in the address that an operation does not document, for all operations of a router."""
    for path in router.path_operations.values():
        for operation in path.operations:
            operation.view_func = _only_known(operation)


def _only_known(operation: Operation) -> Callable[..., Any]:
    view = operation.view_func
    models = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    known = {name for model in models for name in model.__ninja_flatten_map__}

    @wraps(view)
    def call(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        unknown = sorted(set(request.GET) - known)
        if unknown:
            raise Refusal(422, "unknown-parameter", _UNKNOWN, names=", ".join(unknown)[:200])
        return view(request, *args, **kwargs)

    return call
