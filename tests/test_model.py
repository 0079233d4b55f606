from __future__ import annotations

import pickle
from dataclasses import fields, is_dataclass

from riwaya import model


def test_every_class_comes_back_from_pickle_as_it_was() -> None:
    classes = [c for c in vars(model).values() if isinstance(c, type) and is_dataclass(c)]
    assert len(classes) > 20
    for cls in classes:
        thing = cls(*(f"{f.name} قيمة" for f in fields(cls)))
        assert pickle.loads(pickle.dumps(thing)) == thing
