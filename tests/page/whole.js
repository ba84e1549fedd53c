/** What a view shows that cannot be read or reached; each is given to Playwright by its name (tests/page/whole.py). */
({
  /** Every text and control is brought into view and asked for at three places: what answers there must be itself, what it is in, or what is in it. */
  faults: async () => {
  const name = (e) => `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""}.${[...e.classList].join(".")} "${(e.textContent || "").trim().slice(0, 30)}"`;
  const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getBoundingClientRect().width > 2 && !e.closest(".unseen-text, [inert], .toast");
  const texts = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const controls = "button, a, input, select, textarea, summary, video, .checks";
  const every = [...document.querySelectorAll("body *")].filter((e) => !(e instanceof SVGElement) && (e.matches(controls) || texts(e)) && shown(e));
  const faults = [];
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1) faults.push(`the page is wider than the screen: ${every.filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map(name).slice(0, 3)}`);
  for (const e of every) {
    const style = getComputedStyle(e);
    const dots = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
    const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
    if (hides && !dots && !e.matches("input, video") && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2)) faults.push(`text is cut: ${name(e)}`);
    e.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = e.getBoundingClientRect();
    if (box.left < -1 || box.right > innerWidth + 1) { faults.push(`sticks out at a side: ${name(e)}`); continue; }
    for (let up = e.parentElement; up && up !== document.body; up = up.parentElement) {
      const around = getComputedStyle(up), frame = up.getBoundingClientRect();
      const across = around.overflowX !== "visible" && (box.left < frame.left - 2 || box.right > frame.right + 2);
      const down = ["hidden", "clip"].includes(around.overflowY) && (box.top < frame.top - 2 || box.bottom > frame.bottom + 2);
      if ((across || down) && !dots && around.textOverflow !== "ellipsis") { faults.push(`is cut by ${name(up)}: ${name(e)}`); break; }
    }
    if (style.pointerEvents === "none" || e.disabled) continue;
    const x = Math.min(innerWidth - 2, box.left + box.width / 2);
    const high = Math.min(box.height, 300);
    const covers = [0.3, 0.5, 0.7].map((share) => document.elementFromPoint(x, box.top + share * high)).filter((top) => !top || !(e.contains(top) || top.contains(e)));
    if (covers.length > (e.matches("video") ? 2 : 0)) faults.push(`is covered by ${covers[0] ? name(covers[0]) : "the edge of the screen"}: ${name(e)}`);
  }
  scrollTo(0, 0);
  document.querySelectorAll(".panel, .main, .lesson-words").forEach((e) => { e.scrollTop = 0; });
  return [...new Set(faults)];
},
  /** What lies outside of the screen or under the foot, without any scrolling. */
  hidden: (which) => {
  const foot = document.querySelector(".foot")?.getBoundingClientRect().top ?? innerHeight;
  return [...document.querySelectorAll(which)].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && !e.closest(".unseen-text") && (box.top < -1 || box.bottom > (e.closest(".foot") ? innerHeight : foot) + 1);
  }).map((e) => e.id || e.className || e.tagName);
},
  /** How large letters are on the screen, px. */
  sizes: (which) => which.flatMap((one) => [...document.querySelectorAll(one)].map((e) => {
  const svg = e.ownerSVGElement ?? (e instanceof SVGElement ? e : null);
  const scale = svg ? svg.getBoundingClientRect().width / (svg.viewBox.baseVal.width || 1) : 1;
  return [one, Math.round(parseFloat(getComputedStyle(e).fontSize) * scale)];
})),
})
