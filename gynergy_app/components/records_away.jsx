// The line is up but the database behind it does not answer: says so, asks again, and takes the page up where it was.
import { useEffect, useRef } from "react";

import { reopenLine } from "./reopen_line.js";

const AGAIN = 2500;

async function isReady() {
  try {
    return (await fetch("/ready", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

export function RecordsAway({ icon, areAway, headline, words, onFound }) {
  const wereAway = useRef(false);
  useEffect(() => {
    if (!areAway) {
      // Opening the line anew loads the page again, as after a break; what is typed stays.
      if (wereAway.current) reopenLine();
      wereAway.current = false;
      return;
    }
    wereAway.current = true;
    const timer = setInterval(async () => (await isReady()) && onFound(), AGAIN);
    return () => clearInterval(timer);
  }, [areAway]);
  return (
    <div role="status">
      {areAway && (
        <div className="banner offline">
          {icon}
          <p><b>{headline}</b> {words}</p>
        </div>
      )}
    </div>
  );
}
