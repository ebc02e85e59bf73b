"""The worker's part of a story, done when the story says so."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def run_newest_job() -> None:
    """Do what was put into the queue last, as a worker does."""
    job = ProcrastinateJob.objects.filter(status="todo").latest("id")
    app.tasks[job.task_name](**job.args)
