"""The report in headless Chromium: it renders, sorts, filters, compares, and is accessible."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from peftshop_db import builder, dataset, plotting, report
from peftshop_db.plotting import rendering
from tests import documents

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "CI" not in os.environ and not shutil.which("chromedriver"), reason="no Chromium here"
    ),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-prefers-reduced-motion",
)
HOSTILE = "</script><script>document.title='hit'</script><!-- <img src=x onerror=alert(1)> & \"'"


@pytest.fixture(scope="module")
def page(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    with dataset.connect(shipped / dataset.FILE_NAME, sealed=True) as connection:
        path.write_text(report.page(connection), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    browser = webdriver.Chrome(options=options, service=service)
    yield browser
    browser.quit()


def show(driver: Any, page: Path, *, width: int = 1280, scheme: str = "light") -> None:
    scheme_feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", scheme_feature)
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    driver.get(page.as_uri())


def column(driver: Any, view: str, name: str) -> list[str]:
    """The raw values of a column's shown rows, top to bottom."""
    values: list[str] = driver.execute_script(
        "const table = document.querySelector(`#${arguments[0]} table`);"
        "const place = [...table.tHead.rows[0].cells].findIndex("
        "(cell) => cell.textContent === arguments[1]);"
        "return [...table.tBodies[0].rows].filter((row) => !row.hidden)"
        ".map((row) => row.cells[place].dataset.value ?? row.cells[place].textContent)",
        view,
        name,
    )
    return values


def press(driver: Any, view: str, name: str) -> str:
    """Presses a column's head; gives its aria-sort."""
    script = (
        "const head = [...document.querySelectorAll(`#${arguments[0]} thead th`)]"
        ".find((cell) => cell.textContent === arguments[1]);"
        "head.querySelector('button').click(); return head.getAttribute('aria-sort')"
    )
    order: str = driver.execute_script(script, view, name)
    return order


def test_it_is_quiet_and_light(driver: Any, page: Path) -> None:
    driver.get_log("performance")
    show(driver, page)
    time.sleep(0.5)  # what would be loaded late
    assert [entry["message"] for entry in driver.get_log("browser")] == []
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    requests = [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]
    assert {url.partition(":")[0] for url in requests} <= {"file", "data"}
    assert [url for url in requests if url.startswith("file")] == [page.as_uri()]
    assert page.stat().st_size < 3_000_000
    assert len(driver.find_elements("css selector", ".figure > [role=img]")) >= 14


def test_it_sorts_by_number_with_nulls_last(driver: Any, page: Path) -> None:
    show(driver, page)
    found = {}
    for _ in range(2):
        order = press(driver, "vs_lora", "size_ratio")
        found[order] = column(driver, "vs_lora", "size_ratio")
    assert found["ascending"][-1] == found["descending"][-1] == ""
    numbers = [float(value) for value in found["ascending"] if value]
    assert len(numbers) == len(found["ascending"]) - 1
    assert numbers == sorted(numbers)
    assert [float(value) for value in found["descending"] if value] == numbers[::-1]
    assert press(driver, "leaderboard", "method") == "ascending"
    names = column(driver, "leaderboard", "method")
    assert names[0] == names[1] == "ADALORA"


def test_it_filters(driver: Any, page: Path) -> None:
    show(driver, page)
    driver.execute_script(
        "const box = document.querySelector('[data-filter=leaderboard]');"
        "box.value = ' shira '; box.dispatchEvent(new Event('input'))"
    )
    assert column(driver, "leaderboard", "method") == ["SHIRA", "SHIRA"]
    status = driver.find_element("css selector", "#leaderboard .count")
    assert status.get_attribute("textContent") == "2 rows"


