"""The report in a real browser: what is drawn, what a hand or a keyboard reaches, and that nothing in an article is ever markup."""

import json
import re

import pytest

from chromium import Chromium
from program import EXPORTS, FAILED, FOUND, NOTHING, ROOT, USAGE, Built, vouch


@pytest.fixture(scope="session")
def browser():
    browser = Chromium()
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def report(built):
    """The report of the sample articles."""
    path = built.folder / "report.html"
    done = vouch("report", built.path, "-o", path, "--title", "What four outlets say")
    assert done.code == FOUND and done.out == b"", done.err
    return path


@pytest.fixture()
def page(browser, report):
    """The report opened; a test that leaves a message in the console or a request on the network fails."""
    with browser.page(report) as page:
        page.run("document.documentElement.style.scrollBehavior = 'auto'")
        yield page
        assert page.complaints == [] and page.requests == []


def data(path):
    return json.loads(re.search(r'id="data">(.*?)</script>', path.read_text(), re.S)[1])


def shown(page, selector):
    """The texts of the elements that can be seen."""
    return page.run(f"[...document.querySelectorAll({json.dumps(selector)})].filter((one) => one.checkVisibility()).map((one) => one.innerText)")


def find(page, name):
    """Types a name into the search and chooses the first that is found."""
    page.run("document.querySelector('#search').focus(); document.querySelector('#search').select()")
    page.type(name)
    page.press("Enter")


def panel(page):
    return page.wait("document.querySelector('#panel').open && document.querySelector('#panel').innerText")


# --- What it tells ---------------------------------------------------------------------------------------------------


def test_tells_what_the_graph_holds(built, page):
    kinds = built.stats["nodes_by_kind"]
    counts = dict(zip(shown(page, ".counts dt"), shown(page, ".counts dd")))
    told = {name.split("\n")[0]: int(number) for name, number in counts.items()}
    assert told["articles"] == kinds["article"] and told["events"] == kinds["event"]
    assert told["stances"] == kinds["stance"] and told["statements"] == kinds["statement"]
    assert told["conflicts"] == built.stats["edges_by_kind"]["contradicts"]
    assert told["independent sources"] == len(vouch("sources", built.path, "--json").lines)


def test_everything_but_the_picture_is_there_without_script(browser, built, report):
    with browser.page(report, scripted=False) as page:
        page.send("Emulation.setScriptExecutionDisabled", value=False)
        for conflict in vouch("conflicts", built.path, "--json", "--evidence").lines:
            for side in conflict["sides"]:
                for piece in side["evidence"][:1]:
                    assert piece["words"] in " ".join(shown(page, ".conflict mark"))
        assert len(shown(page, ".event")) == built.stats["nodes_by_kind"]["event"]
        assert len(shown(page, ".stances li")) == built.stats["nodes_by_kind"]["stance"]
        assert shown(page, ".network") == []


def test_the_timeline_tells_how_precisely_and_how_surely(built, page):
    events = vouch("events", built.path, "--json").lines
    unknown = [event for event in events if "date" not in event["properties"]]
    assert page.run("document.querySelectorAll('.period.unknown .event').length") == len(unknown)
    for precision, length in [("day", 10), ("month", 7), ("year", 4)]:
        dated = [event for event in events if len(event["properties"].get("date", "")) == length]
        assert page.run(f"document.querySelectorAll('.period.{precision} .event').length") == len(dated)
    assert any(event["properties"]["modality"] != "asserted" for event in events) and 0 < len(unknown) < len(events)
    for modality in ("alleged", "denied", "planned", "demanded", "hypothetical", "negated"):
        told = [event for event in events if event["properties"]["modality"] == modality]
        assert page.run(f"document.querySelectorAll('.event.{modality} .modality').length") == len(told)


def test_cells_of_the_matrix_tell_polarity_by_colour_sign_and_name(page):
    cells = page.run("""[...document.querySelectorAll('.matrix a.cell')].map((cell) =>
        [cell.className, cell.querySelector('b').textContent, cell.getAttribute('aria-label'), getComputedStyle(cell).backgroundColor])""")
    assert len(cells) > 10
    for style, sign, label, _ in cells:
        assert {"+": "(support)", "−": "(oppose)"}.get(sign, "") in label, (style, sign, label)
        assert {"+": "support", "−": "oppose", "±": "mixed", "?": "conditional", "·": "neutral"}[sign] in style
    colours = {sign: colour for _, sign, _, colour in cells}
    assert len(set(colours.values())) == len(colours) > 1


