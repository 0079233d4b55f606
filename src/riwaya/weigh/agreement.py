"""Do two clauses agree, contradict each other, or speak of different things?

The clauses are aligned slot by slot (`alignment`): who, what, where, how many. What differs decides: a number against another
number, a country against another, a word against its opposite, a negation on one side. A linear model (softmax regression;
McCullagh and Nelder 1989) weighs how much is shared and which words stand unaligned or against each other; its weights were
estimated from the training part of ANS (Khouja 2020, Apache-2.0) by tools/train_agreement.py.

    >>> judge("ارتفاع أسعار النفط في السعودية", "انخفاض أسعار النفط في السعودية").label
    'disagree'
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import resources
from typing import Literal, get_args

from riwaya.model import Reason
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.alignment import COUNTRY, NEGATION, NUMBER, WORD, Alignment, Slot, align, pole
from riwaya.weigh.terms import opposites

Label = Literal["agree", "disagree", "other"]
LABELS: tuple[Label, ...] = get_args(Label)
MODEL = "agreement.model"  # made by tools/train_agreement.py
PARTS = 1000  # the model's file keeps weights in thousandths
_STEPS = (0.2, 0.35, 0.5, 0.65, 0.8, 0.95)  # of the share of a clause that the other has, each a feature of its own
_COUNTS = (2, 3, 4, 6)  # of aligned slots, likewise
_REASONS = 4  # of a judgement, the weightiest
_WEIGHTIEST = 5.0  # divides weights of slots, so that features lie about 0..1
_MANY = 5  # divides counts likewise

# Features that say why, in words that a reader understands; others (shares, lengths) are summed up as "words in common".
_WHY = {
    "numbers differ": "numbers", "places differ": "countries", "opposites": "opposites", "negated": "negation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """How two clauses stand to each other.

    Attributes:
        label: the likeliest of `LABELS`; it takes what one clause has beside the other for a change (سفينة تغادر، سفينة تحترق).
        shares: the model's share of each label; together 1.
        follows: whether the second may be told from the first, which may say more: they have slots enough in common to tell one
            event, and nothing in one stands against the other.
        reasons: what spoke most for the label.
    """

    label: Label
    shares: Mapping[Label, float]
    follows: bool
    reasons: tuple[Reason, ...]

    @property
    def confidence(self) -> float:
        """The model's share of the label, 0..1."""
        return self.shares[self.label]


def judge(a: str, b: str) -> Judgement:
    """How two clauses (headlines, statements) stand to each other; both are compared as they are, the order matters little."""
    held = features(a, b)
    weights = _model()
    scores = [0.0] * len(LABELS)
    parts: dict[str, list[float]] = {}
    for name, value in held.items():
        if name in weights:
            parts[name] = [value * w for w in weights[name]]
            scores = [s + p for s, p in zip(scores, parts[name], strict=True)]
    top = max(scores)
    odds = [math.exp(s - top) for s in scores]
    shares = {label: o / sum(odds) for label, o in zip(LABELS, odds, strict=True)}
    best = max(LABELS, key=lambda label: shares[label])
    return Judgement(best, shares, follows(a, b), _reasons(parts, LABELS.index(best)))


def follows(a: str, b: str) -> bool:
    """Whether `b` may be told from `a`: enough slots in common, none of them against the other's.

    >>> follows("وصل وزير الخارجية المصري إلى موسكو للقاء نظيره", "وزير خارجية مصر يصل موسكو")
    True
    """
    held = align(a, b)
    return len(held.pairs) >= WEIGH.slots_of_one_event and not _opposed(held)


def _reasons(parts: Mapping[str, list[float]], best: int) -> tuple[Reason, ...]:
    """The features that spoke most for a label against the strongest other one."""
    gains: dict[tuple[str, str], float] = {}
    for name, by_label in parts.items():
        gain = by_label[best] - max(p for i, p in enumerate(by_label) if i != best)
        what, _, detail = name.partition(":")
        key = (what, detail) if detail else (_WHY.get(what, "words in common"), "")
        gains[key] = gains.get(key, 0.0) + gain
    ranked = sorted(((g, key) for key, g in gains.items() if g > 0), key=lambda x: (-x[0], x[1]))
    return tuple(Reason(what, round(gain, 3), detail) for gain, (what, detail) in ranked[:_REASONS])


@cache
def _model() -> dict[str, tuple[float, ...]]:
    """Feature -> its weight for each label; empty before the model has been made."""
    file = resources.files("riwaya").joinpath("data", MODEL)
    weights = {}
    for line in file.read_text("utf-8").splitlines():
        name, *values = line.split("\t")
        weights[name] = tuple(int(value) / PARTS for value in values)
    return weights


# ------------------------------------------------------------------------------------------------------------ features


def features(a: str, b: str) -> dict[str, float]:
    """What the model weighs of two clauses, by name; only features that hold (values are not 0)."""
    held = align(a, b)
    found = {"bias": 1.0}
    if held.a and held.b:
        found |= _shares(held)
        found |= _differing(held)
        found |= _lexical(held)
        found["letters"] = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return {name: float(value) for name, value in found.items() if value}


