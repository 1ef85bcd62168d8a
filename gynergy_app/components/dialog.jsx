// A native <dialog> that follows a value. The browser keeps the focus inside, closes on Esc and gives it back.
import { useEffect, useRef } from "react";

function isOnBackdrop(event) {
  return event.target === event.currentTarget && event.detail > 0;
}

export function Dialog({ open, onClose, children, ref, ...rest }) {
  const own = useRef(null);
  useEffect(() => {
    if (ref) ref.current = own.current;
    if (open === undefined || open === null) return;
    if (open && !own.current.open) own.current.showModal();
    if (!open && own.current.open) own.current.close();
  }, [open, ref]);
  return (
    <dialog
      {...rest}
      ref={own}
      onClose={(event) => event.target === own.current && onClose?.()}
      onClick={(event) => isOnBackdrop(event) && outside(event, own.current) && own.current.close()}
    >
      {children}
    </dialog>
  );
}

// The padding of the dialog is also "the dialog itself"; only a click beyond its edges closes it.
function outside({ clientX, clientY }, dialog) {
  const edge = dialog.getBoundingClientRect();
  return clientX < edge.left || clientX > edge.right || clientY < edge.top || clientY > edge.bottom;
}
