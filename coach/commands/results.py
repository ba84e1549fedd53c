"""What a person gets of each reviewed video: the checklist, the JSON report, or a line that says what was wrong."""

from __future__ import annotations

import sys

from coach.commands.batch import Outcome
from coach.commands.language import BAD_INPUT, DONE, FAULT, say, say_error, say_fault
from coach.commands.outputs import STDOUT
from coach.domain import InputError
from coach.messages import Catalogue
from coach.protocol import Protocol
from coach.summary.checklist import print_checklist
from coach.summary.report import Report, report, write_json


class Results:
    """Takes the outcomes as they come and knows the exit code at the end.

    Where the JSON goes to standard output nothing else does: one video's report as an object, several videos'
    as an array at the end.
    """

    def __init__(self, protocol: Protocol, catalogue: Catalogue, several: bool) -> None:
        self.protocol, self.catalogue, self.several = protocol, catalogue, several
        self.reports: list[Report] = []
        self.to_stdout = False
        self.printed = False
        self.codes = {DONE}

    def take(self, outcome: Outcome) -> None:
        """Prints and writes what came of one video."""
        self.to_stdout |= outcome.job.json == STDOUT
        try:
            self._take(outcome)
        except InputError as error:  # the JSON could not be written
            self._refuse(error)

    def _take(self, outcome: Outcome) -> None:
        if outcome.refused is not None:
            self._refuse(outcome.refused)
        elif outcome.session is None:
            self.codes.add(FAULT)
            say_fault(f"{outcome.job.video}: {outcome.fault}", outcome.trace, self.catalogue)
        else:
            say(self.catalogue.text("progress_done", path=outcome.job.video, seconds=outcome.took_s))
            if outcome.saved:
                say(self.catalogue.text("saved_as", path=outcome.job.video, id=outcome.saved[:8]))
            if outcome.job.json == STDOUT:
                self.reports.append(report(outcome.session))
                return
            if outcome.job.json is not None:
                write_json(report(outcome.session), outcome.job.json)
            if self.printed:
                sys.stdout.write("\n")
            self.printed = True
            print_checklist(outcome.session, self.protocol, self.catalogue)
            sys.stdout.flush()

    def _refuse(self, error: InputError) -> None:
        self.codes.add(BAD_INPUT)
        say_error(error, self.catalogue)

    def finish(self) -> int:
        """Writes what had to wait, and gives the exit code."""
        if self.to_stdout and (self.several or self.reports):
            write_json(self.reports if self.several else self.reports[0], STDOUT)
        return FAULT if FAULT in self.codes else max(self.codes)
