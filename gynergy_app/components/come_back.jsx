// A socket keeps the cookie it was opened with. When somebody has signed in again in another tab and comes back to
// this one, the line is opened anew, so that it carries the new cookie. What stands on the page stays.
import { useEffect } from "react";

function reopenLine() {
  window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  document.dispatchEvent(new Event("visibilitychange"));
}

export function ComeBack({ hasEnded }) {
  useEffect(() => {
    if (!hasEnded) return;
    const look = (event) => event.isTrusted && document.visibilityState === "visible" && reopenLine();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [hasEnded]);
  return null;
}
