"""A voice of festival and texts in, sound and timed phones out: voices cut from the recordings of real speakers.

Debian's festival with festvox-kallpc16k, -kdlpc16k, -us-slt-hts, -italp16k, -itapc16k, -czech-dita, -czech-machac,
-czech-krb, -czech-ph, -suopuhe-lj, -suopuhe-mv and -ru; whichever of them are installed are used.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import wave
from functools import lru_cache
from pathlib import Path

import numpy as np

from narrator.flow import Phone, Samples

LANGUAGES = {
    **{"kal_diphone": "en", "ked_diphone": "en", "cmu_us_slt_arctic_hts": "en", "pc_diphone": "it", "lp_diphone": "it"},
    **{"czech_dita": "cs", "czech_machac": "cs", "czech_krb": "cs", "czech_ph": "cs", "suo_fi_lj_diphone": "fi"},
    **{"hy_fi_mv_diphone": "fi", "msu_ru_nsh_clunits": "ru"},
}
_OTHER = {
    **{"tS": "tʃ", "dZ": "dʒ", "S": "ʃ", "Z": "ʒ", "J": "ɲ", "L": "ʎ", "c~": "tʃ", "s~": "ʃ", "z~": "ʒ", "r~": "r̝"},
    **{"n~": "ɲ", "t~": "c", "d~": "ɟ", "ch": "tʃ", "c": "ts", "cc": "tʃ", "sh": "ʃ", "zh": "ʒ", "E": "ɛ", "O": "ɔ"},
    **{"ae": "æ", "ay": "ə", "ng": "ŋ", "N": "ŋ", "g": "ɡ", "hh": "x", "h": "h", "uj": "ə", "y": "y", "ii": "i"},
}
_TIME_LIMIT_S = 60


@lru_cache(maxsize=1)
def voices() -> tuple[str, ...]:
    """Those of LANGUAGES that are installed; none without festival."""
    if shutil.which("festival") is None:
        return ()
    asked = subprocess.run(
        ["festival", "--pipe"], input="(print (voice.list))", capture_output=True, text=True, timeout=_TIME_LIMIT_S
    )
    listed = set(re.findall(r"[A-Za-z_0-9]+", asked.stdout))
    return tuple(name for name in LANGUAGES if name in listed)


def spoken(
    voice: str, texts: list[str], slowness: float, cmu: dict[str, str]
) -> list[tuple[Samples, int, list[Phone]]]:
    """Samples, their rate and the phones of each text that could be spoken; cmu maps the American voices' phones."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"(voice_{voice})", f"(Parameter.set 'Duration_Stretch {slowness:.2f})"]
        for number, words in enumerate(texts):
            plain = re.sub(r"[^\w .,!?']", " ", words)
            lines.append(f'(set! u (utt.synth (Utterance Text "{plain}")))')
            lines.append(f'(utt.save.wave u "{folder}/{number}.wav" \'riff)(utt.save.segs u "{folder}/{number}.seg")')
        script = Path(folder) / "say.scm"
        script.write_text("\n".join(lines), encoding="utf-8")
        try:
            subprocess.run(["festival", "-b", str(script)], capture_output=True, timeout=_TIME_LIMIT_S, check=False)
        except subprocess.TimeoutExpired:
            return []
        table = cmu if LANGUAGES[voice] == "en" else _OTHER
        done = [Path(folder) / f"{number}.wav" for number in range(len(texts))]
        return [_read(file, table) for file in done if file.exists() and file.with_suffix(".seg").exists()]


def _read(file: Path, table: dict[str, str]) -> tuple[Samples, int, list[Phone]]:
    with wave.open(str(file)) as sound:
        samples, rate_hz = np.frombuffer(sound.readframes(sound.getnframes()), np.int16), sound.getframerate()
    phones, begin_s = [], 0.0
    for line in file.with_suffix(".seg").read_text(encoding="latin-1").splitlines()[1:]:
        end, _, symbol = line.split()[:3]
        phones.append(Phone(_ipa(symbol, table), begin_s, max(float(end) - begin_s, 0.0)))
        begin_s = float(end)
    return samples, rate_hz, phones


def _ipa(symbol: str, table: dict[str, str]) -> str:
    """Empty for a pause; a doubled or marked letter is the letter."""
    plain = symbol.rstrip("0123456789:")
    if plain in ("#", "pau", "_", "", "h#", "brth"):
        return ""
    return table.get(plain) or _OTHER.get(plain[0]) or plain[0]
