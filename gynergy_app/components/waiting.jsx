// Asks again every few seconds for as long as something is being prepared, and at once when its reader comes back.
import { useEffect, useRef } from "react";

export function Waiting({ isWaiting, seconds = 2, onLook }) {
  const look = useRef(onLook);
  look.current = onLook;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const ask = () => document.visibilityState === "visible" && look.current();
    const timer = setInterval(ask, seconds * 1000);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [isWaiting, seconds]);
  return null;
}