def test_for_and_against_is_a_mixed_cell_and_a_conflict(browser, tmp_path):
    """One holder, two outlets: what each tells is there, none wins."""
    told = {"The Gull": "Friedrich Merz supports the harbour plan.", "The Heron": "Friedrich Merz rejects the harbour plan."}
    lines = [json.dumps({"id": outlet, "title": "Of the harbour", "outlet": outlet, "text": f"{text} Emmanuel Macron rejects the harbour plan."}) for outlet, text in told.items()]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    graph, path = Built(tmp_path, tmp_path / "a.jsonl"), tmp_path / "report.html"
    assert vouch("report", graph.path, "-o", path).code == FOUND
    with browser.page(path) as page:
        cells = dict(page.run("[...document.querySelectorAll('.matrix tbody tr')].map((row) => [row.querySelector('th').textContent, row.querySelector('.cell').className + row.querySelector('.cell').textContent])"))
        assert cells == {"Friedrich Merz": "cell tone-mixed±2", "Emmanuel Macron": "cell tone-oppose−2"}
        assert [shown(page, f".conflict .side:nth-of-type({side}) .sources") for side in (1, 2)] in (
            [[f"1 independent source: {first}"], [f"1 independent source: {second}"]] for first, second in (list(told), list(told)[::-1]))
        page.click_on(".matrix .tone-mixed")
        assert "supports" in panel(page) and "rejects" in panel(page) and "Contradicted by" in panel(page)


# --- The network -----------------------------------------------------------------------------------------------------


def test_draws_the_network(page):
    nodes, pairs, _ = page.wait("document.querySelector('#canvas').dataset.painted").split()
    assert int(nodes) > 100 and int(pairs) > 100
    colours = page.run("""(() => {
        const canvas = document.querySelector('#canvas'), pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data, seen = new Set();
        for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3] === 255) seen.add(pixels.slice(at, at + 3).join());
        return seen.size; })()""")
    assert colours > 50


def test_finds_by_any_name_and_leads_to_the_words(page):
    find(page, "zelenskiy")
    assert page.run("document.querySelector('#side h3').textContent") == "Volodymyr Zelenskyy"
    assert page.run("document.activeElement.textContent") == "Volodymyr Zelenskyy"
    page.click_on("#side [data-pair]")
    assert "independent source" in panel(page)
    marks = page.run("""[...document.querySelectorAll('#panel blockquote')].map((quote) => [quote.querySelector('p').textContent, quote.querySelector('mark').textContent, quote.querySelector('footer').textContent])""")
    assert marks and all(words in passage and "rule " in footer for passage, words, footer in marks)


def test_a_click_on_a_mark_chooses_it(page):
    """Where the picture shows a node, a click there selects that node."""
    page.run("document.querySelector('#network .stage').scrollIntoView({block: 'center'})")
    page.run("[...document.querySelectorAll('#side .choice')].find((one) => one.innerText.startsWith('Kremlin')).click()")
    page.wait("document.querySelector('#side h3')?.textContent === 'Kremlin'")
    page.run("[...document.querySelectorAll('#side button')].find((one) => one.textContent === 'All nodes').click()")
    place = page.run("""(() => {
        const canvas = document.querySelector('#canvas'), box = canvas.getBoundingClientRect();
        const data = JSON.parse(document.querySelector('#data').textContent);
        const drawn = data.nodes.filter((node) => node[3] !== undefined);
        const span = (axis) => { const all = drawn.map((node) => node[axis]); return [Math.min(...all), Math.max(...all)]; };
        const [left, right] = span(3), [top, bottom] = span(4);
        const scale = Math.min(box.width / (right - left + 80), box.height / (bottom - top + 60), 2);
        const node = drawn.find((node) => node[1] === 'Russia');
        return [box.x + box.width / 2 + scale * (node[3] - (left + right) / 2), box.y + box.height / 2 + scale * (node[4] - (top + bottom) / 2)];
    })()""")
    page.click(*place)
    page.wait("document.querySelector('#side h3')?.textContent === 'Russia'")


@pytest.mark.parametrize("change, is_less", [
    ("filters.minimum.value = 2", True), ("filters.since.value = '2026-01-01'", True), ("filters.until.value = '2025-12-28'", True),
    ("filters.outlet.value = 'Volga Dispatch'", True), ("document.querySelectorAll('[name=kind]')[0].click()", True), ("filters.colour.value = 'kind'", False)])
