"""Addresses of taking away. Others may link to `reports`, `picture`, `table`, `saved_views_menu`, `link_make`."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from otklik.web.sharing.views import chats, digests, files, links, pictures, saved


class Verb(StringConverter):
    """One of the verbs of a chat."""

    regex = "|".join(chats.VERBS)


register_converter(Verb, "chat_verb")
urlpatterns = [
    path("", files.reports, name="reports"),
    path("report/", files.report_ask, name="report_ask"),
    path("rows/<slug:name>.<slug:kind>", files.rows_ask, name="rows_ask"),
    path("table/<slug:name>.<slug:kind>", files.table, name="table"),
    path("file/<int:file_id>/", files.file, name="file"),
    path("file/<int:file_id>/state/", files.file_state, name="file_state"),
    path("file/<int:file_id>/delete/", files.file_delete, name="file_delete"),
    path("pictures/<slug:question>/", pictures.pictures_of, name="pictures"),
    path("picture/<slug:question>/<slug:uid>.<slug:kind>", pictures.picture, name="picture"),
    path("views/", saved.saved_views, name="saved_views"),
    path("views/menu/", saved.saved_views_menu, name="saved_views_menu"),
    path("views/<int:view_id>/", saved.saved_view, name="saved_view"),
    path("views/<int:view_id>/delete/", saved.saved_view_delete, name="saved_view_delete"),
    path("digests/", digests.digests, name="digests"),
    path("digests/new/", digests.digest_make, name="digest_make"),
    path("digests/<int:digest_id>/stop/", digests.digest_end, name="digest_end"),
    path("digests/<int:digest_id>/now/", digests.digest_now, name="digest_now"),
    path("digests/sending/<int:sending_id>/again/", digests.sending_again, name="sending_again"),
    path("digests/stop/key/<str:key>/", digests.digest_stop, name="digest_stop"),
    path("digests/telegram/new/", chats.chat_make, name="chat_make"),
    path("digests/telegram/<int:chat_id>/", chats.chat, name="chat"),
    path("digests/telegram/<int:chat_id>/<chat_verb:verb>/", chats.chat_do, name="chat_do"),
    path("digests/telegram/message/<int:message_id>/again/", chats.chat_again, name="chat_again"),
    path("links/new/", links.link_make, name="link_make"),
    path("links/<int:link_id>/revoke/", links.link_revoke, name="link_revoke"),
    path("shared/<str:token>/", links.shared, name="shared"),
]
