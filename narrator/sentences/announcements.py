"""A block in, the words that announce the list or table it opens out; empty where there is none."""

from __future__ import annotations

from narrator.flow import Block, BlockKind

_ENGLISH_NUMBERS = {
    **{2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"},
    **{8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve"},
}

_LIST_PHRASES = {
    "en": ("List of one.", "List of {n}."),
    "de": ("Liste mit einem Punkt.", "Liste mit {n} Punkten."),
    "fr": ("Liste d'un élément.", "Liste de {n} éléments."),
    "es": ("Lista de un elemento.", "Lista de {n} elementos."),
    "pt": ("Lista de um item.", "Lista de {n} itens."),
    "it": ("Elenco di un elemento.", "Elenco di {n} elementi."),
    "nl": ("Lijst van één punt.", "Lijst van {n} punten."),
    "ru": ("Список: 1.", "Список: {n}."),
    "zh": ("列表，共1项。", "列表，共{n}项。"),
    "ja": ("リスト、1こ。", "リスト、{n}こ。"),
    "hi": ("सूची: 1.", "सूची: {n}."),
    "bn": ("তালিকা: 1।", "তালিকা: {n}।"),
    "ar": ("قائمة: 1.", "قائمة: {n}."),
}
_TABLE_PHRASES = {
    "en": ("Table of one row.", "Table of {n} rows."),
    "de": ("Tabelle mit einer Zeile.", "Tabelle mit {n} Zeilen."),
    "fr": ("Tableau d'une ligne.", "Tableau de {n} lignes."),
    "es": ("Tabla de una fila.", "Tabla de {n} filas."),
    "pt": ("Tabela de uma linha.", "Tabela de {n} linhas."),
    "it": ("Tabella di una riga.", "Tabella di {n} righe."),
    "nl": ("Tabel van één rij.", "Tabel van {n} rijen."),
    "ru": ("Таблица, строк: 1.", "Таблица, строк: {n}."),
    "zh": ("表格，共1行。", "表格，共{n}行。"),
    "ja": ("テーブル、1ぎょう。", "テーブル、{n}ぎょう。"),
    "hi": ("तालिका: 1.", "तालिका: {n}."),
    "bn": ("সারণি: 1।", "সারণি: {n}।"),
    "ar": ("جدول: 1.", "جدول: {n}."),
}
_PHRASES = {BlockKind.LIST_ITEM: _LIST_PHRASES, BlockKind.TABLE_ROW: _TABLE_PHRASES}


def announcement(block: Block, language: str) -> str:
    """What is said before the first item or row; languages without a phrase here go unannounced."""
    if block.position != 1 or block.total < 1 or block.kind not in _PHRASES:
        return ""
    base = language.split("-")[0].lower()
    phrases = _PHRASES[block.kind].get(base)
    if phrases is None:
        return ""
    if block.total == 1:
        return phrases[0]
    return phrases[1].format(n=_ENGLISH_NUMBERS.get(block.total, block.total) if base == "en" else block.total)
