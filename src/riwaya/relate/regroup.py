"""Stories when reports come, change or go: what `stories.average_link` would give for all, at the cost of what changed.

`average_link` joins, again and again, the two groups with the highest tie. A story remembers its joins in the order in which they
were made. To regroup is to run everything anew, except that a join which the old run made and in which nothing changed is taken
from its story's memory instead of from the ties. Three facts make that exact and local:

- Two groups that are both as the old run had them at the same point have the tie that they had then, and so the best tie of two
  such groups is never above the old run's next join. Only ties of changed ("dirty") groups must be looked at besides.
- A group whose remembered partner is no longer there (somebody dirty took it, or it is gone) becomes dirty at that very point.
- Joins of stories that have no strong link to anything dirty can neither change nor be waited for, so their stories are not even
  loaded. One that gets such a link is brought forward: the run goes from high ties to low ones (a join may raise a tie above the
  present level, but then that is taken at once), so a story has behind it its first joins, those above the lowest level yet.
"""

from __future__ import annotations

import heapq
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from riwaya.relate.stories import Tie, is_copy, least_tie, tie_of
from riwaya.settings.stories import STORIES

_MERGE = struct.Struct("<dqq")
Level = tuple[float, str, str]  # what is taken first is smallest: minus the tie, the smaller and the larger of the smallest ids
_START: Level = (float("-inf"), "", "")
Merge = tuple[float, int, int]
"""A join: the tie with which it was made and, of either group, the report with the smallest id, the smaller first."""


@dataclass(frozen=True, slots=True)
class Held:
    """A story as its keeper holds it: number of report -> article id, and the joins that made it (`Regrown.merges`)."""

    members: Mapping[int, str]
    merges: bytes


def merges_of(story: Held) -> list[Merge]:
    """The joins that made a story, in the order in which they were made."""
    return list(_MERGE.iter_unpack(story.merges))


class Keeper(Protocol):
    """What `regroup` asks of whoever keeps the graph and the stories. Reports and stories are numbers of the keeper's choice."""

    def neighbours(self, reports: Sequence[int]) -> Iterable[tuple[int, int, int, int]]:
        """Every edge of each of the reports as it is now: it, the other report, weight and copied (see `neighbours.Edges`)."""

    def stories_of(self, reports: Sequence[int]) -> Mapping[int, int]:
        """Report -> number of the story that it is in; reports that are in none yet are left out."""

    def stories(self, numbers: Sequence[int]) -> Mapping[int, Held]:
        """The stories of these numbers as they were after the last regrouping, reports that have gone since included."""


