"""What the accessibility check finds and we accept, each with its reason."""

from dataclasses import dataclass

SERIOUS = frozenset({"serious", "critical"})


@dataclass(frozen=True)
class Accepted:
    """A rule that may be broken by elements of one kind."""

    rule: str
    selector_part: str
    reason: str


ACCEPTED = (
    Accepted(
        rule="aria-hidden-focus",
        selector_part="ant-table-measure-row",
        reason="antd measures columns in a hidden copy of the header; it cannot be reached by Tab.",
    ),
)


def serious(faults: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The faults that nobody accepted."""
    return [
        fault
        for fault in faults
        if fault[1] in SERIOUS
        and not any(fault[0] == one.rule and one.selector_part in fault[2] for one in ACCEPTED)
    ]
