// A tick that is set at once and follows the server when it answers. Groups of radios stay native.
import { useEffect, useRef } from "react";

export function ChoiceInput({ checked, onChoose, onTick, ref, ...rest }) {
  const own = useRef(null);
  useEffect(() => {
    if (ref) ref.current = own.current;
  }, [ref]);
  useEffect(() => {
    if (checked !== undefined && checked !== null) own.current.checked = checked;
  }, [checked]);
  const tell = (event) => {
    onTick?.(event.target.checked);
    onChoose?.(event.target.value);
  };
  return <input {...rest} ref={own} defaultChecked={checked ?? undefined} onChange={tell} />;
}
