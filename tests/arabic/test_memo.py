"""What a function says of a word, kept."""

from riwaya.arabic.memo import Memo


def test_each_word_is_asked_about_once_until_the_table_is_full() -> None:
    asked: list[str] = []

    def size(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(size, 2)
    assert list(map(memo.__getitem__, ["قلم", "باب", "قلم", "باب"])) == [3, 3, 3, 3]
    assert asked == ["قلم", "باب"]
    assert memo["مدينة"] == 5
    assert len(memo) == 1
    assert memo["قلم"] == 3
    assert asked == ["قلم", "باب", "مدينة", "قلم"]
