// A field that owns what is typed. It follows the server's value only when that changes and nobody is in it, so a
// slow or broken line never takes a word away, nor does a script that arrives after the first words.
import { createElement, useEffect, useRef } from "react";

export function TextInput({ as = "input", value, ref, children, ...rest }) {
  const own = useRef(null);
  const first = useRef(value);
  const told = useRef(value);
  useEffect(() => {
    if (ref) ref.current = own.current;
  }, [ref]);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    if (value === undefined || value === null || document.activeElement === own.current) return;
    own.current.defaultValue = own.current.value = value;
  }, [value]);
  // Always the first: a browser shows a changed default at once in a field nobody has typed in, even under the caret.
  return createElement(as, { ...rest, ref: own, defaultValue: first.current ?? undefined }, children);
}
