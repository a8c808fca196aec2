"""A script or language in, the languages, common words and telling letters that tell them apart out."""

from __future__ import annotations

from functools import lru_cache

_LATIN = (
    "en de fr es pt it nl sv da nb fi pl cs sk hu ro tr vi id sw hr sl lt lv et ca eu ga cy is sq af eo la mt gl az "
)
LANGUAGES_OF_SCRIPT: dict[str, tuple[str, ...]] = {
    "LATIN": tuple(_LATIN.split()),
    "CYRILLIC": ("ru", "uk", "bg", "sr", "be", "mk", "kk", "ky", "tt"),
    "ARABIC": ("ar", "fa", "ur"),
    "DEVANAGARI": ("hi", "mr", "ne"),
    "BENGALI": ("bn", "as"),
    "ETHIOPIC": ("am", "ti"),
    **{
        "CJK": ("zh",),
        "HIRAGANA": ("ja",),
        "KATAKANA": ("ja",),
        "HANGUL": ("ko",),
        "HEBREW": ("he",),
        "GREEK": ("el",),
    },
    **{"GURMUKHI": ("pa",), "GUJARATI": ("gu",), "ORIYA": ("or",), "TAMIL": ("ta",), "TELUGU": ("te",)},
    **{"KANNADA": ("kn",), "MALAYALAM": ("ml",), "SINHALA": ("si",), "THAI": ("th",), "MYANMAR": ("my",)},
    **{"GEORGIAN": ("ka",), "ARMENIAN": ("hy",), "CHEROKEE": ("chr",)},
}
"""First the language to take when words tell nothing; all of them have a voice in espeak."""

SEVERAL_SCRIPTS = frozenset(
    (
        "sr",
        "uz",
        "kk",
        "az",
        "ku",
        "ja",
        "zh",
        "yue",
        "hak",
        "ko",
        "pa",
        "sd",
        "mn",
        "tg",
        "tk",
        "ug",
        "tt",
        "en-shaw",
        "eo",
        "bs",
    )
)
"""Languages written in more than one script, or mixed with Latin as a matter of course."""

TELLING_LETTERS: dict[str, str] = {
    **{"de": "ßüöä", "fr": "éèêçàùœëî", "es": "ñ¿¡óíá", "pt": "ãõçáêâ", "it": "èàòùì", "nl": "ĳ", "sv": "åäö"},
    **{"da": "øæå", "nb": "øæå", "fi": "äö", "pl": "łżśęąźćń", "cs": "řěůčšž", "sk": "ľĺŕôčšž", "hu": "őűáé"},
    **{"ro": "șțăşţâ", "tr": "ğışİ", "vi": "ơưđạảấầẩậắằệọộớợụứừựịỉ", "hr": "čćđšž", "sl": "čšž", "lt": "ėįųūąęšž"},
    **{"lv": "āēīūņļķģšž", "et": "õäöü", "ca": "çàèòïŀ", "is": "ðþáíúö", "sq": "ëç", "eo": "ĉĝĥĵŝŭ", "mt": "ħġżċ"},
    **{"cy": "ŵŷ", "az": "əğış", "ga": "áéíóú", "gl": "ñáó"},
    **{"ru": "ыэё", "uk": "їєґі", "be": "ўі", "sr": "ђћџљњј", "mk": "ѓќѕј", "bg": "ъ", "kk": "әғқңұһ", "ky": "өүң"},
    "tt": "әҗңөүһ",
    **{"ur": "ٹڈڑںےہھ", "fa": "پچژگ", "ar": "ةىأإؤئ"},
    **{"mr": "ळ", "as": "ৰৱ", "ti": "ኸኽዀ"},
}

