// On a phone the browser's own Back and Forward turn the questions. All entries of a page share the router's number
// and address, so the router need not hear of them; `path` is what Back leads through, and a reload finds it again.

const pathHere = () => history.state?.path ?? [1];

/** The question this entry of the history was left at. */
export const questionLeft = () => pathHere().at(-1);

/** True when the browser goes there by itself: a question on the way here is not entered twice. */
export function enter(question) {
  const path = pathHere();
  const stepsBack = path.indexOf(question) + 1 - path.length;
  if (path.includes(question) && stepsBack) {
    history.go(stepsBack);
    return true;
  }
  if (question > path.at(-1)) history.pushState({ ...history.state, path: [...path, question] }, "");
  else history.replaceState({ ...history.state, path: [...path.slice(0, -1), question] }, "");
  return false;
}

/** A finished page has no questions to go back to: Back leaves it. */
export function leaveQuestions() {
  const { length } = pathHere();
  if (length > 1) history.go(1 - length);
}

/** `turn(question)` when Back or Forward stays on this page. */
export function hearTurns(turn) {
  const page = history.state?.idx;
  const hear = (event) => {
    if (page === undefined || event.state?.idx !== page) return;
    event.stopImmediatePropagation();
    turn(questionLeft());
  };
  // Before the router, which would open the page anew.
  window.addEventListener("popstate", hear, true);
  return () => window.removeEventListener("popstate", hear, true);
}
