"""The boards of figures and what opens on them."""

from tests.stories.scene import Scene, press


def figure_scenes() -> dict[str, Scene]:
    """Every page by a short name."""
    return {
        "morning-board": Scene("/boards/morning?period=month"),
        "approvals-board": Scene("/boards/approvals"),
        "incentive-board": Scene("/boards/incentive"),
        "people": Scene("/boards/people"),
        "screen": Scene("/screen"),
        "explorer": Scene(
            "/figures?metric=contacts&by=unit&period=month&compare=previous&chart=table"
        ),
        "explorer-line": Scene("/figures?metric=penetration&by=day&period=month&chart=line"),
        "definition": Scene("/boards/morning", (press("metrics:define"),), "dialog"),
    }
