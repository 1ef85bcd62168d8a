// Asks again every two seconds for as long as something is being prepared, and at once when its reader comes back.
import { useEffect, useRef } from "react";

const AGAIN_MS = 2000;

export function Waiting({ isWaiting, onLook }) {
  const look = useRef(onLook);
  look.current = onLook;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const ask = () => document.visibilityState === "visible" && look.current();
    const timer = setInterval(ask, AGAIN_MS);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [isWaiting]);
  return null;
}
