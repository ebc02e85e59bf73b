"""What the figures of a month say: each link's loss, and where the bottleneck was (A06; pure)."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from closeloop.leads.channels.figures import ALL, WON
from closeloop.leads.channels.norms import NONE
from closeloop.leads.channels.standard import CAME, Link, Name
from closeloop.leads.channels.standard import WON as WON_NAME

FEW = 5
"""With fewer leads at a link its share says nothing."""
Verdict = Literal["normal", "low", "abnormal", "few"]


@dataclass(frozen=True)
class LinkReview:
    """One link of the funnel: from `key` to `step`."""

    key: str
    step: str
    reached: int
    passed: int
    lost: int
    open: int
    normal: float | None
    abnormal: float | None
    norm_source: str = NONE.source
    norm_number: int = NONE.number

    @property
    def verdict(self) -> Verdict | None:
        """How the share that went on stands to the standard's; None where it has none."""
        if self.normal is None or self.abnormal is None:
            return None
        if self.reached < FEW:
            return "few"
        share = self.passed / self.reached
        if share >= self.normal:
            return "normal"
        return "low" if share >= self.abnormal else "abnormal"

    @property
    def loss(self) -> float:
        """The share that is lost for good."""
        return self.lost / self.reached if self.reached else 0.0


def steps_of(links: Sequence[Link]) -> list[tuple[str, Name]]:
    """The steps in order: the leads that came, the standard's links, the deals won."""
    return [(ALL, CAME), *((link.key, link.name) for link in links), (WON, WON_NAME)]


def reviewed(counts: Mapping[str, int], links: Sequence[Link]) -> list[LinkReview]:
    """Every link between two steps."""
    keys = [key for key, _ in steps_of(links)]
    norms = {link.key: link.norm for link in links}
    return [
        LinkReview(
            key=key,
            step=step,
            reached=counts[key],
            passed=counts[step],
            lost=counts[f"{key}.lost"],
            open=counts[f"{key}.open"],
            normal=norms.get(step, NONE).normal,
            abnormal=norms.get(step, NONE).abnormal,
            norm_source=norms.get(step, NONE).source,
            norm_number=norms.get(step, NONE).number,
        )
        for key, step in itertools.pairwise(keys)
    ]


def bottleneck_of(links: Sequence[LinkReview]) -> LinkReview | None:
    """The link that lost the largest share of those who reached it; None where none lost any."""
    judged = [link for link in links if link.reached >= FEW and link.lost]
    return max(judged, key=lambda link: link.loss, default=None)