_COMMON_WORDS: dict[str, str] = {
    "en": """the of and to in is that for it was with as on be are this have from or had by not but what all were
        when we there can an your which their said if do will each about how up out them then she many some
        so these would""",
    "de": """der die das und ist nicht ein eine den dem des mit sich auf für von zu im es ich sie wir auch als an
        nach wie bei oder nur noch war werden wird einen einem einer sind haben hat aus über dass kann durch
        zum zur vom""",
    "fr": """le la les de des du et est un une en que qui dans pour pas sur au aux avec ce cette il elle nous
        vous par plus sont mais ou se ne son sa ses leur été être ont comme tout fait à je c'est d'un d'une
        qu'il""",
    "es": """el la los las de del y en que un una es por con para no se su al lo como más pero sus le ya o este
        sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante
        son fue está""",
    "pt": """o a os as de do da dos das e em no na nos nas que um uma é por com para não se ao à mais como mas
        foi ele ela são seu sua ou quando muito já também só pelo pela até isso entre depois sem mesmo você
        tem está""",
    "it": """il lo la i gli le di del della dei delle e è un una in nel nella che per con non si su da dal come
        più anche ma sono era alla al ha o questo questa se ci dalla suo sua loro essere hanno stato tutti
        quando gatto""",
    "nl": """de het een en van in is dat op te zijn met voor niet die aan er om ook als bij maar nog uit naar dan
        wat wordt door over heeft hij zij ze ik we wij deze worden kan meer was werd hebben geen tot""",
    "sv": """och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan
        när år eller hade där efter också vid ska under mot alla detta blir mycket mig dig""",
    "da": """og i at det som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan når
        år eller havde der efter også ved skal under mod alle dette bliver meget mig blev hvad""",
    "nb": """og i at det som en på er av for med til den har de ikke om et han men var jeg seg fra vi så kan når
        år eller hadde der etter også ved skal under mot alle dette blir mye meg ble hva ei""",
    "fi": """ja on ei se että hän oli mutta ovat kun niin joka myös tai sen kuin jos mitä hänen minä sinä me te
        he ole tämä sitä vain nyt jo voi olla vuonna kanssa jotka mukaan sekä""",
    "pl": """i w na z się nie do to że jest o jak po ale od za przez co tak już dla jego jej są ten tym czy tylko
        może był była było oraz ich ze przy które który która jako""",
    "cs": """a v na se je že s z do o to i ve za po jsem ale jako pro by od nebo jeho byl bylo byla které který
        která jsou při také až více než už tak co být""",
    "sk": """a v na sa je že s z do o to aj vo za po som ale ako pre by od alebo jeho bol bolo bola ktoré ktorý
        ktorá sú pri tiež až viac než už tak čo byť""",
    "hu": """a az és hogy nem is egy van ez de meg csak már mint ha el volt ki azt vagy így még majd után lesz
        nagyon volna szerint minden aki ami ezt""",
    "ro": """și de a în la cu pe nu că este un o din pentru care sunt mai se au fost ca ce sau dar prin după său
        sa fi acest această ale lui ei am""",
    "tr": """ve bir bu da de için ile çok ne olarak daha olan gibi kadar sonra en var ama ki o değil ise her mi
        mı ben sen biz oldu olduğu tarafından göre""",
    "vi": """và của là có không được cho một trong với các những người đã này khi đến từ để như về cũng trên ra
        sẽ nhiều tôi""",
    "id": """yang dan di ini itu dengan untuk tidak dari dalam akan pada juga ke karena tersebut bisa ada mereka
        lebih sudah saya kami oleh atau sebagai adalah""",
    "sw": """na ya wa kwa ni katika la za cha kuwa hii hiyo kama lakini pia sana yake watu yao huo baada moja
        wake""",
    "hr": """i u je se na da su za od s nije što kao o ali iz bi po koji koja koje su te ili sam već samo bio
        bila biti""",
    "sl": "in je v na se da so za z ki ne s tudi kot bil bila bi pri pa od po ali še že iz ter lahko več",
    "lt": "ir yra kad su į iš kaip bet tai apie buvo tik ar jau dar jo jos prie nuo per ne jis ji labai savo",
    "lv": "un ir ar no par uz ka bet kā tas tā pie bija vai arī pēc nav viņš viņa tikai lai šī šis savu",
    "et": "ja on ei et see oli ka kui mis aga ta oma selle siis nii või kes tema mida ning olen välja veel",
    "ca": """el la els les de del i en que un una és per amb no es al com més però o aquest aquesta dels seva seu
        són també ha hi va molt perquè""",
    "eu": "eta da ez bat du dira zen izan hau ere egin dute baina bere duen oso den beste",
    "ga": "an na agus ar i is ag le go bhí sé sí atá do a tá leis mar nach bhfuil",
    "cy": "y yr yn a i o mae ar am ei wedi bod gan oedd ac hyn eu ond fel nid",
    "is": "og að í er á sem það til um við hann ekki með en var hún ég fyrir þetta þeir eru",
    "sq": "dhe të në e i një për me nuk që është nga se ka më si por janë do kjo ky",
    "af": "die en van in is nie dat het vir met op te wat was hy sy ek ons word kan deur aan hulle",
    "eo": "la kaj de en estas ne al por kun ke mi li ŝi ili oni sed kiel estis pri sur tiu",
    "la": "et in est non ad cum ut sed qui quae quod ex si per esse sunt atque enim nec quam ab hoc",
    "mt": "li u ta il fil f'dan kien biex għal mhux dan din minn hija huwa dwar",
    "gl": "o a os as de do da e en que un unha é por con para non se no na ao máis como pero foi tamén moi pola",
    "az": "və bir bu da də üçün ilə çox nə olan kimi qədər sonra ən var amma o deyil hər mən olaraq",
    "ru": """и в не на что с он как это по но из к а у все за от так же она мы вы для бы был была было его её они
        только или если мне меня ещё уже когда""",
    "uk": """і в не на що з він як це по але із до а у та за від так вона ми ви для був була було його її вони
        або якщо є ще вже коли про""",
    "bg": """и в не на че с той как това по но от а у за да е са се до ли те тя ние вие за би беше бяха който
        която които""",
    "sr": "и у не на да с он као то по али из до а је за од су се би или који која које био била нисам",
    "be": """і ў не на што з ён як гэта па але да а у і за ад так яна мы вы для быў была было яго яны або калі
        ёсць""",
    "mk": "и во не на дека со тој како тоа по но од а за да е се ќе или кој која кои беше сум",
    "kk": "және бұл бір мен үшін деп болып емес бар еді оның осы ол",
    "ky": "жана бул бир менен үчүн деп болуп эмес бар эле анын ошол ал",
    "tt": "һәм бу бер белән өчен дип булып түгел бар иде аның шул ул",
    "ar": "في من على إلى أن هذا هذه التي الذي لا ما كان مع عن هو هي كل بعد قد ذلك بين أو ثم كما",
    "fa": "در از به که این را با است برای آن یک بود شد هم تا می بر او ما نیز کرد شده",
    "ur": "میں کے کی ہے اور سے کا کو پر نے یہ اس کہ ہیں تھا ایک بھی نہیں کر",
    "hi": "है में के की और का से को पर यह हैं एक नहीं ने भी कि जो था हो कर इस ही तो",
    "mr": "आहे आणि या व हे तो ती ते मध्ये होते आहेत नाही एक होता का पण",
    "ne": "छ र मा को का हो छन् यो पनि लाई गर्न भएको एक हुन् तर",
    "bn": "এবং এই করে থেকে একটি না তার এর ও হয় জন্য যে কি আমি সে",
    "as": "আৰু এই কৰি পৰা এটা নাই তাৰ হয় বাবে যে মই",
    "am": "እና ነው ላይ ውስጥ ይህ ግን ከ ወደ ነበር",
    "ti": "እዩ ኣብ ናይ ካብ ናብ እዚ ግን ኣሎ",
}


@lru_cache(maxsize=128)
def common_words(language: str) -> frozenset[str]:
    """The commonest words of a language, lower-case."""
    return frozenset(_COMMON_WORDS.get(language, "").split())
