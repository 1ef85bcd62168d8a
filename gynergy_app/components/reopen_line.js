// Closes the socket and opens it anew: with the cookie of this moment, and loading the page again. Words stay.
export function reopenLine() {
  window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  document.dispatchEvent(new Event("visibilitychange"));
}
