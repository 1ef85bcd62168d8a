// A field that owns what is typed. It follows the server's value only while nobody is in it, so a slow or broken
// line never takes a word away.
import { createElement, useEffect, useRef } from "react";

export function TextInput({ as = "input", value, ref, children, ...rest }) {
  const own = useRef(null);
  useEffect(() => {
    if (ref) ref.current = own.current;
  }, [ref]);
  useEffect(() => {
    if (value === undefined || value === null || document.activeElement === own.current) return;
    own.current.value = value;
  }, [value]);
  return createElement(as, { ...rest, ref: own, defaultValue: value ?? undefined }, children);
}
