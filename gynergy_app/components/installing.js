// Whether this browser offers to install the product: it says so once, early, and the offer is kept for later.
let offer = null;
const listeners = new Set();

const tell = (next) => {
  offer = next;
  listeners.forEach((listener) => listener());
};

if (typeof window !== "undefined") {
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    tell(event);
  });
  window.addEventListener("appinstalled", () => tell(null));
}

export const canInstall = () => offer !== null;

export function onOffer(listener) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The browser asks in its own words; an offer serves once. */
export async function install() {
  const asked = offer;
  tell(null);
  await asked?.prompt();
}

export const isInstalled = () =>
  window.matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

/** iPhone and iPad install from the share menu and show notices nowhere else. */
export const isApple = () =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
