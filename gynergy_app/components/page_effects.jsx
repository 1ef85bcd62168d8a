// What every page needs from the browser and the server cannot know. Draws nothing.
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

import { answered, sent } from "./first_problem.js";
import { arrive, leaveWithout, mustAsk } from "./leaving.js";

const FOCUS_TRIES = 20;

// A page that is still being brought in cannot take the focus yet: try until it has it, or somebody took it elsewhere.
function focusHeading(triesLeft = FOCUS_TRIES) {
  const target = document.querySelector("main h1") ?? (triesLeft ? null : document.querySelector("main"));
  target?.setAttribute("tabindex", "-1");
  target?.focus({ preventScroll: true });
  const isDone = target && document.activeElement === target;
  const isFree = !document.activeElement?.isConnected || document.activeElement === document.body;
  if (!isDone && triesLeft > 0 && (isFree || !target)) setTimeout(() => focusHeading(triesLeft - 1), 50);
}

// Arrow keys move inside [data-roving] among its [data-stop] elements; only one of them is in the tab order.
function roam(event) {
  const group = event.target.closest?.("[data-roving]");
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!group || !event.target.closest("[data-stop]")) return;
  const stops = [...group.querySelectorAll("[data-stop]")];
  const here = stops.indexOf(event.target.closest("[data-stop]"));
  const next = { Home: 0, End: stops.length - 1 }[event.key] ?? (here + step + stops.length) % stops.length;
  if (!stops[next]) return;
  event.preventDefault();
  stops.forEach((stop, i) => stop.setAttribute("tabindex", i === next ? "0" : "-1"));
  stops[next].focus();
  if (group.dataset.roving === "select") stops[next].click();
}

// A native form that leaves the page: its button says so. Coming back with the browser's arrow frees it again.
function leave(event) {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (mustAsk(event.target)) return event.preventDefault();
  event.submitter?.setAttribute("aria-busy", "true");
}
function comeBack(event) {
  if (!event.persisted) return;
  arrive();
  document.querySelectorAll("form [aria-busy=true]").forEach((b) => b.setAttribute("aria-busy", "false"));
}

// `command` attributes for browsers that do not know them yet.
function command(event) {
  if ("commandForElement" in HTMLButtonElement.prototype) return;
  const button = event.target.closest?.("button[commandfor]");
  const dialog = button && document.getElementById(button.getAttribute("commandfor"));
  if (dialog) button.getAttribute("command") === "close" ? dialog.close() : dialog.showModal();
}

// On a phone the keyboard takes a third of the screen from the visual viewport.
function watchKeyboard() {
  const view = window.visualViewport;
  const report = () => {
    const isOpen = window.innerHeight - view.height > 150;
    document.documentElement.dataset.keyboard = isOpen ? "open" : "closed";
  };
  view?.addEventListener("resize", report);
  return () => view?.removeEventListener("resize", report);
}

// A browser offers to install the product once, early; Preferences takes the offer up.
function keepOffer(event) {
  event.preventDefault();
  window.installOffer = event;
}

export function PageEffects() {
  const { pathname } = useLocation();
  const last = useRef(pathname);

  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    focusHeading();
  }, [pathname]);

  useEffect(() => {
    const heard = [["keydown", roam], ["submit", leave], ["submit", sent], ["click", command], ["click", leaveWithout]];
    heard.forEach(([name, listener]) => document.addEventListener(name, listener));
    window.addEventListener("pageshow", comeBack);
    window.addEventListener("beforeinstallprompt", keepOffer);
    arrive();
    answered();
    navigator.serviceWorker?.register("/sw.js").catch(() => {});
    const stopWatching = watchKeyboard();
    return () => {
      heard.forEach(([name, listener]) => document.removeEventListener(name, listener));
      window.removeEventListener("pageshow", comeBack);
      window.removeEventListener("beforeinstallprompt", keepOffer);
      stopWatching();
    };
  }, []);
  return null;
}
