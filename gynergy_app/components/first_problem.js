// A form that came back with something wrong: the keyboard goes to the first field that says so, or to the sentence
// about all of it. A form of ours answers on the page it was sent from, whether or not that page was loaded anew.

const SENT = "sent-from";
const WAITS_MS = 8000;
const SETTLES_MS = 400;

const wrong = () => document.querySelector("main [aria-invalid=true], dialog[open] [aria-invalid=true]");
const news = () => document.querySelector("main [data-news]");

function lookAt(element) {
  element.focus({ preventScroll: true });
  // At once: a page that still moves takes the next press somewhere else.
  (element.closest(".field") ?? element).scrollIntoView({ block: "nearest" });
}

// What stood there before counts again only when the answer has had time to take it away.
function watch(before) {
  const done = () => (seen.disconnect(), clearTimeout(late), clearTimeout(stop));
  const find = () => {
    const found = wrong() ?? news();
    if (found && found !== before) done(), lookAt(found);
  };
  const seen = new MutationObserver(() => requestAnimationFrame(find));
  seen.observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-invalid"] });
  const late = before && setTimeout(() => wrong() === before && (done(), lookAt(before)), SETTLES_MS);
  const stop = setTimeout(done, WAITS_MS);
  if (!before) find();
  document.addEventListener("keydown", done, { once: true });
  document.addEventListener("pointerdown", done, { once: true });
}

/** For every form on its way out, the ones that leave the page too. */
export function sent(event) {
  if (event.target.closest?.("[data-minds-itself]")) return;
  if (event.target.method === "post" && !event.defaultPrevented) sessionStorage.setItem(SENT, location.pathname);
  else watch(wrong());
}

/** A page was loaded: perhaps with the answer to its own form. */
export function answered() {
  const from = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (from === location.pathname) watch(null);
}
