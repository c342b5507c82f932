"""Addresses of records."""

from django.urls import path

from otklik.web.sources.views import imports, listing, receiving, sources, upload

urlpatterns = [
    path("", listing.sources, name="sources"),
    path("uploads/", receiving.receive, name="upload_new"),
    path("uploads/<int:upload_id>/", upload.upload, name="upload"),
    path("uploads/<int:upload_id>/next/", upload.upload_next, name="upload_next"),
    path("imports/<int:import_id>/", imports.import_account, name="import_account"),
    path("imports/<int:import_id>/undo/", imports.import_undo, name="import_undo"),
    path("bad-rows.csv", imports.bad_rows, name="bad_rows"),
    path("work/<int:job_id>/", imports.source_work, name="source_work"),
    path("delete-source/", sources.source_delete, name="source_delete"),
    path("forget-mapping/", sources.mapping_forget, name="mapping_forget"),
]
