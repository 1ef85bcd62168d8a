// Tells which clock this device shows, when the page opens and when its reader comes back with another one. What was
// decided about a clock (`kept` is that clock and the one the days are counted by) is remembered on this device.
import { useEffect, useRef } from "react";

const clockHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
const placeOf = (zone) => `gynergy.zone-kept.${zone}`;

export function DeviceZone({ kept, onLook }) {
  const told = useRef("");
  useEffect(() => {
    const look = () => {
      const here = clockHere();
      if (document.visibilityState !== "visible" || here === told.current) return;
      told.current = here;
      onLook(here, localStorage.getItem(placeOf(here)) ?? "");
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  useEffect(() => {
    const [zone, counted] = kept.split(" ");
    if (counted) localStorage.setItem(placeOf(zone), counted);
  }, [kept]);
  return null;
}
