// Says that the line is down, what still works, and goes by itself. Replaces Reflex's own notices.
import { useContext, useEffect, useState } from "react";
import { EventLoopContext } from "$/utils/context";

// Shorter breaks than this are not worth a word.
const PATIENCE = 900;

function useIsOffline() {
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

export function ConnectionBanner({ icon, headline, words }) {
  const isOffline = useIsOffline();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(isOffline), isOffline ? PATIENCE : 0);
    return () => clearTimeout(timer);
  }, [isOffline]);
  return (
    <div role="status">
      {isShown && (
        <div className="banner offline">
          {icon}
          <p><b>{headline}</b> {words}</p>
        </div>
      )}
    </div>
  );
}
