"""The kit in JupyterLab, in a browser without a window: what a researcher sees and clicks.

Needs Chromium, its driver and selenium, and is run by ``make browser``. Nothing but this machine is asked.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = pytest.mark.browser

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
ui = pytest.importorskip("selenium.webdriver.support.ui")
By = pytest.importorskip("selenium.webdriver.common.by").By
Keys = webdriver.Keys
TimeoutException = pytest.importorskip("selenium.common").TimeoutException

ROOT = Path(__file__).parents[2]
FONT = ROOT / "govreport_kit" / "figures" / "fonts" / "GovReportSansSC-Regular.ttf"
PICTURES = ROOT / "build" / "browser"
CELLS = (
    f'import govreport_kit as gk\ngk.read_report(r"{ROOT / "data" / "examples" / "shili-xian-2023.html"}")',
    "gk.explore()",
)
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
}
SEEN = (".jupyter-widgets img", ".jupyter-widgets table")
SECONDS = 30


def program(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"none of {', '.join(names)} is installed")
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a Chinese font, the notebook, and settings: no news, all cells drawn."""
    home = tmp_path_factory.mktemp("home")
    (home / "fonts").mkdir()
    shutil.copy(FONT, home / "fonts")
    for name, settings in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    (home / "work").mkdir()
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = new_notebook(cells=[new_code_cell(code) for code in CELLS], metadata=kernel)
    nbformat.write(notebook, home / "work" / "kit.ipynb")
    return home