def test_filters_change_what_is_drawn(page, change, is_less):
    before = page.run("document.querySelector('#network-status').textContent")
    page.run(f"const filters = document.querySelector('.filters').elements; {change}; document.querySelector('.filters').dispatchEvent(new Event('input', {{bubbles: true}}))")
    after = page.run("document.querySelector('#network-status').textContent")
    ties = [int(re.search(r"and (\d+) ties?", text)[1]) for text in (before, after)]
    assert 0 < ties[1] < ties[0] if is_less else ties[1] == ties[0]
    page.run("document.querySelector('.filters [type=reset]').click()")
    page.wait(f"document.querySelector('#network-status').textContent === {json.dumps(before)}")


def test_filter_by_sources_agrees_with_the_evidence(report, page):
    """Ties of two independent sources are those whose evidence lies in articles of two."""
    graph = data(report)
    def sources(edge):
        return len({graph["articles"][graph["texts"][graph["pieces"][piece * 5]][0]][5] for piece in edge[6]})
    expected = sum(sources(edge) >= 2 for edge in graph["edges"])
    page.run("document.querySelector('[name=minimum]').value = 2; document.querySelector('.filters').dispatchEvent(new Event('input', {bubbles: true}))")
    assert re.search(r"and (\d+) ties?", page.run("document.querySelector('#network-status').textContent"))[1] == str(expected)


def test_paths_between_two_nodes(page):
    page.run("document.querySelector('[name=from]').focus()")
    page.type("Zelenskyy")
    assert "Volodymyr Zelenskyy" in page.run("[...document.querySelectorAll('#names option')].map((one) => one.value)")
    page.press("Tab")
    page.type("Yuri Ushakov")
    page.press("Enter")
    [first, *_] = page.wait("document.querySelectorAll('#paths li').length && [...document.querySelectorAll('#paths li')].map((one) => one.innerText)")
    assert first.startswith("Volodymyr Zelenskyy") and first.endswith("Yuri Ushakov")
    page.click_on("#paths li button")
    assert "rule " in panel(page)
    page.press("Escape")
    page.run("document.querySelector('[name=to]').value = 'Garonne Hospital Workers’ Union'; document.querySelector('.paths [type=submit]').click()")
    assert "Nothing that is shown joins" in page.run("document.querySelector('#paths').innerText")


# --- Evidence --------------------------------------------------------------------------------------------------------


def test_every_mark_leads_to_its_words(built, page):
    """The panel of each event and stance shows the words that the graph's evidence names."""
    for command in ("events", "stances"):
        for item in vouch(command, built.path, "--json", "--evidence").lines[::9]:
            page.run(f"document.querySelector('#{item['id']} [data-items]').click()")
            panel(page)
            marks = page.run("[...document.querySelectorAll('#panel blockquote')].map((quote) => quote.querySelector('mark').textContent)")
            assert set(marks) == {piece["words"] for piece in item["evidence"]}
            page.run("document.querySelector('#panel-close').click()")


def test_highlighted_words_are_the_articles(built, report):
    """All evidence of the page, as code units of its texts, equals the text at the code points that the graph names."""
    graph = data(report)
    units = [text[2].encode("utf-16-le") for text in graph["texts"]]
    told = {(graph["articles"][article][0], layer): text for article, layer, text, _ in graph["texts"]}
    assert all(built.text(name, "text") == text for (name, layer), text in told.items() if layer == 0)
    words = set()
    for at in range(0, len(graph["pieces"]), 5):
        text, start, length, _, _ = graph["pieces"][at:at + 5]
        words.add(units[text][2 * start:2 * (start + length)].decode("utf-16-le"))
    events = {piece["words"] for event in vouch("events", built.path, "--json", "--evidence").lines for piece in event["evidence"]}
    assert events <= words


def test_an_article_with_all_its_spans(built, page):
    page.click_on("[data-article]")
    panel(page)
    assert page.run("document.querySelector('#panel div.article[dir]').textContent") in built.records[page.run("[...document.querySelectorAll('#panel .facts dd')].at(-1).textContent")]["text"]
    before = page.run("document.querySelectorAll('#panel div.article[dir] mark').length")
    page.click_on("#panel .layers input")
    after = page.run("document.querySelectorAll('#panel div.article[dir] mark').length")
    assert 0 < after < before
    page.run("document.querySelector('#panel div.article[dir] mark').click()")
    page.wait("document.querySelector('#panel-back').checkVisibility()")
    page.run("document.querySelector('#panel-back').click()")
    assert page.run("document.querySelector('#panel div.article[dir]').textContent.length") > 1000


# --- For everybody ---------------------------------------------------------------------------------------------------


