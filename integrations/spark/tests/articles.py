"""Invented news of many kinds, always the same, and articles that cannot be read among them.

As a program: articles.py NUMBER prints so many articles as JSON Lines.
"""

import gzip
import json
import random
import sys

FIRST = "Ida Per Marta Omar Petra Leo Ada Ines Jonas Farid Wanda Tomas Selma Hugo Nadia Viktor Amara Felix Rosa Kenji".split()
LAST = "Moen Lie Olsen Haddad Lindholm Ruiz Brandt Bauer Novak Rahimi Kowal Dvorak Aydin Laurent Petrova Hale Okafor Stein Moretti Sato".split()
PLACES = "Lisbon Tallinn Accra Montevideo Hanoi Aarhus Split Izmir Ghent Porto Turku Cork Malaga Bergen Lyon Leeds Quito Lima Osaka Tunis".split()
COUNTRIES = "Portugal Estonia Ghana Uruguay Vietnam Denmark Croatia Turkey Belgium Finland Ireland Spain Norway France Peru Japan Tunisia Kenya".split()
BODIES = [
    "the harbour authority", "the city council", "the central bank", "the teachers' union", "the court of appeal", "the election board",
    "the rail company", "the weather service", "the football federation", "the ministry of health"]
OUTLETS = ["Harbour Courier", "Nordhaven Post", "Tallgrass Tribune", "Volga Dispatch", "Evening Ledger"]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

STORIES = {
    "election": [
        "{a} won the election in {country} on {day} with {n} percent of the vote.",
        "{b} refused to accept the result and accused {body} of fraud.",
        "Thousands of people voted in {place}, {body} said.",
        "“We will count every vote again,” {a} said.",
        "{country} welcomed the result.",
    ],
    "disaster": [
        "A flood killed {n} people near {place} on {day}.",
        "{a} visited {place} and promised to send aid to the victims.",
        "Rescue workers evacuated {n} families from their homes.",
        "“We lost everything,” said {b}, who lives in {place}.",
        "{country} sent {n} engineers to {place}.",
    ],
    "trade": [
        "{country} signed an agreement with {country2} on {day} to lower tariffs on steel.",
        "{a} praised the agreement, but {b} warned that it would cost {n} jobs in {place}.",
        "{body} supported the plan.",
        "{country2} will buy {n} trains from a company in {place}.",
        "{b} demanded that {country} withdraw from the talks.",
    ],
    "court": [
        "{body} sentenced {a} to {n} months in prison on {day} for taking bribes.",
        "{a} denied the charges.",
        "Prosecutors in {place} accused {b} of hiding {n} million euros.",
        "“The verdict is wrong,” {b} said after the hearing in {place}.",
        "The police arrested {n} people.",
    ],
    "protest": [
        "About {n} thousand people protested in {place} on {day} against the new law.",
        "{a} called on {country} to end the strike.",
        "The police used tear gas, and {b} condemned the violence.",
        "{body} rejected the demands of the protesters.",
        "“We will stay here until {a} resigns,” {b} told reporters.",
    ],
    "sport": [
        "{country} beat {country2} {n} to two in {place} on {day}.",
        "{a} scored twice, and {b} was injured.",
        "{body} criticised the referee.",
        "“It was our best match this year,” {a} said.",
        "{b} will leave the team in {place} next month, {body} announced.",
    ],
    "health": [
        "Doctors in {place} reported {n} new cases of measles on {day}.",
        "{body} urged parents in {country} to have their children vaccinated.",
        "{a} doubts that the figures are right.",
        "{b} thanked the nurses of {place}.",
        "{country} gave {n} thousand doses of the vaccine to {country2}.",
    ],
    "diplomacy": [
        "{a} met {b} in {place} on {day} to discuss the border between {country} and {country2}.",
        "{country} expelled {n} diplomats of {country2}.",
        "“{country2} has not answered our letter,” {a} said.",
        "{b} proposed a truce of {n} days.",
        "{country} denied that its soldiers had crossed the border.",
    ],
}

GERMAN = ("Der Rat der Stadt hat am Montag beschlossen, dass die Brücke nicht gebaut wird. Die Kosten sind zu hoch, sagte die "
          "Bürgermeisterin, und niemand weiß, wer sie bezahlen soll. Auch die Bahn wollte sich an dem Bau nicht mehr beteiligen.")

CRASHES, HANGS = "XCRASHX", "XHANGX"
"""Words on which the stand-in for the program dies, or falls silent."""


def article(number):
    """An article of some 200 words; every third has neither id nor address, and is called by its file and line."""
    chance = random.Random(number)
    kind = chance.choice(sorted(STORIES))
    people = [f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(4)]
    paragraphs = []
    for _ in range(chance.randint(4, 8)):
        a, b = chance.sample(people, 2)
        country, country2 = chance.sample(COUNTRIES, 2)
        sentences = [
            sentence.format(a=a, b=b, country=country, country2=country2, place=chance.choice(PLACES), body=chance.choice(BODIES),
                            day=chance.choice(DAYS), n=chance.randint(3, 90))
            for sentence in chance.sample(STORIES[kind], 3)]
        paragraphs.append(" ".join(sentence[0].upper() + sentence[1:] for sentence in sentences))
    record = {
        "title": f"{kind.capitalize()}: {chance.choice(PLACES)} waits for an answer", "text": "\n\n".join(paragraphs),
        "outlet": chance.choice(OUTLETS), "published": f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"}
    if number % 3 == 1:
        record["id"] = f"article-{number}"
    elif number % 3 == 2:
        record["url"] = f"https://news.example/{kind}/{number}"
    return record


def line(number):
    return json.dumps(article(number), ensure_ascii=False)


def spoilt(number):
    """What stands in place of an article that cannot be read, by the code of its reason."""
    record = article(number)
    return {
        "article.language": json.dumps(record | {"text": GERMAN}, ensure_ascii=False),
        "record.json": json.dumps(record)[:-7],
        "record.no-text": json.dumps({"id": "nothing"}),
        "article.too-large": json.dumps(record | {"text": "Words that go on and on. " * 400_000}),
        "program.crashed": json.dumps(record | {"text": f"The {CRASHES} fell. " + record["text"]}, ensure_ascii=False),
        "program.silent": json.dumps(record | {"text": f"The {HANGS} waited. " + record["text"]}, ensure_ascii=False),
    }


def page(number):
    """An article as a page of the web, with what stands around it there."""
    record = article(number)
    paragraphs = "".join(f"<p>{text}</p>\n" for text in record["text"].split("\n\n"))
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{record['title']}</title></head><body><nav><a href=/>Home</a>"
        f"</nav><article><h1>{record['title']}</h1>\n{paragraphs}</article><footer>© 2026 {record['outlet']}</footer></body></html>").encode()


def warc_record(number, address=True):
    """The record of an archive that holds the page."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(number)
    target = f"WARC-Target-URI: https://news.example/{number}\r\n" if address else ""
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-02-03T04:05:06Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n{target}"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n").encode() + block + b"\r\n\r\n"


def warc_info(number):
    """A record without an article."""
    return (
        f"WARC/1.0\r\nWARC-Type: request\r\nWARC-Date: 2026-02-03T04:05:06Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        "Content-Length: 4\r\n\r\nGET \r\n\r\n").encode()


def packed(record):
    """A gzip member that is always the same."""
    return gzip.compress(record, mtime=0)


if __name__ == "__main__":
    for index in range(int(sys.argv[1])):
        print(line(index))
