"""Addresses of people, teams, tokens, the audit trail, personal data."""

from django.urls import path, re_path

from otklik.web.accounts.views import company, invitations, me, people, privacy, teams, tokens, trail, welcome

urlpatterns = [
    path("welcome/", welcome.first_owner, name="first_owner"),
    path("people/", people.people, name="people"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/invitation/<int:invitation_id>/cancel/", invitations.invitation_cancel, name="invitation_cancel"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/names/", people.person_names, name="person_names"),
    path("people/<int:person_id>/password-link/", people.person_link, name="person_link"),
    re_path(rf"^people/(?P<person_id>\d{{1,18}})/(?P<act>{people.ACTS})/$", people.person_act, name="person_act"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<int:team_id>/", teams.team, name="team"),
    path("teams/<int:team_id>/delete/", teams.team_delete, name="team_delete"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("me/", me.my_account, name="my_account"),
    path("me/sessions/end-others/", me.end_other_sessions, name="end_other_sessions"),
    path("me/sessions/<int:login_id>/end/", me.end_session, name="end_session"),
    path("programs/", tokens.tokens, name="tokens"),
    path("programs/<int:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("audit/", trail.audit, name="audit"),
    path("audit/csv/", trail.audit_csv, name="audit_csv"),
    path("company/", company.company, name="company"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("privacy/person/", privacy.privacy_person, name="privacy_person"),
    path("privacy/export/", privacy.privacy_export, name="privacy_export"),
    path("privacy/forget/", privacy.privacy_forget, name="privacy_forget"),
    path("privacy/work/<int:job_id>/", privacy.privacy_work, name="privacy_work"),
    path("privacy/work/<int:job_id>/file/", privacy.privacy_download, name="privacy_download"),
]
