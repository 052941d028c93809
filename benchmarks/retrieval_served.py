"""Of `retrieval.py`: serve a study's casebook, `retrieval_served.py STUDY PORT`. Prints the session of its lead, then answers."""

import os
import sys
from pathlib import Path

from casereview.workbench import serving

folder, port = Path(sys.argv[1]), int(sys.argv[2])
serving.prepare(folder, folder, demo=True, hosts=())

from casereview.casebook import opened  # noqa: E402  # Django starts with the settings that were just said

with opened(folder / "casebook.db"):
    from django.test import Client

    from casereview.workbench import team
    from casereview.workbench.models import Account

    if not Account.objects.exists():
        invitation = team.invitation(team.invite(by=None, email="lead@example.org", role="lead"))
        assert invitation is not None
        team.join(taking=invitation, email="lead@example.org", name="Lead", password=os.urandom(16).hex())
    browser = Client()
    browser.force_login(Account.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend")
    print(browser.cookies["session"].value, flush=True)
    serving.serve("127.0.0.1", port)
