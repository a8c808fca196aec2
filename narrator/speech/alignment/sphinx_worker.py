"""Pronunciations and speech in, frames of every phone out: pocketsphinx alone in a process of its own.

Messages are laid out as in worker_process.py: the request is {"words": ["HH AH L OW", ...]} with 16 kHz 16-bit PCM as
its bytes; the answer {"phones": [[word, phone, start, frames], ...]} counts 10 ms frames and words from 0, silences
have word -1; or {"error": ...}.
"""

import json
import os
import signal
import sys
from typing import Any, BinaryIO

_OPTIONS: dict[str, Any] = {
    "lm": None,
    "bestpath": False,  # with it most synthetic speech fails to align
    "dither": True,  # digital silence breaks the features
    "beam": 1e-80,
    "pbeam": 1e-80,
    "wbeam": 1e-60,
    "loglevel": "FATAL",
}


def _align(decoder: Any, words: list[str], pcm: bytes) -> dict[str, Any]:
    names = []
    for pronunciation in words:
        name = "w_" + pronunciation.replace(" ", "_")
        if decoder.lookup_word(name) is None:
            decoder.add_word(name, pronunciation, True)
        names.append(name)
    try:
        decoder.set_align_text(" ".join(names))
        _decode(decoder, pcm)
        decoder.set_alignment()
        _decode(decoder, pcm)
    except RuntimeError as fault:
        return {"error": str(fault)}
    alignment = decoder.get_alignment()  # kept alive while its entries are read: they point into it
    if alignment is None:
        return {"error": "no alignment"}
    found, index = [], -1
    for word in alignment:
        is_word = word.name.startswith("w_")
        index += is_word
        phones = [[index if is_word else -1, phone.name, phone.start, phone.duration] for phone in word]
        found.extend(phones)
    return {"phones": found} if index + 1 == len(names) else {"error": "words lost"}


def _decode(decoder: Any, pcm: bytes) -> None:
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()


def _read_block(pipe: BinaryIO) -> bytes:
    return pipe.read(int.from_bytes(pipe.read(4), "big"))


def main() -> None:
    """Answers until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from pocketsphinx import Decoder

    decoder = Decoder(**_OPTIONS)
    while request := _read_block(sys.stdin.buffer):
        answer = json.dumps(_align(decoder, json.loads(request)["words"], _read_block(sys.stdin.buffer))).encode()
        answers.write(len(answer).to_bytes(4, "big") + answer + bytes(4))
        answers.flush()


if __name__ == "__main__":
    main()
