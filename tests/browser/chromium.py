"""A headless Chromium driven over a pipe with the DevTools protocol; just what the tests of the report need."""

import base64
import fcntl
import json
import os
import select
import shutil
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EXECUTABLE = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)
_TIMEOUT = 60.0


class Page:
    """One tab. `events` holds every event so far as (method, parameters)."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._buffer = b""
        self._last = 0
        self._session: str | None = None
        self.events: list[tuple[str, dict[str, Any]]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._last:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result: dict[str, Any] = answer["result"]
                return result

    def _receive(self) -> dict[str, Any]:
        deadline = time.monotonic() + _TIMEOUT
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._answers], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, "Chromium did not answer"
            data = os.read(self._answers, 1 << 20)
            assert data, "Chromium ended"
            self._buffer += data
        raw, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(raw)
        if "method" in message:
            self.events.append((message["method"], message["params"]))
        return message

    def open(
        self,
        file: Path,
        *,
        fragment: str = "",
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        script: bool = True,
    ) -> None:
        """Show a file at a viewport size in CSS pixels, in the light or dark scheme, with or without scripts."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        # From another page, so that a new fragment loads the file again.
        for url in ("about:blank", file.resolve().as_uri() + fragment):
            self.events.clear()
            self.call("Page.navigate", url=url)
            while not any(method == "Page.loadEventFired" for method, _ in self.events):
                self._receive()

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press and release a key: a character, `Tab`, `Enter`, `Space`, `Escape`."""
        code = {"Tab": 9, "Enter": 13, "Space": 32, "Escape": 27}.get(key, 0)
        text = {"Enter": "\r", "Space": " "}.get(key, key if len(key) == 1 else "")
        event: dict[str, Any] = {
            "key": " " if key == "Space" else key,
            "windowsVirtualKeyCode": code,
            "modifiers": 8 if shift else 0,
        }
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **event)
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def settle(self, milliseconds: int = 50) -> None:
        """Wait until the page has drawn twice and `milliseconds` have passed."""
        self.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame("
            f"() => setTimeout(() => done(true), {milliseconds}))))"
        )

    def complaints(self) -> list[str]:
        """Return errors on the console, uncaught exceptions and violations of the content security policy."""
        found: list[str] = []
        for method, parameters in self.events:
            if method == "Log.entryAdded" and parameters["entry"]["level"] in {"error", "warning"}:
                found.append(parameters["entry"]["text"])
            if method == "Runtime.exceptionThrown":
                found.append(parameters["exceptionDetails"]["text"])
            if method == "Runtime.consoleAPICalled" and parameters["type"] in {"error", "warning", "assert"}:
                found.append(str(parameters["args"]))
        return found

    def requests(self) -> list[str]:
        """Return the addresses that were asked for since `open`."""
        return [p["request"]["url"] for method, p in self.events if method == "Network.requestWillBeSent"]

    def screenshot(self, file: Path, *, whole: bool = False) -> None:
        """Write a PNG of the viewport or of the whole page."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(data["data"]))

    def pdf(self) -> bytes:
        """Print the page."""
        data = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return base64.b64decode(data["data"])


@contextmanager
def chromium() -> Generator[Page]:
    """Start Chromium with a fresh profile and end it afterwards."""
    assert EXECUTABLE
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        command_out, command_in = _pipe()
        answer_out, answer_in = _pipe()
        arguments = [EXECUTABLE, *_FLAGS, f"--user-data-dir={profile}"]
        # Chromium reads commands on descriptor 3 and writes answers on 4.
        process = os.posix_spawn(
            EXECUTABLE,
            arguments,
            os.environ,
            file_actions=[
                *((os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)),
                (os.POSIX_SPAWN_DUP2, command_out, 3),
                (os.POSIX_SPAWN_DUP2, answer_in, 4),
            ],
        )
        os.close(command_out)
        os.close(answer_in)
        try:
            yield Page(command_in, answer_out)
        finally:
            # At the end of its pipe Chromium closes all its processes and ends.
            os.close(command_in)
            os.close(answer_out)
            os.waitpid(process, 0)


def _pipe() -> tuple[int, int]:
    """Return a pipe whose descriptors cannot be the ones that the child's ends are copied to."""
    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]
