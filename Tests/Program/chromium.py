"""A headless Chromium that tests drive through its DevTools protocol, over two pipes: it needs no port and no package."""

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path


class Chromium:
    """A running browser."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="vouch-chromium-")
        commands, self._write = os.pipe()
        self._read, answers = os.pipe()
        program = shutil.which("chromium") or shutil.which("google-chrome")
        assert program, "chromium is not installed: make test-deps"
        options = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe", "--hide-scrollbars",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-extensions", f"--user-data-dir={self._folder.name}",
            "about:blank"]
        # The protocol's pipes are descriptors 3 and 4; those here are others, so that none is overwritten before it is copied.
        given = [fcntl.fcntl(end, fcntl.F_DUPFD, 5) for end in (commands, answers)]
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$0" "$@" 3<&{given[0]} 4>&{given[1]}', program, *options], pass_fds=given, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for end in (commands, answers, *given):
            os.close(end)
        self._buffer, self._number, self.events = b"", 0, []

    def send(self, method, session=None, timeout=60, **parameters):
        """Calls a method of the protocol and returns its result; what is told meanwhile goes to `events`."""
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self._write, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + timeout
        while True:
            answer = self._message(end)
            assert answer is not None, f"{method}: no answer within {timeout} s"
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]
            if "method" in answer:
                self.events.append(answer)

    def _message(self, end):
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(0, end - time.monotonic()))
            if not ready:
                return None
            chunk = os.read(self._read, 1 << 20)
            assert chunk, "chromium ended"
            self._buffer += chunk
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)

    def page(self, path, width=1280, height=900, mobile=False, media="", scripted=True, **features):
        """A page of a file, loaded; `features` as of media queries, such as prefers_color_scheme="dark"."""
        return Page(self, Path(path).resolve(), width, height, mobile, media, scripted, features)

    def close(self):
        self._process.terminate()
        self._process.wait(timeout=20)
        os.close(self._read)
        os.close(self._write)
        self._folder.cleanup()


class Page:
    """A page in a tab of its own."""

    def __init__(self, browser, path, width, height, mobile, media, scripted, features):
        self._browser = browser
        self._target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = browser.send("Target.attachToTarget", targetId=self._target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
        self.emulate(media, **features)
        self.send("Emulation.setScriptExecutionDisabled", value=not scripted)
        self._first = len(browser.events)
        self.url = path.as_uri()
        started = time.monotonic()
        self.send("Page.navigate", url=self.url)
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            assert time.monotonic() < started + 120, "the page does not load"
            self.send("Runtime.evaluate", expression="0")
            time.sleep(0.01)
        if scripted:
            self.wait("document.documentElement.dataset.ready")
        self.seconds = time.monotonic() - started

    def send(self, method, **parameters):
        return self._browser.send(method, self._session, **parameters)

    def emulate(self, media="", **features):
        self.send("Emulation.setEmulatedMedia", media=media, features=[{"name": name.replace("_", "-"), "value": value} for name, value in features.items()])

    @property
    def events(self):
        return [event for event in self._browser.events[self._first:] if event.get("sessionId") == self._session]

    def run(self, expression):
        """The value of an expression of JavaScript."""
        result = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def wait(self, expression, timeout=20):
        """Waits until an expression is true, and returns it."""
        end = time.monotonic() + timeout
        while not (value := self.run(expression)):
            assert time.monotonic() < end, f"never true: {expression}; the console tells: {self.complaints}"
            time.sleep(0.02)
        return value

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def click_on(self, selector):
        """Clicks in the middle of an element, as a hand does: what lies above it gets the click."""
        self.run(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center', behavior: 'instant'}})")
        box = self.run(f"(() => {{ const box = document.querySelector({json.dumps(selector)}).getClientRects()[0]; return [box.x + box.width / 2, box.y + box.height / 2]; }})()")
        self.click(*box)

    def type(self, text):
        self.send("Input.insertText", text=text)

    KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowRight": 39, "+": 187}

    def press(self, key, shift=False):
        text = {"Enter": "\r", " ": " ", "+": "+"}.get(key)
        options = {"key": key, "windowsVirtualKeyCode": self.KEYS[key], "modifiers": 8 if shift else 0} | ({"code": key} if len(key) > 1 else {})
        self.send("Input.dispatchKeyEvent", type="keyDown", **options, **({"text": text} if text else {}))
        self.send("Input.dispatchKeyEvent", type="keyUp", **options)

    def screenshot(self, path, whole=False):
        """A picture of what is seen, or of the whole page."""
        options = {}
        if whole:
            size = self.send("Page.getLayoutMetrics")["cssContentSize"]
            options = {"captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 12000), "scale": 1}}
        Path(path).write_bytes(base64.b64decode(self.send("Page.captureScreenshot", **options)["data"]))

    def pdf(self):
        return base64.b64decode(self.send("Page.printToPDF", printBackground=True)["data"])

    @property
    def requests(self):
        """Addresses that the page asked for, itself not counted."""
        self.run("0")
        asked = [event["params"]["request"]["url"] for event in self.events if event["method"] == "Network.requestWillBeSent"]
        return [url for url in asked if url.split("#")[0] != self.url and not url.startswith("data:")]

    @property
    def complaints(self):
        """What the browser's console tells of: errors, warnings, violations of the page's policy."""
        self.run("0")
        told = [event["params"] for event in self.events if event["method"] in ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")]
        return [json.dumps(one)[:600] for one in told]

    def close(self):
        self._browser.send("Target.closeTarget", targetId=self._target)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