def test_keyboard_alone_reaches_the_evidence(page):
    """Tab to the search, a name, Enter, Tab to the first tie, Enter; Escape leads back to where one was."""
    for _ in range(60):
        page.press("Tab")
        if page.run("document.activeElement.id") == "search":
            break
    assert page.run("document.activeElement.id") == "search"
    page.type("Kremlin")
    page.press("Enter")
    for _ in range(10):
        page.press("Tab")
        if page.run("Boolean(document.activeElement.dataset.pair)"):
            break
    page.press("Enter")
    assert "rule " in panel(page)
    assert page.run("document.querySelector('#panel').contains(document.activeElement)")
    page.press("Escape")
    page.wait("!document.querySelector('#panel').open")
    assert page.run("Boolean(document.activeElement.dataset.pair)")


def test_the_picture_moves_by_keyboard(page):
    page.run("document.querySelector('#canvas').focus()")
    pictures = [settled(page)]
    for key in ("ArrowRight", "+", "ArrowLeft"):
        page.press(key)
        pictures.append(settled(page))
    assert len(set(pictures)) == 4


def test_everything_that_can_be_used_has_a_name(page):
    """The accessibility tree names every button, link, field and region that it holds."""
    tree = page.send("Accessibility.getFullAXTree")["nodes"]
    roles = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "spinbutton", "region", "application", "Date", "table"}
    nameless = [
        node["role"]["value"] for node in tree
        if not node["ignored"] and node["role"]["value"] in roles and not node.get("name", {}).get("value")]
    assert nameless == []
    assert sum(node.get("role", {}).get("value") == "button" for node in tree) > 20


CONTRAST = """(() => {
    const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
    const below = (element) => { for (; element; element = element.parentElement) { const [r, g, b, a = 1] = rgb(getComputedStyle(element).backgroundColor); if (a === 1) return [r, g, b]; } return [255, 255, 255]; };
    const bad = [];
    for (const element of document.querySelectorAll('body *')) {
        if (!element.checkVisibility() || ![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
        const [a, b] = [light(rgb(getComputedStyle(element).color)), light(below(element))].sort((x, y) => y - x);
        if ((a + .05) / (b + .05) < 4.5) bad.push(`${element.tagName}.${element.className} ${((a + .05) / (b + .05)).toFixed(2)} ${element.textContent.slice(0, 30)}`);
    }
    return [...new Set(bad)];
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_light_and_dark(browser, report, scheme):
    with browser.page(report, prefers_color_scheme=scheme) as page:
        paper = sum(map(int, re.findall(r"\d+", page.run("getComputedStyle(document.body).backgroundColor"))))
        assert paper > 700 if scheme == "light" else paper < 120
        assert page.run(CONTRAST) == []


def settled(page):
    """The picture when it changes no more."""
    pictures = []
    while len(pictures) < 2 or pictures[-1] != pictures[-2]:
        page.run("new Promise((done) => setTimeout(() => requestAnimationFrame(done), 200))")
        pictures.append(page.run("document.querySelector('#canvas').toDataURL()"))
    return pictures[-1]


def test_the_picture_follows_light_and_dark(page):
    light = settled(page)
    page.emulate(prefers_color_scheme="dark")
    assert settled(page) != light
    page.emulate(prefers_color_scheme="light")
    assert settled(page) == light


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_leaves_a_narrow_screen(browser, report, width):
    with browser.page(report, width=width, height=800, mobile=True) as page:
        assert page.run("document.documentElement.scrollWidth") == width
        page.run("document.querySelector('.conflict [data-items]').click()")
        panel(page)
        assert page.run("document.querySelector('#panel').getBoundingClientRect().right") <= width
        assert page.run("document.querySelector('#panel').scrollWidth <= document.querySelector('#panel').clientWidth")


def test_prints(page):
    page.emulate("print", prefers_color_scheme="dark")
    assert page.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert shown(page, ".sections, .filter-box, .paths, .browse, #panel") == []
    assert len(shown(page, ".event")) > 100 and len(shown(page, ".conflict")) > 0
    assert page.pdf().startswith(b"%PDF")


# --- Hostile articles ------------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>window.hacked = 1</script>", "</script><script>window.hacked = 1</script>", "<img src=x onerror=\"window.hacked = 1\">", "<!-- <script>", "]]><b>x</b>",
    "\"' onmouseover=window.hacked=1 x='", "javascript:window.hacked=1", "\u202eevil\u202c \u2066isolated\u2069", "${window.hacked = 1} {{data}} \\u003cscript>", "\u2028\u2029&lt;script&gt;"]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A report of articles whose texts, titles, outlets, addresses and names try to be markup."""
    folder = tmp_path_factory.mktemp("hostile")
    articles = [{
        "id": f"a{number} {text}", "title": text, "outlet": text, "url": text, "authors": [text], "published": "2026-01-12",
        "text": f"{text}\n\nLISBON, January 12, 2026 - Emmanuel Macron met Friedrich Merz in Lisbon on Monday. \"{text} We need a new agreement,\" Macron said.\n\n"
                f"Merz condemned the attack {text} on Kyiv and rejected the plan {text}. Macron said that {text} was wrong.\n"} for number, text in enumerate(HOSTILE)]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, articles)))
    graph = Built(folder, folder / "articles.jsonl")
    path = folder / "report.html"
    assert vouch("report", graph.path, "-o", path, "--title", "".join(HOSTILE)).code == FOUND
    return path


