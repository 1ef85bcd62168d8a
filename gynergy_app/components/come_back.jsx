// A socket keeps the cookie it was opened with. When somebody has signed in again in another tab or window, the line is
// opened anew, so that it carries the new cookie: at once, in case she came back before this tab knew of it, and
// whenever she comes back later. What stands on the page stays.
import { useEffect } from "react";

import { reopenLine } from "./reopen_line.js";

export function ComeBack({ hasEnded }) {
  useEffect(() => {
    if (!hasEnded) return;
    reopenLine();
    const look = (event) => event.isTrusted && document.visibilityState === "visible" && reopenLine();
    document.addEventListener("visibilitychange", look);
    // Two windows side by side: neither is ever hidden.
    window.addEventListener("focus", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("focus", look);
    };
  }, [hasEnded]);
  return null;
}
