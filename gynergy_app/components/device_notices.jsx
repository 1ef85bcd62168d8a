// Reminders on this device: asked of the browser only when the button is pressed. The server says whether this
// browser is one of the member's (`isHere`); the browser says whether it can be.
import { useEffect, useState } from "react";

import { isApple, isInstalled } from "./installing.js";

const CAN = "can", DENIED = "denied", UNABLE = "unable", FIRST_INSTALL = "install";

const WORDS = {
  [DENIED]:
    "This browser was told to show nothing from here. To undo that, open the settings of this site beside its "
    + "address, allow notifications, and load this page again.",
  [UNABLE]: "This browser cannot show reminders. Behind the bell and by mail they come as before.",
  [FIRST_INSTALL]:
    "On iPhone and iPad only the installed app shows reminders. Choose Share, then Add to Home Screen, open GYNERGY "
    + "from there and come back to this page.",
};

function situation() {
  const knowsPush = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (knowsPush) return Notification.permission === "denied" ? DENIED : CAN;
  return isApple() && !isInstalled() ? FIRST_INSTALL : UNABLE;
}

const bytes = (key) => Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

async function subscriptionHere() {
  const registration = await navigator.serviceWorker?.getRegistration();
  return (await registration?.pushManager?.getSubscription()) ?? null;
}

/** Always anew: an older subscription may be somebody else's, or of another key. */
async function subscribe(key) {
  await navigator.serviceWorker.register("/sw.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
}

export function DeviceNotices({ applicationKey, isHere, onLook, onAllow, onStop }) {
  const [can, setCan] = useState(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");

  useEffect(() => {
    setCan(situation());
    subscriptionHere().then((found) => onLook(found?.endpoint ?? "")).catch(() => onLook(""));
  }, []);

  const during = (work) => async () => {
    setBusy(true);
    setProblem("");
    try {
      await work();
    } catch {
      setProblem("This browser could not reach its push service. Please try again in a moment.");
    }
    setCan(situation());
    setBusy(false);
  };
  const start = during(async () => {
    if ((await Notification.requestPermission()) !== "granted") return;
    const { endpoint, keys } = (await subscribe(applicationKey)).toJSON();
    onAllow(endpoint, keys.p256dh, keys.auth);
  });
  const stop = during(async () => {
    await (await subscriptionHere())?.unsubscribe();
    onStop();
  });

  const isOn = can === CAN && isHere;
  const words = WORDS[can] ?? (isOn ? "This device shows your reminders." : "This device does not show your reminders yet.");
  return (
    <div className="set-row" data-can={can ?? "opening"} data-on={isOn}>
      <p role="status" className={can === CAN ? "" : "meta measure"}>{can && (problem || words)}</p>
      {can === CAN && (
        <button type="button" className="btn" aria-busy={isBusy} disabled={isBusy} onClick={isOn ? stop : start}>
          {isOn ? "Stop on this device" : "Show them on this device"}
        </button>
      )}
    </div>
  );
}
