"""How sure a joined statement is: the weights of `riwaya.weigh.confidence`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting

_JUDGED = "180 judged pairs (samples/statements.md, odd lines), logistic regression; the even lines measure it"


@dataclass(frozen=True)
class ConfidenceSettings:
    """What each trait of two joined clauses adds to the logarithm of the odds that they assert the same thing."""

    joined: float = setting(
        0.25, unit="share 0..1", help="two clauses that are surely alike to a lower share are not joined",
        evidence="of 0.25, 0.28, 0.3, 0.35 and 0.45 the only one that loses no fact of five reports; the judged pairs: precision "
        ".67 to .70, .98 of the true joins kept",
    )
    at_all: float = setting(-2.4, unit="log odds", help="of any two joined clauses, before their traits", evidence=_JUDGED)
    words: float = setting(0.65, unit="log odds", help="added where the clauses share all words", evidence=_JUDGED)
    reports: float = setting(2.0, unit="log odds", help="added where the two reports share all terms", evidence=_JUDGED)
    sentences: float = setting(
        2.75, unit="log odds", help="added where one clause's sentence holds all of the other's", evidence=_JUDGED
    )
    first: float = setting(
        0.75, unit="log odds", help="added where each clause begins with what the other says too", evidence=_JUDGED
    )
    speaker: float = setting(1.4, unit="log odds", help="added where one and the same says both", evidence=_JUDGED)
    speakers: float = setting(-0.7, unit="log odds", help="added where two say it", evidence=_JUDGED)


CONFIDENCE = ConfidenceSettings()
