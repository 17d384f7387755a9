"""How long the search for reused text takes, how much memory, and which planted copies it finds.

Run: python tests/benchmarks/bench_reuse.py [TEXTS ...]

The texts are invented: statutory headings and tables, a preamble, stock phrases which many share, and
sentences of their own. Every twentieth agency copies a share of its sentences from another agency in
its last year, every other twentieth from its own year before. Texts are made anew whenever they are
asked for, as documents would be read; the time for making them is told apart.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from govreport_kit import codebook
from govreport_kit.auditing.reuse import text_reuse
from govreport_kit.corpus import Corpus
from govreport_kit.report import Report

YEARS = range(2019, 2024)
SHARES = (0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
CHARACTERS = [variant.simplified for variant in codebook.traditional()]


class Invented(Mapping[str, str]):
    """Texts of 2,000 to 6,000 characters by report_id, with planted copies of known share."""

    def __init__(self, texts: int) -> None:
        self.agencies = texts // len(YEARS)
        rng = np.random.default_rng(20240131)
        pick = rng.choice(len(CHARACTERS), (8000, 2))
        self.words = ["".join(CHARACTERS[place] for place in pair) for pair in pick]
        self.word_chances = _chances(8000, 0.8)
        self.phrases = ["".join(rng.choice(self.words, rng.integers(4, 10))) for _ in range(2000)]
        self.phrase_chances = _chances(2000, 1.0)

    def __len__(self) -> int:
        return self.agencies * len(YEARS)

    def __iter__(self) -> Iterator[str]:
        return (self.id(agency, year) for agency in range(self.agencies) for year in YEARS)

    def id(self, agency: int, year: int) -> str:
        """Return the id of a report."""
        return f"{year}/{self.name(agency)}"

    def name(self, agency: int) -> str:
        """Return an invented name."""
        digits = "甲乙丙丁戊己庚辛壬癸"
        return "样" + "".join(digits[int(digit)] for digit in f"{agency:05d}") + "县人民政府"

    def planted(self) -> dict[tuple[str, str], float]:
        """Return the share of sentences which the first report of each pair took from the second."""
        return {
            (self.id(agency, YEARS[-1]), self.id(*source)): share
            for agency in range(self.agencies)
            for source, share in [self.source(agency, YEARS[-1])]
            if source
        }

    def source(self, agency: int, year: int) -> tuple[tuple[int, int] | None, float]:
        """Return which report a report copies, and how much of it."""
        share = SHARES[agency // 20 % len(SHARES)]
        if year == YEARS[-1] and agency % 20 == 10 and agency + 7 < self.agencies:
            return (agency + 7, year), share
        if year == YEARS[-1] and agency % 20 == 0:
            return (agency, year - 1), share
        return None, 0.0

    def __getitem__(self, report_id: str) -> str:
        year, name = report_id.split("/")
        agency = int("".join(str("甲乙丙丁戊己庚辛壬癸".index(digit)) for digit in name[1:6]))
        sentences = self.sentences(agency, int(year))
        source, share = self.source(agency, int(year))
        if source:
            taken = self.sentences(*source)
            count = round(share * len(taken))
            sentences = [
                *(words.replace(self.name(source[0]), name) for words in taken[:count]),
                *sentences[: len(taken) - count],
            ]
        return "\n".join([f"{name}{year}年政府信息公开工作年度报告", *_frame(sentences)])

    def sentences(self, agency: int, year: int) -> list[str]:
        """Return a report's own sentences."""
        rng = np.random.default_rng((agency, year))
        length, made = rng.integers(1200, 5200), []
        while sum(map(len, made)) < length:
            words = "".join(map(self.words.__getitem__, _drawn(rng, self.word_chances, rng.integers(6, 16))))
            with_phrase, with_figure, with_name = rng.random(3) < (0.35, 0.3, 0.1)
            phrase = self.phrases[_drawn(rng, self.phrase_chances, 1)[0]] + "，" if with_phrase else ""
            name = self.name(agency) if with_name else ""
            figure = f"{rng.integers(1, 3000)}件" if with_figure else ""
            made.append(f"{name}{phrase}{words}{figure}。")
        return made


def _chances(count: int, exponent: float) -> NDArray[np.float64]:
    """Return the cumulated chances of Zipf's law."""
    chances = np.cumsum(1 / np.arange(1, count + 1) ** exponent)
    return chances / chances[-1]


def _drawn(rng: np.random.Generator, chances: NDArray[np.float64], count: int) -> list[int]:
    return np.searchsorted(chances, rng.random(count)).tolist()


def _frame(sentences: list[str]) -> list[str]:
    third = len(sentences) // 3 + 1
    parts = [sentences[:third], [], [], [], sentences[third : 2 * third], sentences[2 * third :]]
    lines = ["根据有关条例编制本年度报告，数据统计期限自1月1日起至12月31日止。"]
    for number, section, part in zip("一二三四五六", codebook.sections.values(), parts, strict=True):
        lines += [f"{number}、{section.zh}", "".join(part), *_table(section.key)]
    return lines


@lru_cache
def _table(key: str) -> list[str]:
    if key not in codebook.tables:
        return []
    return [f"{row.zh}\t" + "0\t" * 7 for row in codebook.table_rows(key, "f2021")]


def measured(size: int) -> None:
    """Search one set of texts and print time, memory and what was found."""
    texts = Invented(size)
    some = list(texts)[:: max(1, len(texts) // 500)]
    start = time.process_time()
    lengths = [len(texts[report_id]) for report_id in some]
    making = (time.process_time() - start) * len(texts) / len(some)
    corpus = Corpus.from_reports(
        Report(id=texts.id(agency, year), agency=texts.name(agency), year=year)
        for agency in range(texts.agencies)
        for year in YEARS
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3  # KB on Linux
    start = time.process_time()
    found = text_reuse(texts, corpus=corpus, same_agency=0.6)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"\n{len(texts):,} texts of {min(lengths):,} to {max(lengths):,} characters (mean {np.mean(lengths):,.0f})")
    print(
        f"{seconds:.1f} s of which {making:.1f} s for making them once; {1000 * (seconds - making) / len(texts):.2f} ms a text"
    )
    print(
        f"{peak:.0f} MB at the peak, {before:.0f} MB before; {len(found)} pairs told, {len(found.attrs['not_compared'])} not compared"
    )
    told = dict(zip(zip(found["report_id"], found["other_id"], strict=True), found["jaccard"], strict=True))
    told |= {(other, one): value for (one, other), value in told.items()}
    planted = texts.planted()
    print("share copied   Jaccard expected   planted   told   mean Jaccard of those told")
    for share in SHARES:
        pairs = [pair for pair, planted_share in planted.items() if planted_share == share]
        values = [told[pair] for pair in pairs if pair in told]
        mean = f"{np.mean(values):.3f}" if values else "-"
        print(f"{share:12.2f} {share / (2 - share):18.3f} {len(pairs):9} {len(values):6}   {mean}")
    false = sum((one, other) not in planted and (other, one) not in planted for one, other in told) // 2
    print(f"told and not planted: {false}")


def main() -> None:
    """Read the command line and measure each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="*", type=int, default=[1000, 10_000])
    for size in parser.parse_args().texts:
        measured(size)


if __name__ == "__main__":
    main()
