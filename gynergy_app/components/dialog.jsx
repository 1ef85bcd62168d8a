// A native <dialog> that follows a value. The browser keeps the focus inside, closes on Esc and gives it back.
import { useEffect, useRef, useState } from "react";

function isOnBackdrop(event) {
  return event.target === event.currentTarget && event.detail > 0;
}

export function Dialog({ open, onClose, asksBeforeLeaving, children, ref, ...rest }) {
  const own = useRef(null);
  const isTyped = useRef(false);
  const [writer, setWriter] = useState(null);
  useEffect(() => {
    if (ref) ref.current = own.current;
    if (open === undefined || open === null) return;
    if (open && !own.current.open) own.current.showModal();
    if (!open && own.current.open) own.current.close();
  }, [open, ref]);

  const mustAsk = () => asksBeforeLeaving && isTyped.current;
  const ask = () => setWriter(document.activeElement);
  const leave = () => (mustAsk() ? ask() : own.current.close());
  const stay = () => (writer.focus(), setWriter(null));
  const closed = () => {
    if (asksBeforeLeaving) startAnew(own.current);
    isTyped.current = false;
    setWriter(null);
    onClose?.();
  };
  // Stopped at the key: a browser closes at the second Esc whatever was said to the first.
  const press = (event) => {
    if (event.key !== "Escape" || !mustAsk()) return;
    event.preventDefault();
    writer ? stay() : ask();
  };
  return (
    <dialog
      {...rest}
      ref={own}
      onInput={(event) => event.target.form && (isTyped.current = true)}
      onKeyDown={press}
      onCancel={(event) => event.target === own.current && mustAsk() && (event.preventDefault(), ask())}
      onClose={(event) => event.target === own.current && closed()}
      onClick={(event) => isOnBackdrop(event) && outside(event, own.current) && leave()}
    >
      {children}
      {writer && <Question onStay={stay} onLeave={() => own.current.close()} />}
    </dialog>
  );
}

function Question({ onStay, onLeave }) {
  return (
    <div role="alertdialog" aria-labelledby="unsaved" className="dialog-question">
      <p id="unsaved">What you typed is not saved.</p>
      <div className="dialog-actions">
        <button type="button" className="btn" onClick={onStay} autoFocus>Keep writing</button>
        <button type="button" className="btn btn-danger" onClick={onLeave}>Discard it</button>
      </div>
    </div>
  );
}

// The next one it opens for is somebody else: nothing typed for the one before is left.
function startAnew(dialog) {
  const typed = "input:not([type=radio], [type=checkbox], [type=file], [type=hidden]), textarea";
  dialog.querySelectorAll(typed).forEach((field) => (field.value = field.defaultValue));
}

// The padding of the dialog is also "the dialog itself"; only a click beyond its edges closes it.
function outside({ clientX, clientY }, dialog) {
  const edge = dialog.getBoundingClientRect();
  return clientX < edge.left || clientX > edge.right || clientY < edge.top || clientY > edge.bottom;
}
