"""Nothing that anybody wrote is ever run, and a page of somebody else's reaches nothing (threats 15 and 16)."""

import json
import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, expect

from adapters.local.platform import LocalPlatform
from bot.chat.form import Form, LongText, ManyOf, OneOf, ShortText
from bot.chat.ids import Id
from bot.chat.outbound import Parcel, Reply, ToAccount
from bot.chat.text import Link, Mention, Plain, Strong, plain
from bot.chat.view import Button, Buttons, Confirm, Fact, Facts, Note, Option, Paragraph, Picture, Quote, Select, View
from tests.adapters.scripted import Stage, words
from tests.browser.test_community import be

CORPUS = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "\"'><svg onload=alert(1)>",
    "javascript:alert(1)",
    "</li></ol><iframe srcdoc='<script>alert(1)</script>'>",
    "{{constructor.constructor('alert(1)')()}}${alert(1)}",
]


def everywhere(evil: str) -> View:
    """A view in which every leaf is hostile."""
    short, option = evil[:45], Option(evil[:75], evil[:75])
    text = (Plain(evil), Strong(evil), Link(evil, "https://example.org/" + evil), Mention(Id(1), evil))
    button = Button(evil, "form~1", confirm=Confirm(evil, "Yes", evil))
    return View(
        (
            Paragraph(text),
            Note(text),
            Quote(evil),
            Facts((Fact(evil, text),)),
            Buttons((button,)),
            Select(evil, "x~1", (option,)),
            Picture(b"", evil),
        ),
        short,
    )


def form(evil: str) -> Form:
    two = (Option(evil, evil), Option("b", evil))
    fields = (
        ShortText("a", evil[:45], evil, evil),
        LongText("b", evil[:45], evil, evil),
        OneOf("c", evil[:45], two),
        ManyOf("d", evil[:45], two, (evil,)),
    )
    return Form(evil[:24], "save~1", fields, evil)


async def walk(page: Page, evil: str) -> None:
    """Through every place where those words are shown: the message, a question, a form and its errors, a channel."""
    await page.get_by_role("button", name=re.compile("^HeadsUp")).click()
    await page.get_by_role("log").locator(".button").get_by_text(evil, exact=True).click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Yes").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("radio").first.check()
    await dialog.get_by_role("button", name=evil, exact=True).click()
    await expect(dialog.locator(".error").first).to_have_text(evil)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="#community").click()
    await page.get_by_role("log", name="Messages in #community").wait_for()
    await page.get_by_role("combobox").fill(evil)
    await page.get_by_role("combobox").press("Enter")
    await expect(page.locator(".typed").get_by_text(evil, exact=True)).to_have_count(2)


async def test_nothing_written_is_run_wherever_it_is_shown(page: Page, stage: Stage, local: LocalPlatform) -> None:
    ann = stage.space.persona("ann").account
    await be(page, "Ann Example")
    for evil in CORPUS:
        mallory = stage.space.join(evil, evil)
        stage.script.answers |= {"form~1": Reply(ask=form(evil)), "save~1": Reply(errors={"a": evil})}
        await local.deliver(Parcel(evil, "local", ToAccount(ann), everywhere(evil), {1: mallory}))
        stage.space.circle(evil, (ann, mallory))
        stage.space.say(mallory, "channel-community", evil)
        await walk(page, evil)
    assert await page.locator("script, iframe, [onload], [onerror], [onclick], [srcdoc]").count() == 1
    assert await page.locator("a").evaluate_all("all => all.every((one) => /^(https|http:..127)/.test(one.href))")


async def test_a_link_leads_only_where_it_says_and_takes_nothing_along(page: Page, stage: Stage) -> None:
    stage.space.post("bot-ann", View((Paragraph((Link("a place", "https://example.org/"),)),)))
    await be(page, "Ann Example")
    link = page.get_by_role("link", name="a place")
    assert await link.get_attribute("href") == "https://example.org/"
    assert await link.get_attribute("rel") == "noopener noreferrer"


async def test_what_people_type_is_text_in_their_own_direction(page: Page, stage: Stage) -> None:
    stage.space.post("bot-ann", View((Quote("one\n\nHeadsUp: two"),)))
    stage.space.post("bot-ann", words("plain"))
    await be(page, "Ann Example")
    await expect(page.get_by_role("blockquote").get_by_role("paragraph")).to_have_text(["one", "", "HeadsUp: two"])
    stage.space.post("bot-ann", View((Facts((Fact("Phase", plain("special")),)),)))
    await expect(page.get_by_role("definition")).to_have_text("special")


HOSTILE_PAGE = """<!doctype html><title>calm</title><script type="module">
const done = {};
const attempt = (name, work) => new Promise((resolve) => {
  setTimeout(() => resolve('silence'), 4000);
  work(resolve);
}).then((said) => { done[name] = said; });
const at = TARGET;
const ask = (path, end, more) => fetch('http://' + at + path, more).then(() => end('done'), () => end('refused'));
await Promise.all([
  attempt('socket', (end) => {
    const socket = new WebSocket('ws://' + at + '/live');
    socket.onopen = () => end('open'); socket.onerror = () => end('refused');
  }),
  attempt('read', (end) => ask('/', end, { credentials: 'include' })),
  attempt('blind', (end) => ask('/', end, { credentials: 'include', mode: 'no-cors' })),
  attempt('post', (end) => ask('/', end, { credentials: 'include', method: 'POST' })),
  attempt('script', (end) => import('http://' + at + '/static/words.js').then(() => end('done'), () => end('refused'))),
]);
document.title = JSON.stringify(done);
</script>"""


@pytest.fixture
async def hostile(local: LocalPlatform) -> AsyncIterator[str]:
    """Somebody else's page, on another port of this machine."""

    async def show(request: web.Request) -> web.Response:
        target = HOSTILE_PAGE.replace("TARGET", f"'127.0.0.1:{local.port}'")
        return web.Response(text=target, content_type="text/html")

    app = web.Application()
    app.router.add_get("/", show)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def test_a_page_of_somebody_else_reaches_nothing_in_the_same_browser(
    browser: Browser, local: LocalPlatform, hostile: str
) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(local.url)
    await page.get_by_role("heading", name="Come in").wait_for()
    await page.goto(hostile)
    await page.wait_for_function("document.title.startsWith('{')")
    done = json.loads(await page.title())
    assert done == dict.fromkeys(("socket", "read", "blind", "post", "script"), "refused")
    await context.close()


async def test_without_the_link_a_kind_page_says_how_to_get_in(browser: Browser, local: LocalPlatform) -> None:
    page = await browser.new_page()
    response = await page.goto(f"http://127.0.0.1:{local.port}/")
    assert response is not None
    assert response.status == 403
    await expect(page.get_by_role("heading", name="Nearly there")).to_be_visible()
