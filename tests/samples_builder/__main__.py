"""Writes one sample after the other into samples/, or only those that are named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.samples_builder import early_help, letters, mail, pages

FOLDER = Path(__file__).parents[2] / "samples"

SAMPLES: dict[str, Callable[[], bytes]] = {
    "early-help-draft.docx": early_help.draft,
    "early-help-ready.docx": early_help.ready,
    "housing-letter.docx": letters.housing,
    "mental-health-letter.docx": letters.mental_health,
    "speech-therapy-letter.pdf": pages.speech_therapy,
    "adult-concern-form.pdf": pages.adult_concern,
    "young-carers-two-attachments.eml": mail.young_carers,
    "reply-chain.eml": mail.reply_chain,
    "child-protection-urgent.eml": mail.urgent,
    "refuge-request.eml": mail.refuge,
    "appointment.eml": mail.appointment,
    "food-bank-request.rtf": pages.food_bank,
}


def main(names: list[str]) -> None:
    for name in names or SAMPLES:
        FOLDER.joinpath(name).write_bytes(SAMPLES[name]())
        print(name)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
