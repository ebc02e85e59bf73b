"""The queue of readings: one at a time, beside all other jobs."""

QUEUE = "recognition"
READ = "recognition.read"
MOST_TRIES = 3
