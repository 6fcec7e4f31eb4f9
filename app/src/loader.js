const root = document.documentElement.dataset;
const starts = ["pointerdown", "keydown", "touchstart", "focusin"];
let started = false;
const dead = (why) => {
  // A stopped app must not hold back a link or a form any longer.
  if (!(why instanceof WebAssembly.RuntimeError) || root.wasm === "dead") return;
  root.wasm = "dead";
  console.error("the app stopped; the page goes on without it", why);
  delete root.klaar;
  for (const kind of ["click", "submit", "change", "input", "keydown"])
    addEventListener(kind, (event) => event.stopImmediatePropagation(), true);
  addEventListener("popstate", () => location.reload());
};
addEventListener("error", (event) => dead(event.error));
addEventListener("unhandledrejection", (event) => dead(event.reason));
const start = () => {
  if (started) return;
  started = true;
  for (const kind of starts) removeEventListener(kind, start, true);
  import("__JS__")
    .then((app) => app.default({ module_or_path: "__WASM__" }).then(() => app.hydrate()))
    .then(() => {
      root.wasm = "ready";
      root.klaar = "";
      // From here on the app fetches pages itself.
      document.querySelector("script[type=speculationrules]")?.remove();
    })
    .catch((why) => {
      root.wasm = "failed";
      dead(why);
    });
};
for (const kind of starts) addEventListener(kind, start, { capture: true, passive: true });
const rest = () => (window.requestIdleCallback ? requestIdleCallback(start, { timeout: 3000 }) : setTimeout(start, 200));
if (document.readyState === "complete") rest();
else addEventListener("load", rest, { once: true });
