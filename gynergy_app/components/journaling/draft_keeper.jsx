// Around a page that is written: keeps its words safe, and tells the parts inside how things stand.

import { createContext, useContext, useEffect, useReducer, useRef } from "react";

import { useIsLineDown } from "../../overlay/line.js";
import { Draft } from "./draft.js";
import { hearOtherTabs, holdTab } from "./draft_store.js";

const Desk = createContext(null);
export const useDesk = () => useContext(Desk);

const WORDS = {
  opening: "",
  blank: "",
  clash: "Two versions",
  device: "On this device",
  late: "On this device. Waiting for the server",
  long: "Too long to save",
  unsafe: "Not saved yet",
  saving: "Saving…",
};

/**
 * The server's answer comes as `sheet`; `mode` is what the page shows and is remembered while the line is down.
 * `isLoaded`: what the page asked for when it was opened has been answered.
 * `staysOnDevice`: nothing is sent before it is finished. `refusedAttempt`: the message its writer may not send.
 * `isSignedOut`: nobody takes these words before she is back.
 */
export function DraftKeeper(props) {
  const { sheet, mode, isLoaded, staysOnDevice, refusedAttempt, isSignedOut, className, children, ...calling } = props;
  const [, show] = useReducer((count) => count + 1, 0);
  const isAway = useIsLineDown() || isSignedOut;
  const calls = useRef({});
  calls.current = { keep: calling.onKeep, finish: calling.onFinish, reopen: calling.onReopen };
  const draft = useRef(null);
  draft.current ??= new Draft((verb, ...message) => calls.current[verb](...message), show);
  draft.current.staysOnDevice = Boolean(staysOnDevice);
  // What this tab remembers of an earlier visit may be another day's: nothing is shown before this visit's own answer.
  // An answer that says the same is the same object here, so that it was asked for since is enough as well.
  const remembered = useRef(sheet);
  const isAsked = useRef(false);
  isAsked.current ||= !isLoaded;
  const isOpen = useRef(false);
  isOpen.current ||= isLoaded && (isAsked.current || sheet !== remembered.current);
  const shown = useRef("opening");
  if (isOpen.current && mode !== "opening") shown.current = mode;

  useEffect(() => void (isOpen.current && draft.current.hearing.hear(sheet)), [sheet, isOpen.current]);
  useEffect(() => draft.current.hearing.turnAway(refusedAttempt), [refusedAttempt]);
  useEffect(() => draft.current.line(isAway), [isAway]);
  useEffect(() => watchOver(draft.current), []);

  return (
    <Desk.Provider value={{ draft: draft.current, sheet, mode: shown.current }}>
      <div className={className} data-mode={shown.current} data-status={draft.current.status}>
        {children}
      </div>
    </Desk.Provider>
  );
}

/** A hidden page may never come back: what it holds is stored and sent first. */
function watchOver(draft) {
  holdTab();
  const secure = () => {
    draft.store();
    draft.keep();
  };
  const hide = () => document.visibilityState === "hidden" && secure();
  const warn = (event) => draft.status === "unsafe" && event.preventDefault();
  const stopHearing = hearOtherTabs({
    onSaved: (page, base) => page === draft.page && base.revision > draft.base.revision && draft.versions.meet(base),
    onTyping: (page, isUnsaved) => {
      if (page !== draft.page) return;
      draft.isTypedElsewhere = isUnsaved;
      draft.show();
    },
  });
  document.addEventListener("visibilitychange", hide);
  window.addEventListener("pagehide", secure);
  window.addEventListener("beforeunload", warn);
  return () => {
    stopHearing();
    document.removeEventListener("visibilitychange", hide);
    window.removeEventListener("pagehide", secure);
    window.removeEventListener("beforeunload", warn);
    secure();
    draft.leave();
  };
}

/** In words: where what was written is now. The icons inside are shown by `data-status`. */
export function SavedState({ className, children }) {
  const { draft } = useDesk();
  const { status } = draft;
  const words = status === "saved" ? `Saved ${draft.base.savedAt}` : WORDS[status];
  return (
    <p role="status" className={className} data-status={status}>
      {words && children}
      {words}
    </p>
  );
}

/** Shown while another tab of this browser holds words of this page that are not saved yet. */
export function TypedElsewhere({ children }) {
  return useDesk().draft.isTypedElsewhere && children;
}

export function CarryOver({ className, children }) {
  const { draft } = useDesk();
  return (
    <button type="button" className={className} onClick={() => draft.hearing.carry()}>
      {children}
    </button>
  );
}
