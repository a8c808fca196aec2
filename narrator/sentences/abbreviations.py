"""A language in, the abbreviations whose full stop may not end a sentence out.

Only abbreviations that stand before a capital or a digit are listed: before a small letter no full stop ends anything.
"""

from __future__ import annotations

from functools import lru_cache

_NEVER_END: dict[str, str] = {
    "en": """mr mrs ms mx dr drs prof rev fr st ste hon gen col lt sgt capt cpt maj cmdr adm gov sen rep pres supt insp
        messrs mmes vs v viz cf ca approx e.g i.e eg ie al mt ft pvt bros resp incl excl esp aka hrsg""",
    "de": """hr fr frl dr prof hrsg ing dipl mag bzw ca z.b zb d.h dh u.a s.o s.u vgl evtl ggf inkl exkl bspw sog geb
        gest z.t i.d.r v.a o.g st mind max min allg bes dgl ehem engl franz lat bez betr u o s einschl zzgl""",
    "fr": "m mm mme mmes mlle mlles dr pr prof me mgr st ste cf p.ex ex env c.-à-d av apr éd coll mgr bd boul",
    "es": """sr sra srta sres dr dra dres d dña da prof profa ing lic arq gral cnel cap sto sta ud uds vd p.ej ej cf
        aprox avda av ee""",
    "pt": "sr sra srs sras srta dr dra drs prof profa eng arq gen cel cap sto sta exmo exma v ex p.ex cf aprox av",
    "it": "sig sigg sigra dott dottssa prof profssa ing avv arch on gen col cap s ss cfr es p.es ca mons",
    "nl": "dhr mevr mw dr drs prof ir ing mr st bijv bv d.w.z dwz o.a m.b.t i.p.v t.a.v ca jl vgl resp incl excl",
    "ru": "гр им акад проф доц т.е т.к т.н т.о см ср напр ул просп пл д кв корп обл рис т с п стр им о тов",
    "pl": "dr hab prof inż mgr np tj tzn tzw m.in ul al pl os św por im ks gen płk",
    "hi": "डॉ डा श्री प्रो पं कृ सं रु",
    "bn": "ডা ড মো মোঃ প্রো",
    "ar": "د أ م",
}
_ENDS_UNLESS_DIGIT: dict[str, str] = {
    "en": """no nos nr art ch chap sec fig figs eq eqs tab p pp para vol vols ver ed jan feb mar apr jun jul aug sep
        sept oct nov dec mon tue tues wed thu thur thurs fri sat sun tel ext""",
    "de": """nr abb tab bd kap art abs s seite aufl mio mrd tel jan feb mär apr jun jul aug sep sept okt nov dez mo di
        mi do sa so""",
    "fr": "no nos n art chap fig vol p pp tél janv févr avr juil sept oct nov déc lun mar mer jeu ven sam dim",
    "es": "no n nº núm art cap fig vol pág págs p pp tel ene feb mar abr may jun jul ago sep sept oct nov dic c",
    "pt": "no n nº núm art cap fig vol pág págs p pp tel jan fev mar abr mai jun jul ago set out nov dez r",
    "it": "n nr art cap fig vol pag pagg p pp tel gen feb mar apr mag giu lug ago set ott nov dic",
    "nl": "nr blz p fig afb art tel jan feb mrt apr jun jul aug sep sept okt nov dec",
    "ru": "табл гл разд ст пп тел янв фев мар апр авг сен сент окт ноя нояб дек",
    "pl": "nr str s rys tab godz ok r tel",
    "hi": "क्र",
    "bn": "নং",
    "ar": "ص",
}
_ENDS_BEFORE_STARTER: dict[str, str] = {
    "en": "inc jr sr ltd co corp plc llc u.s u.k u.n e.u b.a m.a b.sc m.sc u.s.a ave blvd rd dept univ assn",
    "de": "gmbh co jr sr chr n.chr v.chr str u.s.a o.ä",
    "fr": "jr s.a s.a.r.l j.-c",
    "es": "jr s.a s.l ee.uu uu",
    "pt": "jr s.a ltda",
    "it": "s.p.a s.r.l",
    "nl": "jr n.v b.v chr n.chr v.chr",
    "ru": "г гг в вв руб коп тыс млн млрд",
}
_ORDINAL_LANGUAGES = frozenset(
    (
        "de",
        "da",
        "nb",
        "nn",
        "no",
        "fi",
        "et",
        "cs",
        "sk",
        "sl",
        "hr",
        "bs",
        "sr",
        "hu",
        "is",
        "lv",
        "lt",
        "tr",
        "pl",
        "eu",
    )
)
"""Where a number with a full stop is an ordinal ("am 3. Mai")."""

_STARTERS: dict[str, str] = {
    "en": """the a an this that these those it its he his she her they their we you i my our in on at by for from but
        and or so yet if when while after before as there here what who how why where then however it's he's also""",
    "de": """der die das ein eine er sie es wir ihr ich dies diese dieser dieses in im am auf bei mit von und aber oder
        doch wenn als nach vor da dort hier was wer wie warum wo dann jedoch auch""",
    "fr": """le la les un une des il elle ils elles on nous vous je ce cette ces cet c'est dans en au mais et ou donc si
        quand après avant comme""",
    "es": "el la los las un una él ella ellos nosotros esto este esta en al pero y o si cuando como",
    "pt": "o a os as um uma ele ela eles nós isto este esta em no na mas e ou se quando como",
    "it": "il lo la i gli le un una egli ella lui lei essi noi questo questa in nel ma e o se quando come",
    "nl": "de het een hij zij ze wij ik dit dat deze in op maar en of als toen hoe",
    "ru": "он она оно они мы вы я это эта этот эти в на но и а если когда как после что",
}


def base_of(language: str) -> str:
    """The bare language of a BCP 47 tag; English when there is none."""
    return language.replace("_", "-").split("-")[0].lower() or "en"


@lru_cache(maxsize=64)
def never_end(language: str) -> frozenset[str]:
    """Lower-case, without the last full stop. Languages without a list of their own use the English titles."""
    return _words(_NEVER_END, language if language in _NEVER_END else "en")


@lru_cache(maxsize=64)
def ends_unless_digit(language: str) -> frozenset[str]:
    """Abbreviations that belong to a number after them ("No. 5", "Jan. 3") and are words otherwise ("No.", "sat.")."""
    return _words(_ENDS_UNLESS_DIGIT, language)


@lru_cache(maxsize=64)
def ends_before_starter(language: str) -> frozenset[str]:
    """Abbreviations often inside a name ("U.S. Army"); a starter after them opens a sentence ("in the U.S. He")."""
    return _words(_ENDS_BEFORE_STARTER, language)


@lru_cache(maxsize=64)
def starters(language: str) -> frozenset[str]:
    """Lower-case words that open a sentence more often than they follow an initial or an abbreviation."""
    return _words(_STARTERS, language)


def has_ordinals(language: str) -> bool:
    """True where "3." may mean "third"."""
    return language in _ORDINAL_LANGUAGES


def _words(table: dict[str, str], language: str) -> frozenset[str]:
    return frozenset(table.get(language, "").split())
