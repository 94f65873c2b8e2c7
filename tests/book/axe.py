"""Ask axe what on a page keeps people from reading or using it."""

from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import TimeoutError as PlaywrightTimeout

PACKAGE = Path(next(iter(find_spec("axe_playwright_python").submodule_search_locations)))
AXE = (PACKAGE / "axe.min.js").read_text("utf-8")
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Rules that axe itself calls experimental, and that the book keeps all the same.
EXPERIMENTAL = ("label-content-name-mismatch", "p-as-heading", "table-fake-caption")
FULLY = {
    "runOnly": {"type": "tag", "values": EVERYTHING},
    "rules": {name: {"enabled": True} for name in EXPERIMENTAL},
}
# Nothing else differs between light and dark, nor is hidden from the width of a desktop.
ON_A_DARK_PHONE = {
    "runOnly": {
        "type": "rule",
        "values": [
            "color-contrast",
            "link-in-text-block",
            "scrollable-region-focusable",
            "target-size",
            "region",
        ],
    }
}
# What is allowed, by its name and with the reason.
ALLOWED = {}

# Colours are what axe takes longest for, by far, and a page has thousands of words in few of them.
# So it judges three words of each kind: the same colour, size, weight and grounds behind them.
SAMPLE = """() => {
    const known = new Map([[null, ""]]), times = new Map();
    const grounds = e => {
        if (!known.has(e)) {
            const style = getComputedStyle(e), {backgroundColor, backgroundImage, position} = style;
            let own = backgroundColor === "rgba(0, 0, 0, 0)" ? "" : backgroundColor;
            if (backgroundImage !== "none") own += backgroundImage;
            if (style.opacity !== "1") own += `opacity ${style.opacity}`;
            if (!["static", "relative"].includes(position)) own += `${e.tagName} ${e.className}`;
            known.set(e, own ? `${grounds(e.parentElement)}/${own}` : grounds(e.parentElement));
        }
        return known.get(e);
    };
    for (const e of document.body.querySelectorAll("*")) {
        e.removeAttribute("data-sample");
        const writes = [...e.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!writes && !e.matches("input, select, textarea, button")) continue;
        if (!e.checkVisibility({visibilityProperty: true}) || e.offsetWidth === 1) continue;
        if (e.closest("mjx-assistive-mml, .visually-hidden, .sr-only")) continue;
        const {color, fontSize, fontWeight, textShadow} = getComputedStyle(e);
        const kind = [grounds(e), color, fontSize, fontWeight, textShadow].join();
        times.set(kind, (times.get(kind) ?? 0) + 1);
        if (times.get(kind) <= 3) e.setAttribute("data-sample", "");
    }
    axe.configure({rules: [{id: "color-contrast", selector: "[data-sample]"}]});
}"""
# Half of the elements of a page are the words of its code, each in a span: two of a kind will do.
THIN = """() => {
    const times = new Map();
    for (const word of document.querySelectorAll("div.highlight pre span[class]")) {
        times.set(word.className, (times.get(word.className) ?? 0) + 1);
        if (times.get(word.className) > 2) word.replaceWith(...word.childNodes);
    }
    document.body.normalize();
}"""
RUN = """async options => {
    const quickly = {resultTypes: ["violations"], preload: false, elementRef: false};
    const {violations} = await axe.run(document, {...quickly, ...options});
    return violations.flatMap(rule => rule.nodes.map(
        node => [rule.id, node.target.join(" "), node.failureSummary.slice(0, 300)]));
}"""
# What fades in has other colours meanwhile.
UNFOLD = """document.querySelectorAll("details").forEach(folded => folded.open = true);
    document.getAnimations().forEach(animation => animation.finish());"""
# The theme lets the keyboard reach what has come to scroll, a moment after the window has changed.
SCROLLING = "pre, .cell_output > .output, .pst-scrollable-table-container, mjx-container.MathJax"
REACHABLE = f"""[...document.querySelectorAll("{SCROLLING}")]
    .every(e => e.scrollWidth <= e.clientWidth || e.tabIndex === 0)"""


def violations(page, options=FULLY) -> list[list[str]]:
    """Return what axe finds, each with its rule, the element and why; all that is folded opens."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {AXE} }}")
    page.evaluate(UNFOLD)
    page.evaluate(THIN)
    page.evaluate(SAMPLE)
    with suppress(PlaywrightTimeout):
        # If it never comes to pass, axe will say where.
        page.wait_for_function(REACHABLE, timeout=2000)
    return [found for found in page.evaluate(RUN, options) if found[0] not in ALLOWED]
