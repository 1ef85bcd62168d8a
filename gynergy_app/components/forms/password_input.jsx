// A password with a button that shows it. Leaving the form hides it again, so it is never stored as plain text.
import { useEffect, useRef, useState } from "react";

export function PasswordInput({ ref, ...rest }) {
  const own = useRef(null);
  const [isShown, show] = useState(false);
  useEffect(() => {
    if (ref) ref.current = own.current;
    const form = own.current.form;
    const hide = () => show(false);
    form?.addEventListener("submit", hide);
    return () => form?.removeEventListener("submit", hide);
  }, [ref]);
  return (
    <div className="with-toggle">
      <input {...rest} ref={own} type={isShown ? "text" : "password"} className="input" />
      <button type="button" className="link" aria-pressed={isShown} aria-label="Show password" onClick={() => show(!isShown)}>
        {isShown ? "Hide" : "Show"}
      </button>
    </div>
  );
}
