"""What is asked of every page, while it is open once: each look returns the faults that it finds.

To open a page takes as long as most looks, so `LOOKS` are all taken at one visit.
"""

from axe import ON_A_DARK_PHONE, violations
from browsing import DESKTOP, PHONE

# What a page may cost over the wire, everything it shows included: for who has seen no page of the
# book, and for who has seen one with formulas and sliders.
FIRST_VISIT, NEXT_VISIT = 1_500_000, 400_000
# The head of an answer, as the browser itself reckons it.
HEAD = 300
# What such a reader has already; `see` fills it.
SEEN: set[str] = set()


def formulas(page) -> list[str]:
    """Find what MathJax has not set, or not understood."""
    written = page.locator("article .math").count()
    drawn = page.locator("article mjx-container").count()
    faults = [f"{written} formulas, and {drawn} drawn"] if drawn < written else []
    wrong = page.locator("article mjx-merror").count()
    return faults + ([f"{wrong} formulas that MathJax does not know"] if wrong else [])


def pictures(page) -> list[str]:
    """Find pictures that do not show; all are fetched, near or not."""
    return [f"does not show: {source}" for source in page.evaluate(BROKEN)]


BROKEN = """(async () => {
    const pictures = [...document.querySelectorAll("article img, .sidebar-primary-item img")];
    pictures.forEach(picture => picture.loading = "eager");
    await Promise.allSettled(pictures.map(picture => picture.decode()));
    return pictures.filter(picture => !picture.naturalWidth).map(picture => picture.src);
})()"""


def charts(page) -> list[str]:
    """Find figures with sliders that do not come to life in place of their still pictures."""
    if not page.locator(".explorable").count():
        return []
    page.wait_for_function(ALL_ALIVE)
    page.evaluate("scrollTo(0, 0)")
    return page.evaluate(CHARTS)


ALL_ALIVE = """() => {
    const all = [...document.querySelectorAll(".explorable")];
    all.find((one) => !one.view)?.parentElement.scrollIntoView();
    return all.every((one) => one.view);
}"""
CHARTS = """[...document.querySelectorAll(".explorable")].flatMap((one, n) => {
    const figure = one.parentElement, still = figure.querySelector("img");
    const place = one.querySelector(".explorable-chart");
    const controls = [...one.querySelectorAll(".explorable-controls :is(input, select)")];
    return Object.entries({
        "draws next to nothing": one.querySelectorAll("svg path").length <= 5,
        "leaves its still picture there": still.checkVisibility(),
        "has lost its caption": !figure.querySelector("figcaption").checkVisibility(),
        "is no picture to a screen reader": place.getAttribute("role") !== "img",
        "has not its picture's words": place.getAttribute("aria-label") !== still.alt,
        "has no sliders": !controls.length,
        "has a slider with no label": controls.some(control => control.labels.length !== 1),
    }).filter(([, wrong]) => wrong).map(([what]) => `chart ${n + 1} ${what}`);
})"""


def weight(page) -> list[str]:
    """Find out whether a page is too heavy; all that it shows has come by now."""
    first, following = visits(page)
    faults = [f"first visit: {first} bytes"] if first > FIRST_VISIT else []
    return faults + ([f"next visit: {following} bytes"] if following > NEXT_VISIT else [])


def visits(page) -> tuple[int, int]:
    """Return how many bytes come at a first visit, and when what pages share is there."""
    sizes = {url: size + HEAD for url, size in page.evaluate(SIZES)}
    return sum(sizes.values()), sum(size for url, size in sizes.items() if url not in SEEN)


def see(page) -> None:
    """Have a reader know one page, and what it shares with others."""
    SEEN.clear()
    SEEN.update(url for url, _ in page.evaluate(SIZES) if "static/" in url)


# Packed as it comes over the wire, even if it was kept from another page.
SIZES = """["navigation", "resource"].flatMap(type => performance.getEntriesByType(type))
    .map(entry => [entry.name, entry.encodedBodySize])"""


def width(page) -> list[str]:
    """Find what reaches beyond the window, or is cut off there without a way to scroll."""
    room = page.viewport_size["width"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    faults = [f"{wide} pixels wide: {page.evaluate(WIDEST)}"] if wide > room else []
    return faults + [f"cut off at {room} pixels: {what}" for what in page.evaluate(CUT_OFF)]


CUT_OFF = """[...document.querySelectorAll("article *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility())
    // A drawing clips what is in it.
    .filter(e => !e.ownerSVGElement)
    .filter(e => {
        for (let box = e; box.tagName !== "ARTICLE"; box = box.parentElement) {
            const style = getComputedStyle(box);
            if (["auto", "scroll"].includes(style.overflowX) || style.clipPath !== "none"
                || box.tagName === "MJX-ASSISTIVE-MML") return false;
        }
        return true;
    })
    .map(e => e.tagName + "." + e.className).slice(0, 5)"""
WIDEST = """[...document.querySelectorAll("article *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth)
    .map(e => e.tagName + "." + e.className).slice(0, 5)"""


def labels(page) -> list[str]:
    """Find folded cells that say nothing, or both what opens and what folds them."""
    return page.evaluate(LABELS)


LABELS = """[...document.querySelectorAll("details.hide > summary")].map(
    summary => [...summary.children].filter(label => label.checkVisibility()).length
).flatMap((shown, n) => shown === 1 ? [] : [`folded cell ${n + 1} shows ${shown} labels`])"""


def solutions(page) -> list[str]:
    """Find solutions that are not folded, or that the keyboard does not open."""
    faults = []
    for number, solution in enumerate(page.locator(".tag_solution details").all(), 1):
        code = solution.locator("div.highlight").first
        if code.is_visible():
            faults.append(f"solution {number} is not folded")
            continue
        solution.locator("summary").first.focus()
        page.keyboard.press("Enter")
        if not code.is_visible():
            faults.append(f"solution {number} does not open")
    return faults


def barriers(page) -> list[str]:
    """Find what keeps people from reading the page; everything that is folded opens."""
    return [": ".join(found) for found in violations(page)]


def on_a_dark_phone(page) -> list[str]:
    """Look at the page as it is on a telephone, in dark colours."""
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    _resize(page, PHONE)
    faults = width(page) + [": ".join(found) for found in violations(page, ON_A_DARK_PHONE)]
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    _resize(page, DESKTOP)
    return faults


def on_paper(page) -> list[str]:
    """Find figures with sliders that are printed, instead of their still pictures."""
    page.emulate_media(media="print")
    faults = page.evaluate(PRINTED)
    page.emulate_media(media="screen")
    return faults


PRINTED = """[...document.querySelectorAll(".explorable")].flatMap((one, n) =>
    one.checkVisibility() || !one.parentElement.querySelector("img").checkVisibility()
        ? [`chart ${n + 1} is printed`] : [])"""


def _resize(page, size) -> None:
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


LOOKS = (
    formulas,
    pictures,
    charts,
    weight,
    width,
    labels,
    solutions,
    labels,
    barriers,
    on_a_dark_phone,
    on_paper,
)
