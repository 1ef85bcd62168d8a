// Whether the line to the server is down, known as early as a browser can know it: its own network is gone, or the
// socket could not be opened again.
import { useContext, useEffect, useState } from "react";
import { EventLoopContext } from "$/utils/context";

export function useIsLineDown() {
  const [, connectErrors] = useContext(EventLoopContext);
  const [isOnline, setOnline] = useState(true);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  return !isOnline || connectErrors.length > 0;
}
