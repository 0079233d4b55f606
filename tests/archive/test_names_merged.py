"""Names that people merge are one wherever they stand, in an archive as in one run; and two again when that is undone."""

from __future__ import annotations

import json
from pathlib import Path

import riwaya
from riwaya.archive import Archive
from riwaya.model import Correction, Entity
from riwaya.serial.corrections import make_correction

_PAIRS = [
    ("2021-01-05", "قال الطبيب نزار الصفصافي إن المستشفى جاهز لاستقبال المرضى من القرى القريبة من النهر الكبير."),
    ("2021-02-15", "زار نزار الصفصافي مدرسة الجبل وقال نزار الصفصافي إن الدفاتر قليلة هناك وإن السقف قديم."),
    ("2021-03-15", "كتب نزار البلوطي رسالة إلى عمدة البلدة وطالب نزار البلوطي بماء نظيف لبيوت الحي الشرقي."),
    ("2021-04-25", "فاز نزار البلوطي بجائزة الرواية في المعرض السنوي للكتاب العربي وشكر القراء والناشرين."),
]


def write(path: Path, pairs: list[tuple[str, str]]) -> Path:
    reports = [{"outlet": f"جريدة {n}", "date": day, "text": text} for day, text in pairs for n in (1, 2)]
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in reports), "utf-8")
    return path


def merged(archive: Archive, one: str, other: str) -> Correction:
    cited = [archive.entity_standing_for(archive.entities("person", name).items[0].key) for name in (one, other)]
    assert [len(spans) for spans in cited] == [1, 1]
    return make_correction("merge", [s for spans in cited for s in spans], author="م", made="2026-01-01T00:00:00Z")


def people(archive: Archive) -> dict[str, int]:
    return {c.name: c.stories for c in archive.entities("person").items}


def ties(dossiers: list[Entity]) -> dict[str, str | None]:
    return {e.id: e.same_as for e in dossiers}


def test_a_merge_by_one_mention_of_each_joins_all_and_is_undone(tmp_path: Path) -> None:
    first = write(tmp_path / "1.jsonl", _PAIRS)
    with Archive.open(tmp_path / "an.archive", create=True) as archive:
        archive.add(riwaya.read(first), jobs=1)
        before = people(archive)
        assert before == {"نزار الصفصافي": 2, "نزار البلوطي": 2}
        correction = archive.correct(merged(archive, "الصفصافي", "البلوطي"))
        archive.refresh()
        assert list(people(archive).values()) == [4]
        assert {n.text for n in archive.entity(archive.entities("person").items[0].key).spellings} == set(before)

        whole = riwaya.build(riwaya.read(first), corrections=archive.corrections())
        of_build = ties([e for d in whole for e in d.entities])
        assert ties([e for d in archive.collection() for e in d.entities]) == of_build
        assert sum(v is not None for v in of_build.values()) == 3

        later = [("2021-06-01", "سافر نزار البلوطي إلى الشمال ثم عاد نزار البلوطي بكتاب قديم عن السفن.")]
        archive.add(riwaya.read(write(tmp_path / "2.jsonl", later)), jobs=1)
        assert list(people(archive).values()) == [5]
        assert archive.out_of_step() == []

        archive.undo(correction, "م")
        archive.refresh()
        assert people(archive) == {"نزار الصفصافي": 2, "نزار البلوطي": 3}
        assert archive.out_of_step() == []
