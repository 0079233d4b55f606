"""Not-story and same-story: what corrections change in the stories that were found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from riwaya.ids import stable_id
from riwaya.model import Correction, Reason, Skipped
from riwaya.relate.corrections import cause, not_applied
from riwaya.relate.stories import StoryGroup
from riwaya.serial.corrections import in_order

ACTIONS = frozenset(("not-story", "same-story"))


@dataclass(frozen=True, slots=True)
class CorrectedStories:
    """Stories after the corrections.

    `groups` are all of them, sorted by id. Those that no correction touched are the very ones that were given; `gone` are the ids
    of the given ones that were touched, `made` those of what stands in their place (an id may be in both: its members or its
    reasons changed). `set_aside` are the corrections that say what a later one denies.
    """

    groups: tuple[StoryGroup, ...]
    gone: frozenset[str]
    made: frozenset[str]
    set_aside: tuple[Skipped, ...] = ()


def groups_with(groups: Iterable[StoryGroup], corrections: Iterable[Correction]) -> CorrectedStories:
    """The stories as people corrected them.

    Args:
        groups: as `group_stories` found them: all, or at least those that hold an article which a standing correction of these
            actions cites.
        corrections: any; those undone and of other actions are left out, as are articles that no group holds.

    Replayed in the order in which they were made: `not-story` takes its article out, to be a story of its own; `same-story` makes
    one story of those that hold its articles. A later `same-story` does not bring back what an earlier `not-story` keeps apart,
    unless it cites that very article.
    """
    given = sorted(groups, key=lambda g: g.id)
    replay = _Replay(given)
    for one in in_order(c for c in corrections if c.undone is None and c.action in ACTIONS):
        replay.apply(one)
    return replay.result(given)


@dataclass(eq=False, slots=True)
class _Draft:
    members: set[str]
    reasons: list[Reason]
    given: bool = True  # nothing touched it


class _Replay:
    def __init__(self, groups: Iterable[StoryGroup]) -> None:
        drafts = [_Draft(set(g.article_ids), list(g.reasons)) for g in groups]
        self._home = {i: d for d in drafts for i in d.members}
        self._apart: list[Correction] = []  # not-story, those that stand
        self._aside: list[Skipped] = []

    def apply(self, one: Correction) -> None:
        ids = [s.article_id for s in one.spans if s.article_id in self._home]
        if len(ids) < 2:  # noqa: PLR2004 - a pair; the others are of no group that was given
            return
        if one.action == "not-story":
            self._apart.append(one)
            self._take_out(one)
            return
        self._join(ids, one)
        for earlier in list(self._apart):
            if not self._together(earlier):
                continue
            if earlier.spans[0].article_id in ids:
                self._overrule(earlier, one)
            else:
                self._take_out(earlier)

    def _overrule(self, earlier: Correction, later: Correction) -> None:
        self._apart.remove(earlier)
        self._aside.append(not_applied(earlier, f"the later {later.id} says otherwise"))
        for draft in self._home.values():
            draft.reasons = [r for r in draft.reasons if r != cause(earlier)]

    def _together(self, one: Correction) -> bool:
        out, kept = (s.article_id for s in one.spans)
        return self._home[out] is self._home[kept]

    def _take_out(self, one: Correction) -> None:
        if not self._together(one):
            return
        article_id = one.spans[0].article_id
        home = self._home[article_id]
        home.members.discard(article_id)
        home.given = False
        _leave_reason(home, one)
        self._home[article_id] = _Draft({article_id}, [cause(one)], given=False)

    def _join(self, ids: Iterable[str], one: Correction) -> None:
        drafts = list({id(self._home[i]): self._home[i] for i in ids}.values())
        whole = drafts[0]
        for other in drafts[1:]:
            whole.members |= other.members
            whole.reasons += [r for r in other.reasons if r not in whole.reasons]
            self._home |= dict.fromkeys(other.members, whole)
        whole.given = False
        _leave_reason(whole, one)

    def result(self, given: Iterable[StoryGroup]) -> CorrectedStories:
        kept = [g for g in given if self._home[g.article_ids[0]].given]
        gone = frozenset(g.id for g in given) - {g.id for g in kept}
        drafts = {id(d): d for d in self._home.values() if not d.given}.values()
        made = [_group(d) for d in drafts]
        groups = tuple(sorted((*kept, *made), key=lambda g: g.id))
        return CorrectedStories(groups, gone, frozenset(g.id for g in made), tuple(sorted(self._aside)))


def _leave_reason(draft: _Draft, one: Correction) -> None:
    if cause(one) not in draft.reasons:
        draft.reasons.append(cause(one))


def _group(draft: _Draft) -> StoryGroup:
    ids = tuple(sorted(draft.members))
    return StoryGroup(stable_id("s", ids[0]), ids, tuple(draft.reasons))
