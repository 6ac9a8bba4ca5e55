"""Size of reports and the time that a browser takes for them, for generated articles that give so many ties.

Usage: report.py VOUCH [TIES…]        (default: 1000 10000 50000)
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/Program"))
from chromium import Chromium

SENTENCES = [
    "{a} met {b} in {place} on {day}.", "{a} accused {b} of lying.", "{a} praised {b}.", "{a} condemned {b}.", "{a} threatened {b}.",
    "{a} said that {b} would resign.", "{a} rejected the {issue}.", "{a} supported the {issue}.", "{a} said that {b} had denied the claims."]
PLACES = ["Lisbon", "Vienna", "Oslo", "Nairobi", "Lima", "Hanoi", "Quito", "Ottawa", "Dakar", "Riga", "Sofia", "Manila"]
ISSUES = ["water treaty", "harbour plan", "tax reform", "rail strike", "border deal", "grain tariff", "coal exit", "language law"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def articles(ties, path):
    """Articles of thirty sentences about people, few of whom are in many, as in the news."""
    numbers = random.Random(5)
    given = [line.split("\t")[1] for line in (ROOT / "Ontology/lexicons/given_names.tsv").read_text().splitlines() if not line.startswith("#")]
    given = numbers.sample(given, 60)
    surnames = [a + b for a in ("Bar", "Kel", "Mor", "Tan", "Ves", "Hal", "Dor", "Lin", "Ras", "Quil") for b in ("son", "ner", "mond", "vik", "ford", "ley", "stein", "well")]
    people = [f"{first} {last}" for last in surnames for first in given]
    numbers.shuffle(people)
    people = people[:max(100, ties // 10)]
    weights = [1 / (rank + 3) ** 0.7 for rank in range(len(people))]
    with open(path, "w") as out:
        for number in range(ties // 55 + 1):
            # An article's people know each other.
            cast = numbers.choices(people, weights, k=14)
            lines = []
            for _ in range(30):
                a, b = numbers.sample(cast, 2)
                lines.append(numbers.choice(SENTENCES).format(a=a, b=b, place=numbers.choice(PLACES), issue=numbers.choice(ISSUES), day=numbers.choice(DAYS)))
            out.write(json.dumps({
                "id": f"a{number}", "title": f"News of the day {number}", "outlet": f"Outlet {number % 40}", "published": f"2025-{1 + number % 12:02}-{1 + number % 28:02}",
                "text": "\n\n".join(" ".join(lines[at:at + 5]) for at in range(0, 30, 5))}) + "\n")


def timed(*command):
    start = time.monotonic()
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    return time.monotonic() - start, done.stdout


def main():
    binary, sizes = sys.argv[1], [int(size) for size in sys.argv[2:]] or [1000, 10_000, 50_000]
    browser = Chromium()
    try:
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                corpus, graph, page = (Path(folder) / name for name in ("news.jsonl", "news.vouch", "news.html"))
                articles(size, corpus)
                timed(binary, "build", corpus, "-o", graph, "--quiet")
                seconds, out = timed(binary, "report", graph, "-o", page, "--json")
                told = json.loads(out)
                with browser.page(page) as shown:
                    ready = float(shown.run("document.documentElement.dataset.ready"))
                    painted = float(shown.wait("document.querySelector('#canvas').dataset.painted").split()[2])
                    moved = shown.run("""(async () => {
                        const canvas = document.querySelector('#canvas'), frames = [];
                        canvas.focus();
                        for (let step = 0; step < 20; step += 1) {
                            canvas.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
                            const start = performance.now();
                            await new Promise(requestAnimationFrame);
                            frames.push(performance.now() - start);
                        }
                        return frames.sort((a, b) => a - b)[18]; })()""")
                    searched = shown.run("""(() => {
                        const search = document.querySelector('#search'), start = performance.now();
                        search.value = 'son';
                        search.dispatchEvent(new Event('input'));
                        return performance.now() - start; })()""")
                    filtered = shown.run("""(() => {
                        const filters = document.querySelector('.filters'), start = performance.now();
                        filters.elements.minimum.value = 2;
                        filters.dispatchEvent(new Event('input'));
                        return performance.now() - start; })()""")
                    assert shown.complaints == [], shown.complaints
                print(
                    f"{told['edges']:6} ties, {told['nodes']:5} nodes, {told['articles']:5} articles{', aggregated' if told['aggregated'] else ''}: written in {seconds:.2f} s, "
                    f"{told['bytes'] / 1e6:.2f} MB; ready in the browser after {ready / 1000:.2f} s, picture {painted:.0f} ms, a frame while moving {moved:.0f} ms, "
                    f"search {searched:.0f} ms, filter {filtered:.0f} ms", flush=True)
    finally:
        browser.close()


if __name__ == "__main__":
    main()
