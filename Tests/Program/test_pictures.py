"""Pictures (SVG) as a browser draws them: everything is there, labels can be read, texts are only text."""

import json
import re

import pytest
from lxml import etree

from chromium import Chromium
from program import FOUND, Built, vouch

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def browser():
    browser = Chromium()
    yield browser
    browser.close()


def drawn(browser, path, expression):
    """What an expression gives in the page of a picture."""
    page = path.with_suffix(".html")
    page.write_text(f"<html data-ready='1'><meta charset='utf-8'><body>{path.read_text().split('?>', 1)[1]}</body></html>")
    with browser.page(page) as shown:
        return shown.run(expression)


@pytest.mark.parametrize("options", [[], ["--collapse"], ["--around", "Yuri Ushakov"], ["--kind", "actor", "--kind", "event"]])
def test_draws_every_node_and_edge(built, options):
    path, told = built.export("svg", ".svg", *options)
    root = etree.parse(str(path)).getroot()
    nodes, edges = map(int, re.search(r"(\d+) nodes, (\d+) edges", told).groups())
    circles = [circle for circle in root.iter(SVG + "circle") if circle.find(SVG + "title") is not None]
    curves = [group for group in root.iter(SVG + "g") if group.find(SVG + "title") is not None]
    assert (len(circles), len(curves)) == (nodes, edges) and nodes > 10
    # An edge tells both ends and the words behind it.
    assert all(re.search(r"^.+ — .+ → .+: .+ \(.+\)$", group.find(SVG + "title").text, re.S) for group in curves)


@pytest.mark.parametrize("options", [["--collapse"], ["--around", "Yuri Ushakov"]])
def test_labels_lie_neither_on_each_other_nor_outside(built, browser, options):
    path, _ = built.export("svg", ".svg", *options)
    boxes, (left, top, width, height) = drawn(browser, path, """(() => {
        const box = document.querySelector('svg').viewBox.baseVal;
        return [[...document.querySelectorAll('text')].map((text) => { const box = text.getBBox(); return [text.textContent, box.x, box.y, box.width, box.height]; }), [box.x, box.y, box.width, box.height]]; })()""")
    assert len(boxes) > 30
    for number, (name, x, y, w, h) in enumerate(boxes):
        assert left <= x and x + w <= left + width and top <= y and y + h <= top + height, name
        for other, x2, y2, w2, h2 in boxes[:number]:
            # Boxes of letters are higher than letters.
            assert not (x < x2 + w2 - 4 and x2 < x + w - 4 and y + h * .3 < y2 + h2 * .7 and y2 + h2 * .3 < y + h * .7), (name, other)


def test_a_path_as_a_picture(built):
    done = vouch("path", built.path, "Zelenskyy", "Putin", "--format", "svg")
    assert done.code == FOUND
    titles = [title.text for title in etree.fromstring(done.out).iter(SVG + "title")]
    assert "Volodymyr Zelenskyy (person)" in titles and "Vladimir Putin (person)" in titles


def test_articles_are_never_markup(browser, tmp_path):
    text = "</title><script>window.hacked = 1</script><image href=x onerror=window.hacked=1 /> ]]> \u202e"
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": text, "title": text, "outlet": text, "text": f"{text}\n\nEmmanuel Macron met Friedrich Merz in Lisbon. \"{text} no,\" Macron said."}))
    graph = Built(tmp_path, tmp_path / "a.jsonl")
    path, _ = graph.export("svg", ".svg")
    assert drawn(browser, path, "[window.hacked, document.querySelectorAll('script, image').length]") == [None, 0]
