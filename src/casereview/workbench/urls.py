"""The pages and their addresses. Who may use which is said in permissions.py; an address without a row there is refused."""

from django.urls import include, path

from casereview.workbench.pages import cases, home, reader, team

urlpatterns = [
    path("", home.home, name="home"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<path:key>/", cases.case, name="case"),
    path("documents/<path:key>/", reader.reader, name="reader"),
    path("passages/<path:key>/", reader.passages, name="passages"),
    path("coding/", reader.code, name="code-passage"),
    path("coding/end/", reader.end_codings, name="end-codings"),
    path("team/", team.team, name="team"),
    path("team/invitations/<int:number>/withdraw", team.withdraw, name="withdraw-invitation"),
    path("team/<slug:handle>/role", team.set_role, name="set-role"),
    path("team/<slug:handle>/end", team.end, name="end-account"),
    path("invited/<str:secret>/", team.invited, name="invited"),
    path("account/", include("allauth.urls")),
]
