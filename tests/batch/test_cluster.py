"""The same function on a Dask cluster."""

from pathlib import Path

import pandas as pd
import pytest

from govreport_kit import read_reports
from govreport_kit.batch.work import Task, read_one
from govreport_kit.documents.limits import DEFAULT
from govreport_kit.errors import GovReportError

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed: see the extra [scale]")
dask = pytest.importorskip("dask")


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes on this machine; a task whose worker died is not tried on another."""
    with (
        pytest.MonkeyPatch.context() as environment,
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
    ):
        environment.syspath_prepend(str(Path(__file__).parent))
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", silence_logs=50
        ) as cluster:
            yield cluster


@pytest.fixture
def client(cluster):
    with distributed.Client(cluster, set_as_default=False) as client:
        yield client


def test_a_cluster_gives_the_same(texts, cluster):
    folder = texts(*(f"{number}.txt" for number in range(20)))
    (folder / "notice.txt").write_text("通知", "utf-8")
    here = read_reports(folder, workers=1, cache=False, progress=False)
    there = read_reports(folder, scheduler=cluster.scheduler_address, cache=False, progress=False)
    for name, frame in here.frames().items():
        pd.testing.assert_frame_equal(there.frames()[name], frame)


@pytest.mark.parametrize(("work", "name", "patience"), [("dying", "deadly.txt", None), ("hanging", "endless.txt", 8)])
def test_a_document_that_ends_its_workers_is_a_failure(texts, outcomes, client, work, name, patience, doing):
    folder = texts(*(f"{letter}.txt" for letter in "abcdefghij"), name)
    ids, failures = outcomes(folder, work=getattr(doing, work), client=client, patience=patience)
    assert len(ids) == 10
    assert {name: failure.kind for name, failure in failures.items()} == {name: "crashed"}


def test_another_version_on_the_cluster_is_refused(texts, client):
    from govreport_kit.batch.cluster import read_on_cluster

    folder = texts("a.txt")
    with pytest.raises(GovReportError, match="another version of the kit"):
        list(read_on_cluster([str(folder / "a.txt")], Task(read_one, DEFAULT, "another", None), client))


def test_a_cluster_without_the_kit_is_refused(texts, client, monkeypatch):
    monkeypatch.setattr("govreport_kit.batch.cluster._PACKAGE", "no-such-package")
    with pytest.raises(GovReportError, match="install no-such-package"):
        read_reports(texts("a.txt"), client=client, progress=False)


def test_a_missing_scheduler_is_named(texts, monkeypatch):
    monkeypatch.setattr("govreport_kit.batch.cluster._SECONDS_TO_CONNECT", 0.2)
    with pytest.raises(GovReportError, match=r"No Dask scheduler answers at 'tcp://127\.0\.0\.1:9'"):
        read_reports(texts("a.txt"), scheduler="tcp://127.0.0.1:9", progress=False)


def test_a_cluster_without_workers_is_not_waited_for_without_end(texts, monkeypatch):
    monkeypatch.setattr("govreport_kit.batch.cluster._SECONDS_WITHOUT_WORKERS", 0.2)
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=":0", silence_logs=50) as empty,
        distributed.Client(empty, set_as_default=False) as client,
        pytest.raises(GovReportError, match=r"no worker for 0\.2 seconds; start some"),
    ):
        read_reports(texts("a.txt"), client=client, cache=False, progress=False)
