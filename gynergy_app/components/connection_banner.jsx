// Says that the line is down, what still works, and goes by itself. Replaces Reflex's own notices.
import { useEffect, useState } from "react";

import { useIsLineDown } from "./line.js";

// Shorter breaks than this are not worth a word.
const PATIENCE = 900;

export function ConnectionBanner({ icon, headline, words }) {
  const isOffline = useIsLineDown();
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
