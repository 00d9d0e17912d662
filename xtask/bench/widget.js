/*
 * Runs in the page and in the chat's frame before anything of theirs, for `cargo xtask bench widget`. Times are in
 * milliseconds since 1970, so that both can be compared.
 */
(() => {
  const now = (time = performance.now()) => performance.timeOrigin + time;
  const own = (window.hoiBench = { blocked: 0, shifted: 0, keys: [] });

  const watch = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  watch("longtask", (entry) => (own.blocked += entry.duration - 50));
  // What moves before anything was painted, nobody sees.
  const seen = (entry) => performance.getEntriesByType("paint").some((paint) => paint.startTime <= entry.startTime);
  watch("layout-shift", (entry) => (own.shifted += entry.hadRecentInput || !seen(entry) ? 0 : entry.value));

  /** Notes under `name` the first frame from now on in which `holds`. */
  own.when = (name, holds) => {
    delete own[name];
    const look = () => (holds() ? (own[name] = now()) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  };

  /** Bytes of every memory that wasm has here. It is no part of the JavaScript heap. */
  own.memory = () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const make = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await make(...given);
      const parts = Object.values(made.instance.exports);
      parts.filter((part) => part instanceof WebAssembly.Memory).forEach((part) => memories.add(part));
      return made;
    };
  }

  addEventListener("click", (event) => (own.clicked = now(event.timeStamp)), true);
  addEventListener(
    "keydown",
    (event) => {
      own.pressed = now(event.timeStamp);
      // The first task after the next frame: what the key has done is on the screen.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => own.keys.push(performance.now() - event.timeStamp);
      requestAnimationFrame(() => port2.postMessage(0));
    },
    true
  );

  if (top === window) {
    let opened = false;
    addEventListener("hoi:opened", () => (opened = true));
    own.when("launcher", () => window.Hoi && Hoi.version === 1);
    own.when("opened", () => opened);
  } else {
    // When the list was last seen to have another length.
    let length = 0;
    own.when("never", () => {
      const found = document.querySelectorAll(".hoi-message").length;
      if (found !== length) own.grown = now();
      length = found;
    });
    // Shown, enabled, and a click at its middle would reach it.
    own.when("usable", () => {
      // Before anything is drawn, to look would be to lay out a page without its style sheet.
      if (!performance.getEntriesByType("paint").length) return false;
      const field = document.querySelector("textarea");
      const { x, y, width, height } = field ? field.getBoundingClientRect() : { height: 0 };
      return height > 0 && !field.disabled && document.elementFromPoint(x + width / 2, y + height / 2) === field;
    });
  }
})();
