"""Run by hand: `python -m tests.benchmarks.mail_lost [MESSAGES [KILLS]]`. Nothing may be lost, and all is counted."""

import sys

from tests.mail.postfix import Postfix
from tests.mail.test_nothing_lost import run


def main(messages: int = 2_000, kills: int = 10) -> None:
    server = Postfix().start()
    try:
        print(run(server, messages, kills))
    finally:
        server.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
