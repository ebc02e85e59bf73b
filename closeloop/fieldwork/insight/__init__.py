"""What a manager reads out of follow-ups: progress, concreteness, times, stalled customers, hints.

Queries alone. Each figure is over follow-ups that count, of records in the viewer's reach and by
the viewer's people; what was corrected is told by its correction, what was confirmed as false is
left out.
"""
