"""Recording that a release was made, with the hash that binds it."""

from casereview.casebook.acts.writing import act
from casereview.casebook.models import AuditEvent

FROZE = "freeze-release"


def record_release(*, by: str, release: str, manifest: str) -> bool:
    """Record a release by its name and the SHA-256 of its manifest. False if it has been recorded before."""
    with act(FROZE, by) as detail:
        told = {"release": release, "manifest": manifest}
        new = not AuditEvent.objects.filter(act=FROZE, detail__contains=manifest).exists()
        detail.update(told if new else {})
        return new