def environment(home: Path) -> dict[str, str]:
    folders = {name: str(home / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    own = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    return {**os.environ, **folders, **own}


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Serve JupyterLab and return the address of the notebook."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
        "--IdentityProvider.token=invented", f"--ServerApp.root_dir={home / 'work'}", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment(home), cwd=home, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for_server(f"{base}/api/status?token=invented", server, home / "server.log")
        start_kernel(f"{base}/api/sessions?token=invented")
        yield f"{base}/lab/tree/kit.ipynb?token=invented&reset"
    finally:
        server.terminate()
        server.wait(SECONDS)


def wait_for_server(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        assert server.poll() is None, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            server_is_still_starting = 0.1
            time.sleep(server_is_still_starting)
    pytest.fail(log.read_text(encoding="utf-8"))


def start_kernel(url: str) -> None:
    """Start the kernel of the notebook before its page opens, or a slow machine may start and stop a second one."""
    session = {"path": "kit.ipynb", "name": "kit.ipynb", "type": "notebook", "kernel": {"name": "python3"}}
    data = json.dumps(session).encode("utf-8")
    headers = {"Content-Type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=SECONDS).close()


@pytest.fixture(scope="module")
def browser(home: Path) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser", "google-chrome")
    flags = [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--window-size=1500,1500",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]  # fmt: skip
    for flag in flags:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = program("chromedriver", "chromium-driver")
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver, env=environment(home)))
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def notebook(browser: webdriver.Chrome, address: str) -> webdriver.Chrome:
    """The notebook, run from top to bottom."""
    browser.get(address)
    until(browser, ".jp-Notebook .jp-Cell")
    until(browser, '[data-status="idle"]')
    until(browser, ".jp-Cell .cm-content").click()
    for _ in CELLS:
        webdriver.ActionChains(browser).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()
    until(browser, ".jupyter-widgets table")
    return browser


def until(browser: webdriver.Chrome, selector: str):
    """Wait until an element is displayed and return it; where it does not come, a picture shows what is there."""
    try:
        return ui.WebDriverWait(browser, SECONDS).until(
            lambda _: next(
                (one for one in browser.find_elements(By.CSS_SELECTOR, selector) if one.is_displayed()), None
            ),
            f"no {selector} on the page",
        )
    except TimeoutException:
        keep_picture(browser, "failure")
        raise


def control(browser: webdriver.Chrome, name: str) -> ui.Select:
    return ui.Select(browser.find_element(By.XPATH, f'//label[text()="{name}"]/following-sibling::select'))


def seen(browser: webdriver.Chrome) -> tuple[str, str]:
    """Return the figure and the table of the explorer."""
    picture, table = (browser.find_element(By.CSS_SELECTOR, one) for one in SEEN)
    return picture.get_attribute("src"), table.text


def keep_picture(browser: webdriver.Chrome, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    browser.save_screenshot(str(PICTURES / f"{name}.png"))


def test_a_report_shows_its_figures_and_the_states_of_its_cells(notebook):
    report = until(notebook, ".jp-OutputArea-output .govreport")
    assert "示例县人民政府2023年政府信息公开工作年度报告" in report.text
    mark = next(mark for mark in report.find_elements(By.TAG_NAME, "mark") if "9.5个工作日" in mark.text)
    assert "average days taken to answer a request: 9.5" in mark.text
    assert mark.value_of_css_property("background-color") == "rgba(86, 180, 233, 0.35)"
    blank = report.find_element(By.CSS_SELECTOR, "td:empty")
    assert "gradient" in blank.value_of_css_property("background-image")
    keep_picture(notebook, "report")


def test_a_choice_changes_figure_and_table_and_the_code_follows(notebook):
    notebook.execute_script("arguments[0].scrollIntoView()", until(notebook, ".jupyter-widgets select"))
    picture, table = seen(notebook)
    assert "2021 12 408" not in table
    control(notebook, "metric").select_by_visible_text("Refusal rate: refused, of all closed")
    ui.WebDriverWait(notebook, SECONDS).until(lambda _: "2021 12 408 0.0294" in seen(notebook)[1])
    assert seen(notebook)[0] != picture
    notebook.find_element(By.XPATH, '//button[contains(., "Write Python code")]').click()
    area = until(notebook, ".jupyter-widgets textarea")
    ui.WebDriverWait(notebook, SECONDS).until(lambda _: 'gk.rate(corpus, "refusal_rate"' in area.get_property("value"))
    keep_picture(notebook, "explore")


def test_what_the_kit_refuses_is_told_in_words(notebook):
    control(notebook, "metric").select_by_visible_text("Requests received per 100,000 people")
    ui.WebDriverWait(notebook, SECONDS).until(lambda _: "needs the figure 'population'" in problem_text(notebook))
    ui.WebDriverWait(notebook, SECONDS).until(
        lambda _: not any(notebook.find_elements(By.CSS_SELECTOR, one) for one in SEEN)
    )
    assert not notebook.find_elements(By.CSS_SELECTOR, '[data-mime-type="application/vnd.jupyter.stderr"]')


def problem_text(browser: webdriver.Chrome) -> str:
    return browser.execute_script("return document.querySelector('.jupyter-widgets .govreport')?.innerText ?? ''")


def test_it_speaks_chinese_and_suits_the_dark_theme(notebook):
    notebook.find_element(By.XPATH, '//button[text()="中文"]').click()
    ui.WebDriverWait(notebook, SECONDS).until(lambda _: notebook.find_elements(By.XPATH, '//label[text()="指标"]'))
    control(notebook, "内容").select_by_visible_text("处理结果构成")
    until(notebook, ".jupyter-widgets img")
    dark = "lab/api/themes/@jupyterlab/theme-dark-extension/index.css"
    base = notebook.current_url.partition("/lab/")[0]
    notebook.execute_script(
        "document.body.append(Object.assign(document.createElement('link'), {rel: 'stylesheet', href: arguments[0]}))",
        f"{base}/{dark}",
    )
    ui.WebDriverWait(notebook, SECONDS).until(lambda _: brightness(colour_of(notebook, ".jupyter-widgets td")) > 0.7)
    assert brightness(colour_of(notebook, ".govreport mark")) > 0.7
    keep_picture(notebook, "explore_zh")


def colour_of(browser: webdriver.Chrome, selector: str) -> str:
    return browser.find_element(By.CSS_SELECTOR, selector).value_of_css_property("color")


def brightness(colour: str) -> float:
    """Return how bright a colour of a style sheet is, as rgba(255, 255, 255, 0.87): 0 for black, 1 for white."""
    red, green, blue = (float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_page_asked_no_other_machine(notebook):
    messages = [json.loads(entry["message"])["message"] for entry in notebook.get_log("performance")]
    requests = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert requests
    assert {urlsplit(url).hostname for url in requests if urlsplit(url).scheme.startswith(("http", "ws"))} == {
        "127.0.0.1"
    }
