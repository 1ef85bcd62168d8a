// Registers the service worker of built pages. While developing there is none: every change must be seen at once.
// Draws nothing.
import { useEffect } from "react";

import "./installing.js";

const LEAVING = ["/auth/sign-out", "/auth/sign-out-everywhere"];

async function begin(seen) {
  const registration = await navigator.serviceWorker.register("/sw.js");
  seen.subscription = (await registration.pushManager?.getSubscription()) ?? null;
}

export function ServiceWorker() {
  useEffect(() => {
    if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
    const seen = { subscription: null };
    begin(seen).catch(() => {});
    // Found beforehand: the page is gone a moment after a form is sent. Whoever signs in next has reminders of her own.
    const leave = ({ target }) => {
      if (LEAVING.includes(new URL(target.action, location.origin).pathname)) seen.subscription?.unsubscribe();
    };
    document.addEventListener("submit", leave);
    return () => document.removeEventListener("submit", leave);
  }, []);
  return null;
}
