"""Making several leads of one person one lead: audited, undoable, watched (A11, K08)."""
