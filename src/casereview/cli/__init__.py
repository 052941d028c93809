"""One command, one verb a step: from a study's folder to its briefing."""

import sys

from casereview.study.problems import Refused


def main() -> None:
    """Run `casereview`. Exit code 0, 2 for a command that cannot be read, or one a kind of failure (docs/commands.md)."""
    from casereview.cli.commands import casereview

    try:
        casereview(prog_name="casereview")
    except Refused as refused:
        from casereview.cli.saying import say_problems

        say_problems(refused.problems)
        sys.exit(refused.exit_code)
