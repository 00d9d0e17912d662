/*
 * Finds the launcher's place beside what the page keeps in that corner: a bar, a banner, a button of somebody else's. What scrolls
 * away is nobody's concern. The loader fetches this file only where something seems to be there, and then calls what it gives
 * whenever the page has done something.
 */

/** How far the launcher stays from it, in pixels. */
const GAP = 8;
/** The least that can be pressed is wider: nothing fits between two places that are looked at. */
const STEP = 22;
const CONTROLS = "a,button,input,select,textarea,label,summary,[role=button],[tabindex='0']";
const FIELDS = "input,select,textarea,[contenteditable]";

/** The loader's style sheet goes without what few pages need. The widths are its own. */
const STYLE = `
.b { inset-block-end: calc(var(--y) + var(--hoi-lift, 0px)) }
[data-launcher=small] .b { min-inline-size: 40px; min-block-size: 40px; padding: 0 6px }
@media (min-width: 30.01em) and (min-height: 26.26em) {
  .p {
    --l: min(var(--hoi-lift, 0px), max(0px, 100vh - 32em));
    inset-block-end: calc(var(--y) + 68px + var(--l));
    block-size: min(45em, 100vh - 116px - var(--l));
    block-size: min(45em, 100dvh - 116px - var(--l));
  }
}`;

// A form bears its fields' names, which anybody may have written.
const ofPage = (name) => Reflect.get(Document.prototype, name, document);
const get = (element, name) => Reflect.get(Element.prototype, name, element);
const call = (element, name, value) => get(element, name).call(element, value);
const boxOf = (element) => call(element, "getBoundingClientRect");

/**
 * Gives what places the launcher anew and says in which window of the page it belongs, if one shuts out the rest of the page. Asked
 * with anything but `false`, it gives that back: an open panel stays where it is. `aside` is the tag's setting.
 */
export function follow(launcher, wrap, host, aside) {
  const { launcher: kind, position } = wrap.dataset;
  const other = position === "start" ? "end" : "start";
  const root = wrap.getRootNode();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const fixed = kind === "tab" || aside === "off";
  return (kept) => {
    const modal = kept === false ? topModal(host) : kept;
    const free = fixed || PLACES.some((place) => isFree(place));
    // What has the focus stays where it is.
    launcher.style.visibility = free || root.activeElement === launcher ? "" : "hidden";
    // What is shut out with the rest of the page hears no press and is not found: it must not look as if it did.
    const { left, top, width, height } = boxOf(launcher);
    const lives = modal || !free || !width || found(left + width / 2, top + height / 2).includes(host);
    launcher.style.opacity = lives ? "" : 0.4;
    return modal;
  };

  /** Whether the launcher can be there, raised as far as it takes; it is there afterwards. */
  function isFree({ across, small, loose }) {
    wrap.dataset.position = across ? other : position;
    wrap.dataset.launcher = small ? "small" : kind;
    let lift = 0;
    for (let tries = 0; tries < 12; tries++) {
      wrap.style.setProperty("--hoi-lift", `${lift}px`);
      const box = boxOf(launcher);
      if (!box.width) return true;
      // Its middle is never above the window's.
      if (box.top + box.bottom < innerHeight) return false;
      const top = topInTheWay(box, host, loose);
      if (top === Infinity) return true;
      lift += box.bottom + GAP - top;
    }
    return false;
  }
}

/** Best first: beside bars and buttons; smaller; at last only beside what of them can be pressed. */
const PLACES = [
  {},
  { across: true },
  { small: true },
  { small: true, across: true },
  { loose: true },
  { loose: true, small: true },
  { loose: true, small: true, across: true },
];

/**
 * The page's window that shuts out the rest of the page; the last, if one was opened from another. One in a tree of the page's own
 * making is found where its backdrop is.
 */
function topModal(host) {
  const dialogs = [...ofPage("getElementsByTagName").call(document, "dialog")];
  const behind = hitAt(1, 1, host);
  return [behind && call(behind, "closest", "dialog"), ...dialogs].filter(isModal).pop() || null;
}

/** Whether `element` shuts out the rest of the page, to a browser that knows the word. */
function isModal(element) {
  try {
    return element && call(element, "matches", ":modal");
  } catch (unknown) {
    return false;
  }
}

/** Where begins the highest thing that is in the way of a launcher in that box. */
function topInTheWay(box, host, loose) {
  const [left, top, right, bottom] = [box.left - GAP, box.top - GAP, box.right + GAP, box.bottom + GAP];
  const tops = [];
  for (let x = left; x < right; x += STEP) {
    for (let y = top; y < bottom; y += STEP) tops.push(topAt(x, y, host, loose));
    tops.push(topAt(x, bottom - 1, host, loose));
  }
  const field = ofPage("activeElement");
  if (field && call(field, "matches", FIELDS)) {
    const own = boxOf(field);
    if (own.left < right && own.right > left && own.top < bottom && own.bottom > top) tops.push(own.top);
  }
  return Math.min(...tops);
}

/** The same at one point. What is higher than half the window is no bar but the page itself; then only its controls count. */
function topAt(x, y, host, loose) {
  const page = ofPage("documentElement");
  const hit = hitAt(x, y, host);
  if (!hit || hit === page) return Infinity;
  const hitBox = boxOf(hit);
  // The box of something in a tree that nobody sees into.
  if (!hitBox.width || !hitBox.height) return y;
  let bar;
  let outermost;
  let stays = false;
  let scrolls = false;
  for (let each = hit; each; each = parentOf(each)) {
    const { position, bottom, overflowY } = getComputedStyle(each);
    const box = boxOf(each);
    // A modal window is found wherever its backdrop is.
    const holds = box.height <= innerHeight / 2 && box.top <= y && y <= box.bottom && box.left <= x && x <= box.right;
    if (holds && !stays) outermost = box;
    if (position === "fixed" || (position === "sticky" && bottom !== "auto")) {
      stays = true;
      bar = holds ? box : scrolls ? bar : outermost;
    } else if (!stays && each !== page) {
      scrolls ||= /auto|scroll/.test(overflowY) && get(each, "scrollHeight") > get(each, "clientHeight");
    }
  }
  if (bar && !loose) return bar.top;
  const still = stays || (!loose && page.scrollHeight <= page.clientHeight);
  const control = still && !scrolls && call(hit, "closest", CONTROLS);
  return control ? boxOf(control).top : Infinity;
}

/** What is on top there, but for us; inside of elements of the page's own making, too. */
function hitAt(x, y, host) {
  let hit = found(x, y).find((each) => each !== host);
  for (let tree = hit && get(hit, "shadowRoot"); tree; tree = get(hit, "shadowRoot")) {
    const inner = tree.elementsFromPoint(x, y).find((each) => each !== host && call(each, "getRootNode") === tree);
    if (!inner) break;
    hit = inner;
  }
  return hit;
}

function found(x, y) {
  return ofPage("elementsFromPoint").call(document, x, y);
}

function parentOf(element) {
  const slot = get(element, "assignedSlot");
  return slot || get(element, "parentElement") || call(element, "getRootNode").host;
}
