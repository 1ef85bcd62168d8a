// What is shown when something was kept: over the page, closed by Esc, never a sound.

import { useEffect, useRef, useState } from "react";

const CURTAIN_MS = 1800;
const COUNT_MS = 600;
const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

// Reached once, shown once: a page that is loaded again, or come back to, does not raise it anew.
function isFirst(curtain) {
  const key = `curtain:${curtain}`;
  const isNew = Boolean(curtain) && !sessionStorage.getItem(key);
  if (isNew) sessionStorage.setItem(key, "shown");
  return isNew;
}

/** `curtain` names the milestone whose full screen stands before the rest, for less than two seconds. */
export function Celebration({ isOpen, curtain, onClose, children, ref, ...rest }) {
  const dialog = useRef(null);
  const wasOpen = useRef(false);
  const [isCurtain, setCurtain] = useState(false);

  useEffect(() => {
    if (isOpen && !dialog.current.open) dialog.current.showModal();
    if (!isOpen && dialog.current.open) dialog.current.close();
    wasOpen.current = isOpen;
    setCurtain(isOpen && !isStill() && isFirst(curtain));
  }, [isOpen, curtain]);
  // What is shown is what has the focus, so that it is spoken: the milestone first, then the rest.
  useEffect(() => {
    if (isOpen) dialog.current.querySelector(isCurtain ? ".curtain" : "h2").focus();
  }, [isOpen, isCurtain]);
  useEffect(() => {
    const timer = isCurtain && setTimeout(() => setCurtain(false), CURTAIN_MS);
    return () => clearTimeout(timer);
  }, [isCurtain]);
  useEffect(() => () => void (wasOpen.current && onClose()), []);

  // The button that was pressed goes with the page it finished: the focus goes to what stands there now.
  const closed = () => {
    onClose();
    document.querySelector("main h1")?.focus({ preventScroll: true });
  };
  const skip = (event) => {
    if (isCurtain) event.preventDefault();
    setCurtain(false);
  };
  return (
    <dialog
      {...rest}
      ref={dialog}
      data-curtain={isCurtain ? "" : undefined}
      onClose={({ target }) => target === dialog.current && closed()}
      onCancel={(event) => event.target === dialog.current && skip(event)}
      onClick={skip}
      onKeyDown={(event) => isCurtain && event.key !== "Tab" && skip(event)}
    >
      {children}
    </dialog>
  );
}

/** Counts up to its number; who wants no motion, or listens, gets the number. */
export function CountUp({ to, unit, className }) {
  const [shown, show] = useState(0);
  useEffect(() => {
    if (isStill()) return show(to);
    let frame;
    const start = performance.now();
    const tick = (time) => {
      const part = Math.min(Math.max(time - start, 0) / COUNT_MS, 1);
      show(Math.round(to * (1 - (1 - part) ** 3)));
      if (part < 1) frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [to]);
  return (
    <p className={className}>
      <span className="vh">{`${to} ${unit}`}</span>
      <span aria-hidden="true">{shown}<small>{unit}</small></span>
    </p>
  );
}
