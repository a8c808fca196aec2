"""A language in, the abbreviations whose full stop does not end a sentence out."""

from __future__ import annotations

from functools import lru_cache

_NEVER_END: dict[str, str] = {
    "en": """mr mrs ms mx dr prof rev fr sr st hon gen col lt sgt capt cpt maj cmdr adm gov sen rep pres supt insp
        messrs mmes vs v viz cf ca approx e.g i.e eg ie al no nos nr fig figs eq eqs sec ch chap art vol vols pp p para
        tab ref refs ed eds trans ver def est jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur
        thurs fri sat sun mt ft pt ave blvd rd dept univ assn bros op""",
    "de": """hr fr dr prof hrsg ing dipl mag bzw ca z.b zb d.h dh u.a ua s.o s.u vgl evtl ggf inkl exkl bspw sog str nr
        abb tab bd kap art abs aufl ff geb gest jh jhd st mio mrd tel z.t u.u i.d.r v.a o.g usf jan feb mär apr jun jul
        aug sep sept okt nov dez mo di mi do sa so max min mind allg bes dgl ehem engl franz lat span bez betr sen jun""",
    "fr": """m mm mme mmes mlle mlles dr pr prof me mgr st ste cf p.ex ex env art chap fig vol p pp no nos éd ed coll av
        apr j.-c janv févr avr juil sept oct nov déc lun mar mer jeu ven sam dim bd boul tél hab env max min c.-à-d""",
    "es": """sr sra srta sres dr dra d dña da prof profa ing lic arq gral cnel cap sto sta ud uds vd p.ej ej cf fig núm
        nº no art cap vol pág págs p pp av avda c tel aprox ene feb mar abr may jun jul ago sep sept oct nov dic ee uu""",
    "pt": """sr sra srs sras srta dr dra prof profa eng arq gen cel cap sto sta exmo exma v ex p.ex cf fig núm nº n art
        cap vol pág págs p pp av r tel aprox jan fev mar abr mai jun jul ago set out nov dez""",
    "it": """sig sigg sigra dott dottssa prof profssa ing avv arch on gen col cap s ss cfr es p.es ecc fig n nr art cap
        vol pag pagg p pp tel ca gen feb mar apr mag giu lug ago set ott nov dic""",
    "nl": """dhr mevr mw dr drs prof ir ing mr st bijv bv d.w.z dwz o.a m.b.t i.p.v t.a.v a.u.b ca nr blz p fig afb art
        vgl tel jan feb mrt apr jun jul aug sep sept okt nov dec""",
    "ru": """г гг гр им акад проф доц др т тт т.е т.к т.д т.п т.н т.о см ср напр стр с рис табл гл разд ст п пп ул пр
        просп пл пер д кв корп обл р руб коп тыс млн млрд тел кг км см мм мин сек час янв фев мар апр авг сен сент окт
        ноя нояб дек рус англ нем фр лат греч""",
    "pl": "dr hab prof inż mgr np tj tzn tzw m.in p.n.e n.e ul al pl os św nr str s rys tab por godz ok im pt r w ww",
    "hi": "डॉ डा श्री प्रो पं कृ सं क्र रु",
    "bn": "ডা ড মো মোঃ প্রো নং",
    "ar": "د أ م ص هـ",
}
_MAY_END: dict[str, str] = {
    "en": """etc inc jr sr ltd co corp plc llc a.m p.m am pm u.s u.k u.n e.u b.c a.d b.c.e c.e d.c ph.d m.d b.a m.a m.sc
        esq seq ibid in ft oz lb lbs min max sec hr hrs km kg cm mm""",
    "de": "usw etc u.s.w uvm u.v.m o.ä u.ä gmbh co jr sr chr n.chr v.chr",
    "fr": "etc jr s.a s.a.r.l r.-v",
    "es": "etc jr s.a s.l a.m p.m ee.uu a.c d.c",
    "pt": "etc jr s.a ltda a.c d.c",
    "it": "ecc jr s.p.a s.r.l a.c d.c",
    "nl": "enz etc e.d e.a jr n.v b.v v.chr n.chr",
    "ru": "др пр д п е э г гг в вв руб",
    "pl": "itd itp jr",
}
_ORDINAL_LANGUAGES = frozenset(["de", "da", "nb", "nn", "no", "fi", "et", "cs", "sk", "sl", "hr", "bs", "sr", "hu", "is", "lv", "lt", "tr", "pl", "eu", "lb", "fo", "sq"])
"""Where a number with a full stop is an ordinal ("am 3. Mai")."""

STARTERS: dict[str, frozenset[str]] = {
    "en": frozenset(
        ["the", "a", "an", "this", "that", "these", "those", "it", "its", "he", "she", "they", "we", "you", "i", "his", "her", "their", "our", "my", "in", "on", "at", "by", "for", "from", "but", "and", "or", "so", "yet", "if", "when", "while", "after", "before", "as", "there", "here", "what", "who", "how", "why", "where", "then", "however", "it's", "he's"]
    ),
    "de": frozenset(
        ["der", "die", "das", "ein", "eine", "er", "sie", "es", "wir", "ihr", "ich", "dies", "diese", "dieser", "dieses", "in", "im", "am", "auf", "bei", "mit", "von", "und", "aber", "oder", "doch", "wenn", "als", "nach", "vor", "da", "dort", "hier", "was", "wer", "wie", "warum", "wo", "dann", "jedoch"]
    ),
    "fr": frozenset(
        ["le", "la", "les", "un", "une", "des", "il", "elle", "ils", "elles", "on", "nous", "vous", "je", "ce", "cette", "ces", "cet", "c'est", "dans", "en", "au", "mais", "et", "ou", "donc", "si", "quand", "après", "avant", "comme"]
    ),
    "es": frozenset(["el", "la", "los", "las", "un", "una", "él", "ella", "ellos", "nosotros", "esto", "este", "esta", "en", "al", "pero", "y", "o", "si", "cuando", "como"]),
    "pt": frozenset(["o", "a", "os", "as", "um", "uma", "ele", "ela", "eles", "nós", "isto", "este", "esta", "em", "no", "na", "mas", "e", "ou", "se", "quando", "como"]),
    "ru": frozenset(["он", "она", "оно", "они", "мы", "вы", "я", "это", "эта", "этот", "эти", "в", "на", "но", "и", "а", "если", "когда", "как", "после", "что"]),
}
"""Words that open a sentence more often than they follow an initial or an abbreviation."""


def base_of(language: str) -> str:
    """The bare language of a BCP 47 tag; English when there is none."""
    return language.replace("_", "-").split("-")[0].lower() or "en"


@lru_cache(maxsize=64)
def never_end(language: str) -> frozenset[str]:
    """Lower-case, without the last full stop; English ones count everywhere, since names and titles travel."""
    return frozenset((_NEVER_END["en"] if language != "en" else "").split()[:32]) | _words(_NEVER_END, language)


@lru_cache(maxsize=64)
def may_end(language: str) -> frozenset[str]:
    """Abbreviations that end a sentence when a capital follows."""
    return _words(_MAY_END, language)


def has_ordinals(language: str) -> bool:
    """True where "3." may mean "third"."""
    return language in _ORDINAL_LANGUAGES


def _words(table: dict[str, str], language: str) -> frozenset[str]:
    return frozenset(table.get(language, "").split())
