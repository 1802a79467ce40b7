"""The recipe of models/README.md from end to end, tiny: data, training, packing, and names found without spaCy."""

import os
import subprocess
import sys

import pytest
import spacy

from referral_lint.paths import MODELS
from referral_lint.pipeline import features, register
from referral_lint.pipeline.light import Light

TEXT = "Kayden Oduya was seen by Ms Harlow at Pennyfield Primary School on 12 May 2025."


def run(*arguments: object) -> None:
    environment = {**os.environ, "PYTHONPATH": str(MODELS.parent), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    place = tmp_path_factory.mktemp("recipe")
    scripts = MODELS / "scripts"
    run(scripts / "make_docs.py", "--small", "--out", place)
    data = ["--paths.train", place / "train.spacy", "--paths.dev", place / "dev.spacy"]
    short = ["--training.max_steps", 12, "--training.eval_frequency", 12]
    code = ["--code", scripts / "components.py", "--output", place / "out"]
    run("-m", "spacy", "train", MODELS / "config.cfg", *code, *data, *short)
    run(scripts / "pack.py", place / "out" / "model-last")
    return place / "out" / "model-last"


def test_the_trained_pipeline_has_what_the_recipe_says(trained):
    register()
    nlp = spacy.load(trained)
    assert nlp.pipe_names == ["tok2vec", "names", "tagger", "senter"]
    assert nlp.get_pipe("names").labels == ("DATE", "ORG", "PERSON", "PLACE")


def test_it_gives_the_same_numbers_without_spacy(trained):
    register()
    nlp = spacy.load(trained, exclude=["tagger", "senter"])
    features.add_flags(nlp.vocab)
    doc = nlp.get_pipe("tok2vec")(nlp.make_doc(TEXT))
    light = Light(trained)
    ours = light.probabilities(light.tokens(TEXT))
    theirs = nlp.get_pipe("names").predict([doc])[0]
    assert ours.shape == theirs.shape
    assert abs(ours - theirs).max() < 1e-5
    assert ours.std() > 0
