"""One command, one verb a step: from a study's folder to its briefing."""

import os
import sys

from casereview.study.problems import Refused


def main() -> None:
    """Run `casereview`. Exit code 0, 2 for a command that cannot be read, or one a kind of failure (docs/commands.md)."""
    # The matrices of a study are small; to set up threads for large ones takes a tenth of a command's start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from casereview.cli.commands import casereview

    try:
        casereview(prog_name="casereview")
    except Refused as refused:
        from casereview.cli.saying import say_problems

        say_problems(refused.problems)
        sys.exit(refused.exit_code)
