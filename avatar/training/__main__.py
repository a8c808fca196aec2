"""`narrator-train`: data, train or evaluate and its options in, files and a table out."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from narrator.errors import NarratorError

COULD_NOT = 1
NEXT_STEP = "Install it: pip install narrator[train]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 1 with one line on standard error where it could not."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except NarratorError as fault:
        print(f"narrator-train: {fault}", file=sys.stderr)
        return COULD_NOT
    return 0


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="narrator-train", description="Makes the weights of the motion by ear.")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    data = commands.add_parser("data", help="make training pairs; goes on where it was")
    data.add_argument("folder", type=Path)
    data.add_argument("--shards", type=int, default=56, help="of about ten minutes each (default: 56)")
    data.add_argument("--takes", type=Path, metavar="FOLDER", help="recorded takes: take_*.npz and .wav")
    data.add_argument("--seed", type=int, default=0)
    data.set_defaults(run=_data)
    learn = commands.add_parser("train", help="learn from the pairs; goes on where it was (needs torch)")
    learn.add_argument("folder", type=Path)
    learn.add_argument("--into", type=Path, required=True, metavar="FOLDER")
    learn.add_argument("--ears", action="store_true", help="the network that listens, not the one that moves")
    learn.add_argument("--steps", type=int, default=20_000)
    learn.add_argument("--minutes", type=float, help="end by then, however many steps were done")
    learn.add_argument("--seed", type=int, default=0)
    learn.set_defaults(run=_train)
    film = commands.add_parser(
        "extract", help="make training pairs of films of one person who speaks (needs mediapipe)"
    )
    film.add_argument("film", type=Path, nargs="+", metavar="VIDEO")
    film.add_argument("--into", type=Path, required=True, metavar="FOLDER", help="where the other pairs lie")
    film.set_defaults(run=_extract)
    judge = commands.add_parser("evaluate", help="print the figures of the weights beside those of simpler ways")
    judge.add_argument("material", type=Path, help="folder with labelled_speech and speech_and_mouth")
    judge.add_argument("--weights", type=Path, help="of the motion; default: those that ship")
    judge.add_argument("--hearing", type=Path, help="of the listening network; default: those that ship")
    judge.set_defaults(run=_evaluate)
    return top


def _data(options: argparse.Namespace) -> None:
    from avatar.training.data import make_data
    from avatar.training.listening_data import make_listening_data

    make_listening_data(options.folder, options.shards, takes_folder=options.takes, seed=options.seed)
    make_data(options.folder, options.shards, takes_folder=options.takes, seed=options.seed)


def _train(options: argparse.Namespace) -> None:
    try:
        from avatar.training.learning import learn_to_listen
        from avatar.training.learning.train import Plan, train
    except ImportError as fault:
        raise NarratorError("torch, which learns", f"it cannot be loaded ({fault})", NEXT_STEP) from fault

    stop_after_s = options.minutes * 60 if options.minutes else float("inf")
    if options.ears:
        plan = learn_to_listen.Plan(steps=options.steps, seed=options.seed, stop_after_s=stop_after_s)
        print(learn_to_listen.learn(options.folder, options.into, plan))
        return
    print(train(options.folder, options.into, Plan(steps=options.steps, seed=options.seed, stop_after_s=stop_after_s)))


def _extract(options: argparse.Namespace) -> None:
    from avatar.training.extraction.extract import extract
    from avatar.training.progress import Bar

    for film in options.film:
        with Bar(film.name, "frames", sys.stderr) as bar:
            print(extract(film, options.into, bar.tell))


def _evaluate(options: argparse.Namespace) -> None:
    from avatar.diffusion.generator import WEIGHTS
    from avatar.listening.weights import WEIGHTS as HEARING
    from avatar.training.evaluate import diversity, evaluate
    from avatar.training.timing import cost, streaming

    weights = options.weights or WEIGHTS
    names: list[str] = []
    for row in evaluate(weights, options.material, hearing=options.hearing or HEARING):
        if not names:
            names = list(row.values)
            print("| way | " + " | ".join(names) + " |")
            print("|---" * (len(names) + 1) + "|")
        cells = (f"{row.values[name]:.2f}" if name in row.values else "" for name in names)
        print(f"| {row.name} | " + " | ".join(cells) + " |", flush=True)
    timed = cost(weights, options.material) | streaming(weights, options.material)
    for name, value in (timed | diversity(weights)).items():
        print(f"{name}: {value:.3g}")


if __name__ == "__main__":
    sys.exit(main())
