"""weigh: stories -> statements with their origins and standing, disputes, omissions, a timeline and a summary."""

from __future__ import annotations

from riwaya.weigh.story import weigh_story

__all__ = ["weigh_story"]
