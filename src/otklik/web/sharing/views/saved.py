"""Saved views: list, save, rename, delete; and the small menu that pages load."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from otklik.base.text import N_
from otklik.schemas.views import View
from otklik.web.access import Right, needs
from otklik.web.accounts.audit import record
from otklik.web.sharing.forms import RenameView, SaveView
from otklik.web.sharing.models import SavedView
from otklik.web.sharing.pages import PAGES, address, query_of
from otklik.web.sharing.showing import saved_lines, view_text
from otklik.web.words import say


@require_GET
@needs(Right.SEE)
def saved_views(request: HttpRequest) -> HttpResponse:
    """Every view this person may open by name."""
    found = SavedView.objects.for_user(request.user).select_related("owner")
    return render(request, "sharing/saved.html", {"saved": saved_lines(found, request.user)})


@require_http_methods(["GET", "POST"])
@needs(Right.SEE)
def saved_views_menu(request: HttpRequest) -> HttpResponse:
    """The saved views of one page, and a form that keeps the view in its address: as a piece, or as a page.

    GET `page` and the pairs of the view; POST saves.
    """
    page = request.POST.get("page") or request.GET.get("page", "")
    if page not in PAGES:
        raise Http404
    query = query_of(View.of_pairs([(n, v) for n, values in request.GET.lists() if n != "page" for v in values]))
    form = SaveView(request.POST or None, user=request.user, initial={"page": page, "query": query})
    if request.method == "POST" and form.is_valid():
        made = _save(request, form)
        if made is not None:
            messages.success(request, say(N_("The view is saved as “%(name)s”."), name=made.name))
            return redirect(address(made.page, made.query))
        form.add_error("name", say(N_("You have a view of this name on this page already.")))
    return _menu(request, page, form)


def _save(request: HttpRequest, form: SaveView) -> SavedView | None:
    told = form.cleaned_data
    try:
        with transaction.atomic():
            made = SavedView.objects.create(
                name=told["name"].strip(), page=told["page"], query=told["query"], owner=request.user,
                is_shared=told.get("is_shared", False),
            )  # fmt: skip
    except IntegrityError:
        return None
    record(request, "view.saved", made.name, page=made.page, query=made.query, shared=made.is_shared)
    return made


def _menu(request: HttpRequest, page: str, form: SaveView) -> HttpResponse:
    found = SavedView.objects.for_user(request.user).select_related("owner").filter(page=page)
    bare = bool(request.headers.get("HX-Request"))
    query = form["query"].value() or ""
    facts = {
        "form": form, "page": page, "title": PAGES[page][0], "query": query, "view": view_text(query),
        "saved": saved_lines(found, request.user), "back": address(page, query),
    }  # fmt: skip
    template = "sharing/_menu.html" if bare else "sharing/menu.html"
    return render(request, template, facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Right.SEE)
def saved_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Rename a view, or change who sees it."""
    found = _changeable(request, view_id)
    initial = {"name": found.name, "is_shared": found.is_shared}
    form = RenameView(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        found.name = form.cleaned_data["name"].strip()
        found.is_shared = form.cleaned_data.get("is_shared", found.is_shared)
        try:
            with transaction.atomic():
                found.save(update_fields=["name", "is_shared"])
        except IntegrityError:
            form.add_error("name", say(N_("You have a view of this name on this page already.")))
        else:
            record(request, "view.changed", found.name, shared=found.is_shared)
            return redirect("saved_views")
    facts = {"found": found, "form": form, "view": view_text(found.query)}
    return render(request, "sharing/saved_one.html", facts, status=422 if form.errors else 200)


@require_POST
@needs(Right.SEE)
def saved_view_delete(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forget a view."""
    found = _changeable(request, view_id)
    record(request, "view.deleted", found.name, page=found.page, query=found.query)
    found.delete()
    messages.success(request, say(N_("The view is deleted.")))
    return redirect("saved_views")


def _changeable(request: HttpRequest, view_id: int) -> SavedView:
    mine = SavedView.objects.for_user(request.user).filter(SavedView.may_be_changed_by(request.user), pk=view_id)
    found = mine.first()
    if found is None:
        raise Http404
    return found