def test_articles_are_never_markup(browser, hostile):
    with browser.page(hostile) as page:
        page.run("document.documentElement.style.scrollBehavior = 'auto'")
        assert page.run("document.querySelectorAll('script').length") == 2
        for text in HOSTILE:
            assert text.strip("\u2028\u2029") in page.run("document.querySelector('h1').textContent")
        # Everything that can be opened is opened, also from within the panel.
        page.run("""(async () => {
            for (const link of document.querySelectorAll('[data-items], [data-article], [data-edge], [data-node]')) {
                link.click();
                await new Promise((done) => setTimeout(done));
                for (const mark of [...document.querySelectorAll('#panel mark[role=button], #panel button')].slice(0, 12)) if (mark.isConnected && mark.id !== 'panel-close') mark.click();
                document.querySelector('#panel-close').click();
            }
            for (const choice of [...document.querySelectorAll('#side .choice')]) choice.click();
        })()""")
        assert page.run("window.hacked") is None
        assert page.run("document.querySelectorAll('script, img, iframe, object, [onerror], [onmouseover]').length") == 2
        assert page.run("[...document.querySelectorAll('a')].every((link) => link.getAttribute('href').startsWith('#'))")
        assert page.complaints == [] and page.requests == []


def test_the_policy_forbids_all_but_the_pages_own_script(browser, report, tmp_path):
    """A page into which somebody writes a script does not run it."""
    path = tmp_path / "changed.html"
    path.write_text(report.read_text().replace("</main>", "<script>window.hacked = 1</script><img src='http://127.0.0.1:9/x' onerror='window.hacked = 1'></main>"))
    with browser.page(path) as page:
        assert page.run("window.hacked") is None
        assert any("Content Security Policy" in complaint for complaint in page.complaints)


# --- The command -----------------------------------------------------------------------------------------------------


def test_same_graph_same_bytes(built, report):
    again = vouch("report", built.path, "--title", "What four outlets say")
    assert again.code == FOUND and again.out == report.read_bytes()


def test_report_in_the_repository_is_up_to_date(built):
    """`make exports` makes it."""
    title = re.search(r'vouch report .* --title "(.*?)"', (ROOT / "Makefile").read_text().replace("$(VOUCH)", "vouch"))[1]
    assert vouch("report", built.path, "--title", title).out == (EXPORTS / "report.html").read_bytes()


def test_focus_and_dates_limit_what_is_told(built, tmp_path):
    counts = {}
    for name, options in {"all": [], "focus": ["--focus", "Yuri Ushakov"], "since": ["--since", "2026-01"], "until": ["--until", "2025-12-28"]}.items():
        [counts[name]] = vouch("report", built.path, "-o", tmp_path / "r.html", "--json", *options).lines
    for name in ("focus", "since", "until"):
        assert 0 < counts[name]["articles"] < counts["all"]["articles"] and 0 < counts[name]["events"] < counts["all"]["events"]
    assert counts["all"] == counts["all"] | {"type": "report", "schema": 1, "aggregated": False, "whole_texts": True}


def test_an_empty_graph_is_a_page_that_says_so(browser, built, tmp_path):
    path = tmp_path / "empty.html"
    assert vouch("report", built.path, "--since", "2030", "-o", path).code == NOTHING
    with browser.page(path) as page:
        assert "This graph is empty" in page.run("document.body.innerText")
        assert page.complaints == []


@pytest.mark.parametrize("options, code, message", [
    (["--focus", "Nobody Such"], NOTHING, "name.unknown"), (["--hops", "2"], USAGE, "--focus"), (["--since", "soon"], USAGE, "--since"),
    (["--json"], USAGE, "-o"), (["-o", "/nowhere/report.html"], FAILED, "export.unwritable")])
def test_wrong_use_is_told(built, options, code, message):
    done = vouch("report", built.path, *options)
    assert done.code == code and message in done.err
