"""The command line: ``govreport parse``, ``audit``, ``rate``, ``export`` and ``codebook``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from govreport_kit.errors import GovReportError

if TYPE_CHECKING:
    from govreport_kit.corpus import Corpus

T = TypeVar("T")
Latest = Annotated[
    bool,
    typer.Option(
        "--latest",
        help="Of several reports of one agency and year take the one published last, and tell which are left out.",
    ),
]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Read and analyse Chinese annual reports on government information disclosure.",
)


@app.callback()
def _program() -> None:
    """Show the help where no command is given."""


@app.command()
def parse(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders of files.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="A .jsonl file, or a folder (a saved corpus).")],
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, help="Worker processes; 1 reads in this process. Default: one a core, or 1 for a few files."
        ),
    ] = None,
    picture_workers: Annotated[
        int | None, typer.Option(min=1, help="How many of these read pictures, with about 1 GB of memory each.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Read on a Dask cluster: the address of its scheduler, as tcp://HOST:8786.")
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(help="Folder of what was read before. Default: GOVREPORT_CACHE, or the user's folder of caches."),
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read every file again, and keep nothing.")] = False,
    progress: Annotated[bool, typer.Option(help="Show a progress bar in a terminal.")] = True,
) -> None:
    """Read published reports; exit status 1 if a file could not be read.

    What was read is kept: a run that was broken off goes on where it was.
    """
    from govreport_kit.batch import write_reports
    from govreport_kit.batch.failures import failure_table

    if cache is not None and no_cache:
        raise typer.BadParameter("--cache and --no-cache exclude each other")
    kept = False if no_cache else cache or True
    written = _or_stop(
        lambda: write_reports(
            paths,
            output,
            workers=workers,
            picture_workers=picture_workers,
            scheduler=scheduler,
            cache=kept,
            progress=progress,
        )
    )
    typer.echo(f"{written.reports} reports written to {output}")
    if written.failures:
        typer.echo(f"{len(written.failures)} files were not read; they also stand in {written.failures_file}", err=True)
        typer.echo(failure_table(written.failures), err=True)
        raise typer.Exit(1)


@app.command()
def rate(
    metric: Annotated[str, typer.Argument(help="A metric of the registry, such as refusal_rate.")],
    corpus: Annotated[
        Path | None, typer.Argument(help="A saved corpus or a .jsonl file; default: the bundled one.")
    ] = None,
    by: Annotated[list[str] | None, typer.Option(help="A column of the reports; may be given twice.")] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(help="Only reports of this scope: own, aggregate, system, unknown (may be given twice), or any."),
    ] = None,
    latest: Latest = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file, .csv or as export writes; default: the screen.")
    ] = None,
) -> None:
    """Compute a rate with its interval, definition and coverage."""
    from govreport_kit.exporting import export as export_frame
    from govreport_kit.metrics import rate as compute
    from govreport_kit.published import published_folder

    path = corpus if corpus is not None else published_folder()
    source = _latest_of(path) if latest else path
    rates = _or_stop(lambda: compute(source, metric, by=by or None, scope=scope or None))
    if output is None:
        typer.echo(rates.to_string(index=False))
    else:
        _or_stop(lambda: export_frame(rates, output))


@app.command()
def audit(
    corpus: Annotated[
        Path | None, typer.Argument(help="A saved corpus or a .jsonl file; default: the bundled one.")
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option(help="A rule, such as B1, or the letter of a group; may be given twice.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the messages: en or zh.")] = "en",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A file, .csv or as export writes; default: the screen.")
    ] = None,
) -> None:
    """Judge the figures by the rules of the audit: what is inconsistent, where, and the evidence."""
    from govreport_kit.auditing import audit as judge_reports
    from govreport_kit.auditing import overview
    from govreport_kit.corpus import load_corpus
    from govreport_kit.exporting import export as export_frame

    if lang not in ("en", "zh"):
        raise typer.BadParameter("the language is en or zh", param_hint="--lang")
    findings = _or_stop(lambda: judge_reports(load_corpus(corpus), rule or None))
    if output is None:
        for finding in findings.itertuples():
            typer.echo(
                f"{finding.rule:4}{finding.severity:9}{finding.report_id}: {getattr(finding, f'message_{lang}')}"
            )
    else:
        _or_stop(lambda: export_frame(findings, output, lang=lang))
    counts = overview(findings, lang)
    typer.echo(counts.drop(columns="needs").to_string(index=False))
    for needs, rules in counts[counts["needs"] != ""].groupby("needs", sort=False)["rule"]:
        typer.echo(f"{', '.join(rules)}: {needs}")


@app.command()
def export(
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help="The ending names the format: .dta .sav .xlsx .csv .zip .parquet .tex .R, datapackage.json, or a"
            " folder of CSV.",
        ),
    ],
    corpus: Annotated[
        Path | None, typer.Argument(help="A saved corpus or a .jsonl file; default: the bundled one.")
    ] = None,
    what: Annotated[
        list[str] | None,
        typer.Option(help="A frame, or panel; may be given twice. Default: the panel, or all where the format can."),
    ] = None,
    latest: Latest = False,
    lang: Annotated[str, typer.Option(help="Language of the labels: en or zh.")] = "en",
) -> None:
    """Write a corpus for Stata, SPSS, Excel, R, LaTeX or a data archive."""
    from govreport_kit.corpus import load_corpus
    from govreport_kit.exporting import export as write

    source = _latest_of(corpus) if latest else _or_stop(lambda: load_corpus(corpus))
    written = _or_stop(lambda: write(source, output, lang=lang, what=what or None))
    typer.echo("written: " + ", ".join(map(str, written)))


@app.command()
def codebook(
    lang: Annotated[str, typer.Option(help="Language: en or zh.")] = "en",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A .md or .html file; default: the screen, as Markdown.")
    ] = None,
) -> None:
    """Write what every variable, metric, rule and column means."""
    from govreport_kit.exporting.codebook_document import codebook_markdown, write_codebook

    if output is None:
        typer.echo(_or_stop(lambda: codebook_markdown(lang)), nl=False)
    else:
        _or_stop(lambda: write_codebook(output, lang=lang))


@app.command()
def replicate(
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder of the package; new or empty.")],
    corpus: Annotated[
        Path | None, typer.Argument(help="A saved corpus or a .jsonl file; default: the bundled one.")
    ] = None,
    notebooks: Annotated[Path, typer.Option(help="The folder of the notebooks to run.")] = Path("notebooks"),
) -> None:
    """Run the notebooks and write a replication package: data, figures, codebook, environment, checksums."""
    from govreport_kit.corpus import load_corpus
    from govreport_kit.replication import replicate as make

    files = _or_stop(lambda: make(output, notebooks, load_corpus(corpus)))
    typer.echo(f"{len(files)} files written to {output}; check them with: sha256sum -c {files[-1]}")


def _latest_of(corpus: Path | None) -> Corpus:
    """Load a corpus and keep one version of each report; the others are told."""
    from govreport_kit.corpus import load_corpus

    kept = _or_stop(lambda: load_corpus(corpus)).latest()
    for message in kept.notes["message"][kept.notes["code"] == "version_left_out"]:
        typer.echo(message, err=True)
    return kept


def _or_stop(work: Callable[[], T]) -> T:
    """Run a step; an error of the kit, or of a file to write, ends the program with its message and status 2."""
    try:
        return work()
    except (GovReportError, OSError) as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(2) from error
