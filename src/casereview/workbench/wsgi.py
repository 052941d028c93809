"""The workbench for the workers of a WSGI server: `gunicorn casereview.workbench.wsgi`. See docs/serving.md."""

from casereview.workbench.serving import deployed

application = deployed()
