"""The pages of personal data, the agenda and the views over field work."""

from tests.stories.scene import Scene, press


def desk_scenes(*, width: int) -> dict[str, Scene]:
    """Every page by a short name."""
    found = {
        "privacy": Scene("/admin/privacy"),
        "privacy-words": Scene("/admin/privacy", (press("privacy:purposes.change"),), "dialog"),
        "privacy-periods": Scene("/admin/privacy?tab=retention"),
        "privacy-log": Scene("/admin/privacy?tab=accesses"),
        "privacy-requests": Scene("/admin/privacy?tab=requests"),
        "my-privacy": Scene("/me/privacy"),
        "agenda": Scene("/agenda"),
        "agenda-team": Scene("/agenda?who=team&view=day"),
    }
    found |= {
        f"insight-{tab}": Scene(f"/field-insight?tab={tab}")
        for tab in ("busy", "texts", "doubts", "stalled")
    }
    found["insight-thresholds"] = Scene(
        "/field-insight", (press("insight:thresholds.open"),), "dialog"
    )
    if width < 800:
        found |= {"phone-agenda": Scene("/m/agenda"), "phone-privacy": Scene("/m/privacy")}
    return found
