"""The tables behind language detection are whole."""

from __future__ import annotations

from narrator.sentences.language_words import LANGUAGES_OF_SCRIPT, TELLING_LETTERS, common_words


def test_every_language_that_shares_its_script_has_common_words() -> None:
    shared = [language for languages in LANGUAGES_OF_SCRIPT.values() if len(languages) > 1 for language in languages]
    assert [language for language in shared if len(common_words(language)) < 8] == []


def test_no_two_languages_have_the_same_common_words() -> None:
    lists = [common_words(language) for language in LANGUAGES_OF_SCRIPT["LATIN"]]
    assert len(set(lists)) == len(lists)


def test_telling_letters_belong_to_known_languages() -> None:
    known = {language for languages in LANGUAGES_OF_SCRIPT.values() for language in languages}
    assert set(TELLING_LETTERS) <= known
