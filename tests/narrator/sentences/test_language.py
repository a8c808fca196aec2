"""The language of a text is told by its script and its commonest words."""

from __future__ import annotations

import pytest

from narrator.flow import Block, BlockKind
from narrator.sentences.language import LanguageGuess, detect, script_of

SAMPLES = {
    "en": "Reading lips is hard work for many people, and it takes years to learn.",
    "de": "Der Hund ist heute nicht im Haus, sondern auf der Straße.",
    "fr": "Les enfants jouent dans le jardin, mais il ne fait pas très chaud.",
    "es": "Los niños juegan en el jardín, pero hoy no hace mucho calor.",
    "pt": "As crianças não brincam no jardim, mas também não está muito calor.",
    "it": "I bambini giocano nel giardino, ma oggi non è molto caldo.",
    "nl": "De kinderen spelen in de tuin, maar het is vandaag niet warm.",
    "sv": "Barnen leker i trädgården, men det är inte så varmt i dag.",
    "pl": "Dzieci bawią się w ogrodzie, ale dziś nie jest ciepło.",
    "cs": "Děti si hrají na zahradě, ale dnes není teplo a je zima.",
    "tr": "Çocuklar bahçede oynuyor ama bugün hava çok sıcak değil.",
    "vi": "Trẻ em đang chơi trong vườn nhưng hôm nay trời không nóng lắm.",
    "id": "Anak-anak bermain di kebun, tetapi hari ini tidak panas dan itu baik.",
    "hu": "A gyerekek a kertben játszanak, de ma nem nagyon van meleg.",
    "ro": "Copiii se joacă în grădină, dar astăzi nu este foarte cald.",
    "fi": "Lapset leikkivät puutarhassa, mutta tänään ei ole kovin lämmin.",
    "ru": "Дети играют в саду, но сегодня не очень тепло.",
    "uk": "Діти грають у саду, але сьогодні не дуже тепло.",
    "bg": "Децата играят в градината, но днес не е много топло.",
    "zh": "孩子们在花园里玩，但是今天不太热。",
    "ja": "子供たちは庭で遊んでいますが、今日はあまり暑くないです。",
    "ko": "아이들이 정원에서 놀고 있지만 오늘은 덥지 않습니다.",
    "ar": "الأطفال يلعبون في الحديقة ولكن الطقس ليس حارا هذا اليوم.",
    "fa": "بچه‌ها در باغ بازی می‌کنند اما امروز هوا گرم نیست.",
    "hi": "बच्चे बगीचे में खेल रहे हैं लेकिन आज बहुत गर्मी नहीं है।",
    "mr": "मुले बागेत खेळत आहेत पण आज फार गरम नाही आणि हवा छान आहे.",
    "bn": "শিশুরা বাগানে খেলছে কিন্তু আজ খুব গরম নয়।",
    "el": "Τα παιδιά παίζουν στον κήπο.",
    "he": "הילדים משחקים בגינה.",
    "th": "เด็กๆ กำลังเล่นในสวน",
    "ta": "குழந்தைகள் தோட்டத்தில் விளையாடுகிறார்கள்.",
}


@pytest.mark.parametrize("language", SAMPLES)
def test_a_sentence_tells_its_language(language: str) -> None:
    assert detect(SAMPLES[language]) == language


@pytest.mark.parametrize("text", ["", "12345", "... !?", "😀"])
def test_a_text_without_letters_tells_nothing(text: str) -> None:
    assert detect(text) == ""


def test_a_short_block_takes_the_language_of_those_before_it() -> None:
    guess = LanguageGuess("")
    assert guess.of(Block(BlockKind.PARAGRAPH, SAMPLES["fr"])) == "fr"
    assert guess.of(Block(BlockKind.HEADING, "Conclusion")) == "fr"


def test_what_the_page_says_wins_over_a_guess_in_the_same_script() -> None:
    assert LanguageGuess("pt-BR").of(Block(BlockKind.PARAGRAPH, SAMPLES["es"])) == "pt-BR"


def test_a_foreign_word_does_not_change_the_language() -> None:
    assert LanguageGuess("en").of(Block(BlockKind.PARAGRAPH, "The word мир means peace and world.")) == "en"


def test_a_language_with_several_scripts_is_left_alone() -> None:
    assert LanguageGuess("sr").of(Block(BlockKind.PARAGRAPH, "Danas nije toplo i deca su u bašti.")) == "sr"


def test_kana_among_han_is_japanese() -> None:
    assert script_of("日本語を話します")[0] == "HIRAGANA"
    assert script_of("我们说中文")[0] == "CJK"
