// Signing out takes a member's words off this device. Those that are nowhere else are asked about first.

const DRAFTS = "gynergy.draft.";
const LEAVING = "gynergy.leaving";
let asked = null;
let isAnswered = false;

const held = (writer) => Object.keys(localStorage).filter((key) => key.startsWith(`${DRAFTS}${writer}.`));

/** True while this form has to wait for an answer. */
export function mustAsk(form) {
  const dialog = document.getElementById("leaving");
  if (!dialog || !new URL(form.action).pathname.startsWith("/auth/sign-out")) return false;
  try {
    if (isAnswered || !held(dialog.dataset.writer).length) {
      sessionStorage.setItem(LEAVING, dialog.dataset.writer);
      return false;
    }
  } catch {
    return false; // A storage that may not be touched holds nothing of ours.
  }
  asked = form;
  dialog.showModal();
  return true;
}

export function leaveWithout(event) {
  if (!event.target.closest?.("[data-leave]")) return;
  isAnswered = true;
  asked.requestSubmit();
}

/** Only a sign-out that came through removes anything: one that failed leads back to where the words are. */
export function arrive() {
  isAnswered = false;
  try {
    const writer = sessionStorage.getItem(LEAVING);
    sessionStorage.removeItem(LEAVING);
    if (writer && location.pathname === "/sign-in") held(writer).forEach((key) => localStorage.removeItem(key));
  } catch {
    // As above.
  }
}
