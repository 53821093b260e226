/* Returns what axe finds in the page as it stands, as [rule and element, …] and the looks of text
   whose contrast was found right.

   Contrast takes axe more time than all its other rules together, and the text of a council's pages
   looks alike: it is measured once for each look. The look of a text is its style and the style of
   all that it stands in. Text that something placed freely may cover, or lie below, has no look:
   it is measured on each page. */
async ({ options, measured }) => {
  const OWN = ["color", "font-size", "font-weight", "text-shadow", "-webkit-text-fill-color"];
  const ABOVE = [
    "background-color", "background-image", "opacity", "filter", "mix-blend-mode", "box-shadow",
    "backdrop-filter", "mask-image", "-webkit-background-clip",
  ];
  const FIELDS = "button, select, textarea, input:not([type=hidden])";
  const known = new Set(measured ?? []);
  const chains = new Map();
  const freely = [];

  const values = (style, names) => names.map((name) => style.getPropertyValue(name)).join();
  const behind = (element, part) => {
    const style = getComputedStyle(element, part);
    return style.content === "none" ? "" : style.content + style.position + values(style, ABOVE);
  };
  const isFree = (style) =>
    /absolute|fixed|sticky/.test(style.position) ||
    [style.translate, style.transform, style.float].some((value) => value !== "none") ||
    [style.marginTop, style.marginRight, style.marginBottom, style.marginLeft].some((margin) => parseFloat(margin) < -5) ||
    (style.position === "relative" && /[1-9]/.test(style.inset));

  /* For screen readers only: it covers nothing, and has no colour. */
  const isUnseen = (style) => style.position === "absolute" && style.clipPath === "inset(50%)";

  const chain = (element) => {
    if (!element) return "";
    if (!chains.has(element)) {
      const style = getComputedStyle(element);
      const parts = behind(element, "::before") + behind(element, "::after");
      chains.set(element, hash(chain(element.parentElement) + values(style, ABOVE) + parts));
      if (isFree(style) && !isUnseen(style)) freely.push(element);
    }
    return chains.get(element);
  };
  const hash = (text) => {
    let [one, two] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      one = Math.imul(one ^ code, 2654435761);
      two = Math.imul(two ^ code, 1597334677);
    }
    return `${(one >>> 0).toString(36)}${(two >>> 0).toString(36)}`;
  };
  /* axe says nothing of the contrast of a single sign. */
  const words = (element) =>
    [...element.childNodes].map((node) => (node.nodeType === 3 ? node.data.trim() : "")).join("");
  const look = (element) => {
    const own = values(getComputedStyle(element), OWN) + element.matches(FIELDS);
    return hash(chain(element) + own + (words(element).length > 1));
  };
  const meets = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

  const looks = () => {
    const texts = [...document.body.querySelectorAll("*")].filter(
      (element) => (words(element) || element.matches(FIELDS)) &&
        element.checkVisibility() &&
        !element.closest(".govuk-visually-hidden, .govuk-skip-link:not(:focus)"),
    );
    const found = new Map(texts.map((element) => [element, look(element)]));
    const boxes = freely.map((element) => [element, element.getBoundingClientRect()]);
    for (const element of texts) {
      const box = element.getBoundingClientRect();
      if (element.closest("svg") || boxes.some(([free, other]) => free.contains(element) || meets(box, other)))
        found.set(element, "");
    }
    return found;
  };

  const described = (results) =>
    results.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`));
  const contrast = async () => {
    const found = looks();
    const include = [...found].filter(([, one]) => !known.has(one)).map(([element]) => element);
    if (!include.length) return [[], []];
    const results = await axe.run(
      { include },
      { runOnly: ["color-contrast"], resultTypes: ["violations", "passes", "incomplete"], elementRef: true },
    );
    const right = [...results.passes, ...results.incomplete].flatMap((rule) => rule.nodes);
    return [described(results), right.map((node) => found.get(node.element)).filter(Boolean)];
  };

  const others = described(await axe.run(options));
  const [faint, right] = measured ? await contrast() : [[], []];
  return [[...others, ...faint], [...new Set(right)]];
}