@dataclass(frozen=True, slots=True)
class Regrown:
    """A story that was made, or made otherwise than before.

    members   number of report -> article id
    merges    the joins that made it, to be given back as `Held.merges`
    weight    the sum of the weights of the edges within it, and `copies` how many of them are near copies: for `stories.grouped`
    same      the number of the old story that had the very same reports, where there is one: only its joins are others
    """

    members: Mapping[int, str]
    merges: bytes
    weight: int
    copies: int
    same: int | None


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What to put in place of what: the stories of the numbers `gone` are replaced by `made`; all others stay as they are.

    `looked_at` is how many stories had to be loaded.
    """

    gone: frozenset[int]
    made: tuple[Regrown, ...]
    looked_at: int


def regroup(keeper: Keeper, changed: Mapping[int, str], removed: Iterable[int] = ()) -> Regrouped:
    """Bring the stories up to date after some reports were added, had edges changed, or were removed.

    Takes the keeper, whose edges are those of now and whose stories those of before; the new reports and those whose fingerprint
    changed, with their article ids; and those that are gone. The stories then are exactly those that `stories.group_stories`
    makes of all reports. A report's number must go with one article id for ever.
    """
    run = _Run(keeper, set(removed))
    run.start(changed)
    run.finish()
    return run.result()


class _Story:
    """A loaded story: its joins, and how many of them lie behind."""

    __slots__ = ("done", "held", "merges")

    def __init__(self, held: Held) -> None:
        self.held = held
        self.merges = merges_of(held)
        self.done = 0


class _Run:
    """One run of average linkage over the loaded stories and the changed reports.

    A group goes by the number of one of its reports, its handle. A report that is not loaded is a group of its own that has yet
    to be brought forward. `_near` holds the tie of every two groups of which one is dirty, on both sides.
    """

    def __init__(self, keeper: Keeper, removed: set[int]) -> None:
        self._keeper = keeper
        self._removed = removed
        self._stories: dict[int, _Story] = {}
        self._names: dict[int, str] = {}  # of the loaded and the changed reports
        self._up: dict[int, int] = {}  # report -> one on the way to its group's handle
        self._smallest: dict[int, int] = {}  # these by handle, a report that was never joined being left out
        self._members: dict[int, list[int]] = {}
        self._merges: dict[int, list[Merge]] = {}
        self._near: dict[int, dict[int, Tie]] = {}
        self._dirty: set[int] = set()
        self._edges: list[tuple[int, int, int, int]] = []  # of the reports in dirty groups
        self._heap: list[tuple[Level, int, int]] = []  # two handles; or a story's number and -1: its next join
        self._level = _START  # the lowest yet
        self._best = STORIES.best_pair
        self._least = least_tie()

    # -- groups

    def _at(self, report: int) -> int:
        up = self._up
        while (above := up.get(report, report)) != report:
            up[report] = up.get(above, above)
            report = above
        return report

    def _group(self, handle: int) -> list[int]:
        return self._members.get(handle) or [handle]

    def _lift(self, score: float, one: int, other: int) -> Level:
        a, b = self._names[self._smallest.get(one, one)], self._names[self._smallest.get(other, other)]
        return (-score, a, b) if a < b else (-score, b, a)

    def _join(self, score: float, one: int, other: int) -> int:
        """Make one group of two that are both clean or both dirty; returns its handle."""
        near, names = self._near, self._names
        mine, theirs = self._group(one), self._group(other)
        size = len(mine) + len(near.get(one, ()))
        keep, gone = (one, other) if size >= len(theirs) + len(near.get(other, ())) else (other, one)
        low, high = self._smallest.get(keep, keep), self._smallest.get(gone, gone)
        low, high = (low, high) if names[low] < names[high] else (high, low)
        kept, moved = near.setdefault(keep, {}), near.pop(gone, {})
        kept.pop(gone, None)
        for group, tie in moved.items():
            if group != keep:
                had = kept.get(group)
                total = tie if had is None else (had[0] + tie[0], max(had[1], tie[1]))
                kept[group] = near[group][keep] = total
                del near[group][gone]
        self._up[gone] = keep
        self._members.setdefault(keep, [keep]).extend(self._group(gone))
        self._merges.setdefault(keep, []).extend((*self._merges.pop(gone, ()), (score, low, high)))
        self._smallest[keep] = low
        self._members.pop(gone, None)
        self._smallest.pop(gone, None)
        self._dirty.discard(gone)
        return keep

    # -- what is known of the keeper

    def _load(self, reports: Iterable[int]) -> None:
        """Load the stories of some reports and bring them forward to where the run is."""
        missing = sorted(r for r in reports if r not in self._names)
        if not missing:
            return
        numbers = sorted(set(self._keeper.stories_of(missing).values()) - self._stories.keys())
        for number, held in self._keeper.stories(numbers).items():
            story = self._stories[number] = _Story(held)
            self._names.update(held.members)
            for score, low, high in story.merges:
                if self._lift(score, low, high) > self._level:
                    break
                self._join(score, self._at(low), self._at(high))
                story.done += 1
            self._await(number)

    def _soil(self, handles: Iterable[int]) -> None:
        """From here on these groups are not as the old run had them: find their ties with all others."""
        fresh: dict[int, dict[int, Tie]] = {handle: {} for handle in handles if handle not in self._dirty}
        if not fresh:
            return
        self._dirty.update(fresh)
        rows = list(self._keeper.neighbours([report for handle in fresh for report in self._group(handle)]))
        self._edges += rows
        self._load({other for _, other, weight, _ in rows if weight >= self._least})
        before, near, up = None, next(iter(fresh.values())), self._up
        for report, other, weight, _ in rows:
            if report != before:
                before, near = report, fresh[self._at(report)]
            group = up.get(other, other)
            if group in up:
                group = self._at(other)
            had = near.get(group)
            if had is None:
                near[group] = (weight, weight)
            else:
                near[group] = (had[0] + weight, had[1] if had[1] > weight else weight)
        for handle, near in fresh.items():
            near.pop(handle, None)
            self._near[handle] = near
            for group, tie in near.items():
                self._near.setdefault(group, {})[handle] = tie

    def _offer(self, handle: int) -> None:
        """Put those ties of a group on the heap that are enough for a join."""
        size, heap = len(self._group(handle)), self._heap
        for other, tie in self._near[handle].items():
            if tie[1] >= self._least:
                score = tie_of(tie, size * len(self._group(other)), self._best)
                if score >= self._least:
                    heapq.heappush(heap, (self._lift(score, handle, other), handle, other))

    def _await(self, number: int) -> None:
        """Put a story's next join on the heap."""
        story = self._stories[number]
        if story.done < len(story.merges):
            score, low, high = story.merges[story.done]
            a, b = self._names[low], self._names[high]
            heapq.heappush(self._heap, ((-score, a, b), number, -1))

    # -- the run

    def start(self, changed: Mapping[int, str]) -> None:
        """Everything that is not as it was becomes dirty, and the stories that it was in are loaded."""
        self._load(self._removed | changed.keys())
        self._names.update(changed)
        self._removed.difference_update(changed)
        self._dirty.update(self._removed)  # in no group, and no partner for anyone
        self._soil(changed)
        for report in changed:
            self._offer(report)

    def finish(self) -> None:
        """Take ties and remembered joins from the highest down, until none is left."""
        while self._heap:
            level, one, other = heapq.heappop(self._heap)
            if other < 0:
                self._level = max(self._level, level)
                self._remembered(one)
                continue
            tie = self._near.get(one, {}).get(other)
            if tie is not None and -level[0] == tie_of(tie, len(self._group(one)) * len(self._group(other)), self._best):
                self._level = max(self._level, level)
                self._soil((one, other))
                self._offer(self._join(-level[0], one, other))

    def _remembered(self, number: int) -> None:
        """The next join of a story, if both groups are still as they were; one that has lost its partner becomes dirty."""
        story = self._stories[number]
        score, low, high = story.merges[story.done]
        story.done += 1
        one, other = self._at(low), self._at(high)
        if one not in self._dirty and other not in self._dirty:
            self._offer(self._join(score, one, other))
        else:
            left = [handle for handle in (one, other) if handle not in self._dirty]
            self._soil(left)
            for handle in left:
                self._offer(handle)
        self._await(number)

    def result(self) -> Regrouped:
        """The stories with dirty groups go; the dirty groups are the new stories."""
        groups = sorted(self._dirty - self._removed)
        was = {report: number for number, story in self._stories.items() for report in story.held.members}
        gone = {was[r] for handle in groups for r in self._group(handle) if r in was}
        gone |= {was[r] for r in self._removed if r in was}
        weights, copies = dict.fromkeys(groups, 0), dict.fromkeys(groups, 0)
        for report, other, weight, copied in self._edges:  # one within a group is here from both its ends
            if other < report and (handle := self._at(report)) == self._at(other):
                weights[handle] += weight
                copies[handle] += is_copy(copied)
        return Regrouped(
            frozenset(gone), tuple(self._regrown(h, was, weights[h], copies[h]) for h in groups), len(self._stories)
        )

    def _regrown(self, handle: int, was: Mapping[int, int], weight: int, copies: int) -> Regrown:
        members = {report: self._names[report] for report in sorted(self._group(handle))}
        old = was.get(handle)
        same = old if old is not None and self._stories[old].held.members.keys() == members.keys() else None
        merges = b"".join(_MERGE.pack(*merge) for merge in self._in_order(self._merges.get(handle, [])))
        return Regrown(members, merges, weight, copies, same)

    def _in_order(self, merges: list[Merge]) -> Iterator[Merge]:
        """Joins, given with every group's before its own, in the order in which a run takes them."""
        lowest: dict[int, Level] = {}  # report -> the lowest level among the joins of the group whose smallest it is
        levels: list[Level] = []
        for score, low, high in merges:
            level = (-score, self._names[low], self._names[high])
            level = max(level, lowest.get(low, _START), lowest.get(high, _START))
            lowest[low] = level
            levels.append(level)
        return (merges[at] for at in sorted(range(len(merges)), key=levels.__getitem__))
