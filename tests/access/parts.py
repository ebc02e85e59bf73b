"""Samples that stand in files of their own, all together."""

from tests.access import (
    books_samples,
    check_samples,
    desk_samples,
    explore_samples,
    field_samples,
    forecast_samples,
    log_samples,
    metric_samples,
    nurture_samples,
    stepback_samples,
    talk_samples,
)
from tests.access.requests import Sample

SAMPLES: dict[str, Sample] = {
    **books_samples.SAMPLES,
    **check_samples.SAMPLES,
    **desk_samples.SAMPLES,
    **explore_samples.SAMPLES,
    **field_samples.SAMPLES,
    **forecast_samples.SAMPLES,
    **log_samples.SAMPLES,
    **metric_samples.SAMPLES,
    **nurture_samples.SAMPLES,
    **stepback_samples.SAMPLES,
    **talk_samples.SAMPLES,
}
