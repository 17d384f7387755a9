"""The memory of a run does not grow with the folder."""

import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
import sys
from pathlib import Path
from batch_workers import made_up
from govreport_kit.batch.output import write_results
from govreport_kit.batch.run import results_of

with results_of(sys.argv[1], work=made_up, workers=1, progress=False) as results:
    assert write_results(results, Path(sys.argv[2])).reports == int(sys.argv[3])
print(*[line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")])
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell the peak of a process")
def test_memory_is_flat(tmp_path):
    def peak(count):
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            (folder / f"{number}.txt").write_text(f"示例{number}县", "utf-8")
        words = [sys.executable, "-c", RUN, folder, folder / "out", str(count)]
        told = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path(__file__).parent)
        return int(told.stdout)

    # With all reports at once it would be two and a half times as much.
    assert peak(2000) < 1.5 * peak(200)
