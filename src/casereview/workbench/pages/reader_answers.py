"""What the reader's page is told when something cannot be saved."""

from django.http import JsonResponse

from casereview.study.problems import StudyRefused


def refused(refusal: StudyRefused) -> JsonResponse:
    """What the casebook would not take, and what to do."""
    told = [{"code": one.code, "cause": one.cause, "remedy": one.remedy} for one in refusal.problems]
    return JsonResponse({"problems": told}, status=409)


def unreadable() -> JsonResponse:
    """What no page of ours sends."""
    problem = {"code": "wrong-type", "cause": "The page sent what cannot be read.", "remedy": "Load it again."}
    return JsonResponse({"problems": [problem]}, status=400)
