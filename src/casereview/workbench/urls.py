"""The pages and their addresses. Who may use which is said in permissions.py; an address without a row there is refused."""

from django.urls import include, path

from casereview.workbench.pages import cases, home, matrix, memos, reader, team, themes, themes_again, themes_changing

urlpatterns = [
    path("", home.home, name="home"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<path:key>/", cases.case, name="case"),
    path("documents/<path:key>/", reader.reader, name="reader"),
    path("passages/<path:key>/", reader.passages, name="passages"),
    path("coding/", reader.code, name="code-passage"),
    path("coding/end/", reader.end_codings, name="end-codings"),
    path("themes/", themes.themes, name="themes"),
    path("themes/new/", themes_changing.add, name="theme-add"),
    path("themes/history/", themes.history, name="theme-history"),
    path("themes/undo/", themes.undo, name="theme-undo"),
    path("themes/take-file/", themes.take_file, name="theme-take-file"),
    path("themes/look-again/", themes_again.again, name="theme-look-again"),
    path("themes/code/<slug:code>/", themes.theme, name="theme"),
    path("themes/code/<slug:code>/<slug:deed>/", themes_changing.change, name="theme-change"),
    path("memos/", memos.memos, name="memos"),
    path("memos/new/", memos.write, name="memo-write"),
    path("memos/<int:number>/", memos.change, name="memo-change"),
    path("memos/<int:number>/end/", memos.end, name="memo-end"),
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix/export/", matrix.export, name="matrix-export"),
    path("matrix/<slug:theme>/<path:case>/", matrix.cell, name="matrix-cell"),
    path("team/", team.team, name="team"),
    path("team/invitations/<int:number>/withdraw", team.withdraw, name="withdraw-invitation"),
    path("team/<slug:handle>/role", team.set_role, name="set-role"),
    path("team/<slug:handle>/end", team.end, name="end-account"),
    path("invited/<str:secret>/", team.invited, name="invited"),
    path("account/", include("allauth.urls")),
]
