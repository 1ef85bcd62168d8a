// How this browser installs the product, if it does: a button where it offers one, words where it does not.
import { useEffect, useState } from "react";

import { isApple, isInstalled } from "./installing.js";

export function InstallOffer() {
  // The browser's own offer, kept by the effects of every page; null: none, undefined: not looked yet.
  const [offer, setOffer] = useState();
  useEffect(() => {
    const take = () => setOffer(window.installOffer ?? null);
    const drop = () => setOffer((window.installOffer = null));
    take();
    window.addEventListener("beforeinstallprompt", take);
    window.addEventListener("appinstalled", drop);
    return () => {
      window.removeEventListener("beforeinstallprompt", take);
      window.removeEventListener("appinstalled", drop);
    };
  }, []);
  // The browser asks in its own words, and an offer serves once.
  const install = async () => {
    await offer.prompt();
    setOffer((window.installOffer = null));
  };

  if (offer === undefined) return null;
  if (isInstalled()) return <p className="meta">You are in the installed app.</p>;
  if (offer) {
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