def _shares(held: Alignment) -> dict[str, float]:
    """How much of each clause the other has, by weight; how many slots are left; whether the shared ones keep their order."""
    weight_a = sum(s.weight for s in held.a) or 1.0
    weight_b = sum(s.weight for s in held.b) or 1.0
    shared = sum(held.a[i].weight for i, _ in held.pairs)
    in_a, in_b = shared / weight_a, sum(held.b[j].weight for _, j in held.pairs) / weight_b
    order = [j for _, j in held.pairs]
    turned = sum(x > y for at, x in enumerate(order) for y in order[at + 1 :])
    found = {
        "shared in a": in_a,
        "shared in b": in_b,
        "shared least": min(in_a, in_b),
        "shared most": max(in_a, in_b),
        "shared both": in_a * in_b,
        "shared of all": shared / max(weight_a + weight_b - shared, 1e-6),
        "same form": sum(held.a[i].norm == held.b[j].norm for i, j in held.pairs) / max(1, len(held.pairs)),
        "left in a": len(held.only_a) / _MANY,
        "left in b": len(held.only_b) / _MANY,
        "weightiest in a": max((held.a[i].weight for i in held.only_a), default=0.0) / _WEIGHTIEST,
        "weightiest in b": max((held.b[j].weight for j in held.only_b), default=0.0) / _WEIGHTIEST,
        "all of a": not held.only_a,
        "all of b": not held.only_b,
        "one slot": len(held.only_a) == len(held.only_b) == 1,
        "longer": math.log(len(held.b) / len(held.a)),
        "turned": turned / max(1.0, len(order) * (len(order) - 1) / 2),
    }
    found["slots"] = len(held.pairs) / _MANY
    for count in _COUNTS:
        found[f"slots {count}"] = len(held.pairs) >= count
    for step in _STEPS:
        found[f"in a {step}"] = in_a > step
        found[f"in b {step}"] = in_b > step
    return found


def _differing(held: Alignment) -> dict[str, float]:
    """Slots of one kind that differ: numbers, countries, negations, opposites."""
    found: dict[str, float] = {}
    for kind, name in ((NUMBER, "numbers"), (COUNTRY, "places")):
        left, right = ({s.term for s in side if s.kind == kind} for side in (held.a, held.b))
        found[f"{name} differ"] = bool(left - right and right - left)
        found[f"{name} more"] = bool(left - right) != bool(right - left)
        found[f"{name} same"] = bool(left) and left == right
    found |= _scales(held)
    negative = [any(s.kind == NEGATION for s in side) for side in (held.a, held.b)]
    found["negated"] = negative[0] != negative[1]
    found["both negated"] = all(negative)
    found["opposites"] = _opposed(held)
    return found


def _opposed(held: Alignment) -> bool:
    """Whether a slot that one clause has alone names the opposite of a slot of the other."""
    left, right = ({s.term for s in side} for side in (held.a, held.b))
    alone = [(held.a[i].term, right) for i in held.only_a] + [(held.b[j].term, left) for j in held.only_b]
    return any(opposites().get(term) in others for term, others in alone)


def _scales(held: Alignment) -> dict[str, float]:
    """Scales at whose two ends the clauses stand, and those at whose one end both stand."""
    left, right = ({end for s in side if (end := pole(s.norm))} for side in (held.a, held.b))
    found: dict[str, float] = {}
    for scale in sorted({scale for scale, _ in left} & {scale for scale, _ in right}):
        ends_a, ends_b = ({end for of, end in side if of == scale} for side in (left, right))
        if ends_a == ends_b:
            found[f"same end:{scale}"] = found["same ends"] = 1.0
        elif not ends_a & ends_b:
            found[f"other end:{scale}"] = found["other ends"] = 1.0
    return found


def _lexical(held: Alignment) -> dict[str, float]:
    """Which words stand on one side alone, which against each other, and which on both sides."""
    left, right = ([side[i] for i in only] for side, only in ((held.a, held.only_a), (held.b, held.only_b)))
    found = {f"alone:{s.term}": 1.0 for s in (*left, *right)}
    found |= {f"a only:{s.term}": 1.0 for s in left}
    found |= {f"b only:{s.term}": 1.0 for s in right}
    for x in left:
        for y in right:
            if x.kind == y.kind == WORD:
                found["against:" + " / ".join(sorted((x.term, y.term)))] = 1.0
    swapped = _swapped(held)
    found["swapped"] = len(swapped) / _MANY
    for x, y in swapped:
        found[f"swapped {x.kind}"] = 1.0
        found["swap rare"] = max(found.get("swap rare", 0.0), min(x.weight, y.weight) / _WEIGHTIEST)
    found |= {f"both:{held.a[i].term}": _BOTH for i, _ in held.pairs}
    return found


def _swapped(held: Alignment) -> list[tuple[Slot, Slot]]:
    """Slots left over that stand in the same place: before or after a pair that is aligned, or both at the beginning or end."""
    pairs = {*held.pairs, (-1, -1), (len(held.a), len(held.b))}
    return [
        (held.a[i], held.b[j])
        for i in held.only_a
        for j in held.only_b
        if held.a[i].kind == held.b[j].kind and ((i - 1, j - 1) in pairs or (i + 1, j + 1) in pairs)
    ]


_BOTH = 0.5  # words on both sides say less than words on one
