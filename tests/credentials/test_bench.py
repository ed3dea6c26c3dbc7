"""The measured quality of finding secrets in plain text, on a slice of the benchmark's files."""

from dataclasses import replace

from auditor.packs import load_packs
from benchmarks.secrets.formats import FORMATS
from benchmarks.secrets.measure import lines_reported, measure_lines
from benchmarks.secrets.plaintext import labelled


def test_secrets_and_what_looks_like_them_are_told_apart() -> None:
    pack = load_packs(folders={"secrets"})
    cases = list(labelled(10 * len(FORMATS), seed=3))
    score = measure_lines(cases, lambda files: lines_reported(files, pack))
    assert score.precision >= 0.97, score.wrong
    assert score.recall >= 0.97, score.wrong
    assert score.silent == sum(not case.secrets for case in cases), score.wrong


def test_the_measure_counts_what_is_missed_and_what_is_wrong() -> None:
    case = next(case for case in labelled(5) if case.secrets)
    assert measure_lines([case], lambda _: set()).recall == 0
    assert measure_lines([replace(case, secrets=frozenset())], lambda _: set(case.secrets)).precision == 0
    right = measure_lines([case], lambda _: set(case.secrets))
    assert (right.precision, right.recall, right.wrong) == (1, 1, [])
