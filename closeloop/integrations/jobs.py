"""The nightly clearing of messages that nobody repeats, and of readings that nobody applied."""

from procrastinate.contrib.django import app

from closeloop.integrations import actions


@app.periodic(cron="53 3 * * *")
@app.task(name="integrations.forget_received", queueing_lock="integrations.forget_received")
def forget_received(timestamp: int) -> int:
    """Delete old messages; gives how many."""
    return actions.forget_received()


@app.periodic(cron="57 3 * * *")
@app.task(name="integrations.forget_readings", queueing_lock="integrations.forget_readings")
def forget_readings(timestamp: int) -> int:
    """Delete old readings of address books; gives how many."""
    return actions.forget_readings()
