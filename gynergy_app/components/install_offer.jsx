// How this browser installs the product, if it does: a button where it offers one, words where it does not.
import { useEffect, useReducer, useState } from "react";

import { canInstall, install, isApple, isInstalled, onOffer } from "./installing.js";

export function InstallOffer() {
  const [, look] = useReducer((count) => count + 1, 0);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    setReady(true);
    return onOffer(look);
  }, []);
  if (!isReady) return null;
  if (isInstalled()) return <p className="meta">You are in the installed app.</p>;
  if (canInstall()) {
    return (
      <div className="set-row">
        <p>GYNERGY can stand among your apps, in a window of its own.</p>
        <button type="button" className="btn" onClick={install}>Install GYNERGY</button>
      </div>
    );
  }
  const how = isApple()
    ? "To install GYNERGY choose Share, then Add to Home Screen."
    : "Where this browser can install GYNERGY, its menu says so: Install, or Add to Home Screen.";
  return <p className="meta measure">{how}</p>;
}
