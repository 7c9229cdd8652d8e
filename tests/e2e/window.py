"""A browser window of one person: what they do and see there, and what goes wrong unasked."""

import asyncio
import re

from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

expect.set_options(timeout=10_000)


class Window:
    """A page at a community's host. Every error, warning and refusal of its console is a trouble,
    unless the test expects it."""

    def __init__(self, page: Page, address: str):
        self.page = page
        self.address = address
        self.troubles: list[str] = []
        self._expected: list[str] = []
        self._asked: set[Request] = set()
        self._answered = asyncio.Event()
        page.on("request", self._ask)
        page.on("requestfinished", self._answer)
        page.on("requestfailed", self._answer)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.troubles.append(f"page error: {error.stack}"))

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(f"{message.text} ({message.location['url']})")

    def _ask(self, request: Request) -> None:
        self._asked.add(request)
        self._answered.clear()

    def _answer(self, request: Request) -> None:
        self._asked.discard(request)
        if not self._asked:
            self._answered.set()

    def expects(self, *patterns: str) -> None:
        """What the console may say in this test, as regular expressions."""
        self._expected += patterns

    def unexpected(self) -> list[str]:
        return [
            trouble
            for trouble in self.troubles
            if not any(re.search(pattern, trouble) for pattern in self._expected)
        ]

    # Going somewhere

    async def opens(self, path: str) -> None:
        await self.page.goto(self.address + path)

    async def enters(self, room: str, query: str = "") -> None:
        """Open a room and wait for its welcome."""
        await self.opens(f"/rooms/{room}{query}")
        await self.is_connected()

    async def is_connected(self) -> None:
        await expect(self.connection).to_have_attribute("data-state", "open")

    async def rests(self) -> None:
        """Wait until all that the page asked for has come and is drawn."""
        await self.page.evaluate(DRAWN)
        while self._asked:
            await asyncio.wait_for(self._answered.wait(), 10)
            await self.page.evaluate(DRAWN)

    # What is there

    @property
    def composer(self) -> Locator:
        return self.page.get_by_test_id("composer")

    @property
    def connection(self) -> Locator:
        return self.page.get_by_test_id("connection-line")

    @property
    def lines(self) -> Locator:
        return self.page.get_by_test_id("message-line")

    @property
    def texts(self) -> Locator:
        """What is said in the conversation, in order."""
        return self.lines.locator(".text")

    @property
    def rooms(self) -> Locator:
        return self.page.get_by_test_id("room-link")

    def line(self, text: str) -> Locator:
        return self.lines.filter(has_text=text)

    def at(self, seq: int) -> Locator:
        return self.page.locator(f"[data-testid=message-line][data-seq='{seq}']")

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name)

    def dialog(self, name: str) -> Locator:
        return self.page.get_by_role("dialog", name=name)

    def panel(self, name: str) -> Locator:
        return self.page.get_by_role("complementary", name=name)

    # Doing something

    async def writes(self, *texts: str) -> None:
        for text in texts:
            await self.composer.fill(text)
            await self.composer.press("Enter")

    async def sees(self, text: str, state: str = "sent") -> None:
        await expect(self.line(text)).to_have_attribute("data-state", state)

    async def sees_in_order(self, texts: list[str]) -> None:
        """These and no others, each once, all of them stored."""
        await expect(self.texts).to_have_text(texts)
        await expect(self.lines.and_(self.page.locator("[data-state=sent]"))).to_have_count(
            len(texts)
        )

    async def too_wide(self) -> list[str]:
        """What scrolls sideways, and what stands beyond the window's edges."""
        found: list[str] = await self.page.evaluate(TOO_WIDE)
        return found

    async def too_small(self) -> list[str]:
        """What a finger would miss, on a page that is touched: under 44 px high or 24 px wide."""
        found: list[str] = await self.page.evaluate(TOO_SMALL)
        return found


DRAWN = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"

TOO_WIDE = """() => {
  const all = (of) => [...document.querySelectorAll(of)];
  const clips = (one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
  const scrolls = all("html, body, main, nav, aside, dialog, .text")
    .filter((one) => !clips(one) && one.scrollWidth > one.clientWidth + 1);
  const beyond = all("h1, h2, p, li, a, button, input, textarea, figure").filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width > 0 && (left < -1 || right > innerWidth + 1);
  });
  return [...scrolls, ...beyond].map((one) => one.outerHTML.slice(0, 120));
}"""

TOO_SMALL = """() => {
  if (!matchMedia("(pointer: coarse)").matches) return [];
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true });
  const inText = (one) => one.tagName === "A" && one.closest("p, .text");
  const target = (one) => one.matches("[type=checkbox], [type=radio]") ? one.closest("label") : one;
  const all = [...document.querySelectorAll("a, button, input, select, textarea")];
  return all.filter((one) => isSeen(one) && !inText(one)).map((one) => target(one) ?? one)
    .filter((one) => !one.classList.contains("unseen"))
    .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 120)])
    .filter(([{ width, height }]) => width > 0 && (height < 43.5 || width < 24))
    .map(([{ width, height }, html]) => `${Math.round(width)} x ${Math.round(height)}: ${html}`);
}"""