def test_it_compares(driver: Any, page: Path) -> None:
    show(driver, page)
    script = (
        "const [one, two, three] = document.querySelectorAll('#picker select');"
        "one.value = 'LORA'; two.value = 'OFT'; three.value = 'IA3';"
        "document.querySelector('#picker input').checked = arguments[0];"
        "document.getElementById('picker').dispatchEvent(new Event('change'));"
        "return [...document.querySelectorAll('#comparison tr')]"
        ".map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    every = driver.execute_script(script, False)
    assert every[0] == ["attribute", "LORA", "OFT", "IA3"]
    rows = sections(every[1:])
    assert rows["metamathqa", "score"] == ["0.532", "0.503", "0.412"]
    assert all(value.endswith(" (invalid)") for value in rows["metamathqa", "forgetting"])
    differences = sections(driver.execute_script(script, True)[1:])
    assert differences == {name: values for name, values in rows.items() if len(set(values)) > 1}
    status = driver.find_element("css selector", "#picker .count").text
    assert status == f"{len(differences)} of {len(rows)} attributes differ"
    link = driver.find_element("css selector", "#comparison a")
    assert link.get_attribute("href") == "https://huggingface.co/papers/2106.09685"


def sections(rows: list[list[str]]) -> dict[tuple[str, str], list[str]]:
    """Values by section and attribute; a row of one cell names the section."""
    found, section = {}, ""
    for name, *values in rows:
        if values:
            found[section, name] = values
        else:
            section = name
    return found


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_runs_over_the_page(driver: Any, page: Path, width: int) -> None:
    show(driver, page, width=width)
    driver.execute_script("document.querySelectorAll('details').forEach((one) => one.open = true)")
    assert driver.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(driver: Any, page: Path, scheme: str) -> None:
    import axe_core_python

    show(driver, page, scheme=scheme)
    driver.execute_script("document.querySelectorAll('details').forEach((one) => one.open = true)")
    driver.execute_script((Path(axe_core_python.__file__).parent / "axe.min.js").read_text())
    driver.set_script_timeout(240)
    violations = driver.execute_async_script(
        "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
        ".then((found) => done(found.violations.map((one) => "
        "[one.id, one.help, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200))])))"
    )
    assert violations == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_have_both_colours(driver: Any, page: Path, scheme: str) -> None:
    show(driver, page, scheme=scheme)
    colour = driver.execute_script(
        "return getComputedStyle(document.querySelector('#leaderboard svg text')).fill"
    )
    assert colour == {"light": "rgb(31, 35, 40)", "dark": "rgb(230, 234, 239)"}[scheme]


def test_labels_of_a_front_cover_nothing(driver: Any, page: Path) -> None:
    """As the browser measures them, not as the placing estimated them."""
    show(driver, page)
    boxes = driver.execute_script(
        "return [...document.querySelectorAll('#pareto_memory, #pareto_params, #pareto_size')]"
        ".flatMap((one) => [...one.querySelectorAll('svg + svg')]).map((svg) =>"
        "[...svg.querySelectorAll('.mark-text text:not([stroke])')]"
        ".filter((text) => text.textContent)"
        ".map((text) => { const box = text.getBoundingClientRect();"
        "return [text.textContent, box.left, box.top + 2, box.right, box.bottom - 2] }))"
    )
    assert len(boxes) == 6
    for texts in boxes:
        assert len(texts) > 10
        for i, (one, left, top, right, bottom) in enumerate(texts):
            for other, left2, top2, right2, bottom2 in texts[i + 1 :]:
                apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
                assert apart, (one, other)


@pytest.mark.parametrize(
    "name", ["pareto_memory_confidence", "leaderboard_ties", "vs_baseline", "quant_matrix"]
)
def test_no_text_of_a_picture_is_cut(driver: Any, shipped: Path, tmp_path: Path, name: str) -> None:
    """In whatever font the browser has."""
    with dataset.connect(shipped / dataset.FILE_NAME, sealed=True) as connection:
        svg = rendering.to_svg(plotting.draw(connection, name).specification())
    path = tmp_path / "picture.html"
    path.write_text(f"<!doctype html><meta charset=utf-8>{svg.decode()}", encoding="utf-8")
    show(driver, path, width=1920)
    cut = driver.execute_script(
        "const page = document.querySelector('svg').getBoundingClientRect();"
        "return [...document.querySelectorAll('svg text')].filter((text) => {"
        "const box = text.getBoundingClientRect();"
        "return box.left < page.left || box.right > page.right || box.bottom > page.bottom })"
        ".map((text) => text.textContent)"
    )
    assert cut == []


def test_text_of_the_data_never_becomes_markup(driver: Any, tmp_path: Path) -> None:
    runs = {"metamathqa": documents.accuracy("a/b", 0.5)}
    hostile = documents.method("EVIL", runs, description=HOSTILE)
    other = documents.method("<b>BOLD</b>", runs, description="plain")
    source = tmp_path / "hostile.json"
    source.write_text(json.dumps(documents.document({"EVIL": hostile, "<b>BOLD</b>": other})))
    builder.build(source, tmp_path / "dataset")
    path = tmp_path / "report.html"
    with dataset.connect(tmp_path / "dataset" / dataset.FILE_NAME, sealed=True) as connection:
        path.write_text(report.page(connection), encoding="utf-8")
    driver.get_log("browser")
    show(driver, path)
    assert driver.title == "PEFT methods compared"
    assert driver.find_elements("css selector", "b, img") == []
    assert driver.get_log("browser") == []
    assert HOSTILE in driver.find_element("id", "comparison").get_attribute("textContent")
