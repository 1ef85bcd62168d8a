// Short messages that leave by themselves after ten seconds, but not while they are read or reached by keyboard.
import { useEffect, useRef, useState } from "react";

const LIFE = 10_000;

function Toast({ toast, onUndo, onLeave }) {
  const [isHeld, setHeld] = useState(false);
  const leave = useRef(onLeave);
  leave.current = onLeave;
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => leave.current(toast.id), LIFE);
    return () => clearTimeout(timer);
  }, [isHeld, toast.id]);
  const hold = { onMouseEnter: () => setHeld(true), onMouseLeave: () => setHeld(false) };
  const keep = { onFocus: () => setHeld(true), onBlur: () => setHeld(false) };
  return (
    <li className="toast" data-kind={toast.kind} {...hold} {...keep}>
      <p>{toast.text}</p>
      {toast.can_undo ? (
        <button type="button" data-undo onClick={() => onUndo(toast.id)}>Undo</button>
      ) : (
        <button type="button" onClick={() => onLeave(toast.id)}>Close</button>
      )}
    </li>
  );
}

export function Toaster({ toasts, onUndo, onLeave }) {
  // What has been let go stays gone, even while the server cannot be told.
  const [gone, setGone] = useState([]);
  const letGo = (tell) => (id) => {
    setGone((ids) => [...ids.slice(-20), id]);
    tell(id);
  };
  return (
    <div role="status">
      <ol className="toasts" aria-label="Messages">
        {toasts.filter((toast) => !gone.includes(toast.id)).map((toast) => (
          <Toast key={toast.id} toast={toast} onUndo={letGo(onUndo)} onLeave={letGo(onLeave)} />
        ))}
      </ol>
    </div>
  );
}
