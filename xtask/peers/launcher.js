// Where the launcher is, and what is wrong with that. An expression: its value is read by xtask/src/peers/web/visit.rs.
(() => {
  const host = [...document.querySelectorAll("*")].find((each) => each.shadowRoot && each.shadowRoot.querySelector("button.b"));
  if (!host) return { wrong: ["the page has no launcher"] };
  const launcher = host.shadowRoot.querySelector("button.b");
  const panel = host.shadowRoot.querySelector(".p");
  const box = launcher.getBoundingClientRect();
  const [width, height] = [document.documentElement.clientWidth, innerHeight];
  const wrong = [];
  const name = (each) =>
    each.localName + (each.id ? "#" + each.id : "") + (typeof each.className === "string" && each.className ? "." + each.className.trim().split(/\s+/).join(".") : "");
  const inside = (it) => it.left >= 0 && it.top >= 0 && it.right <= width + 1 && it.bottom <= height + 1;

  if (!inside(box)) wrong.push(`the launcher is not in the window: ${JSON.stringify(box)} of ${width} × ${height}`);
  if (box.width < 44 || box.height < 44) wrong.push(`the launcher is too small to press: ${box.width} × ${box.height}`);
  const center = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const top = document.elementFromPoint(...center);
  if (top !== host) wrong.push("the launcher lies under " + (top ? name(top) : "nothing"));

  // What holds an element in the window while the page scrolls: something fixed, or something sticky that has reached the lower edge.
  const parent = (each) => each.parentElement || (each.getRootNode() instanceof ShadowRoot ? each.getRootNode().host : null);
  const holder = (each) => {
    for (let it = each; it; it = parent(it)) {
      const { position } = getComputedStyle(it);
      if (position === "fixed" || (position === "sticky" && it.getBoundingClientRect().bottom >= height - 1)) return it;
    }
    return null;
  };
  // A dialog's layer fills the window: it can't but be covered. What can be pressed in it must not be.
  const fills = (each) => {
    const it = each.getBoundingClientRect();
    return it.width >= width * 0.95 && it.height >= height * 0.95;
  };
  const pressable = "a[href], button, input, select, textarea, label, summary, [role=button], [role=tab], [role=checkbox]";
  const covered = new Set();
  for (let i = 0; i <= 6; i++) {
    for (let j = 0; j <= 6; j++) {
      const [x, y] = [box.left + 1 + ((box.width - 2) * i) / 6, box.top + 1 + ((box.height - 2) * j) / 6];
      for (const each of document.elementsFromPoint(x, y)) {
        const held = each !== host && each !== document.documentElement && each !== document.body && holder(each);
        if (held && (!fills(held) || each.closest(pressable))) covered.add(name(fills(held) ? each.closest(pressable) : held));
        // What lies behind a dialog's layer can't be pressed anyway.
        if (held && fills(each)) break;
      }
    }
  }
  if (covered.size) wrong.push("the launcher covers " + [...covered].join(", "));
  const away = box.width === 0 || (!!top && top !== host);
  return { wrong, away, center, above: height - box.bottom, panelInside: inside(panel.getBoundingClientRect()) };
})()
