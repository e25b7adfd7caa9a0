"""The press: reports and lists are set in the worker, issues in the order in which they were signed."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from bihuan.reporting import printing, sweeping


@app.task(name="reporting.print_out")
def print_out(printout: str) -> None:
    """Carry out one order; taken up again after a killed worker, where a finished one is left alone."""
    printing.carry_out(UUID(printout))


@app.periodic(cron="50 3 * * *")
@app.task(name="reporting.sweep_proofs", queueing_lock="reporting.sweep_proofs", pass_context=False)
def sweep_proofs(timestamp: int) -> None:
    """Throw away proofs nobody needs any more."""
    sweeping.sweep_proofs()
