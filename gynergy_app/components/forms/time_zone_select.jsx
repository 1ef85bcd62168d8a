// Every time zone the browser knows, with the time there now. Empty value: the browser's own zone is proposed.
import { useEffect, useRef, useState } from "react";

// Browsers keep some names that the places themselves have left behind.
const OLD_NAMES = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};
const today = (zone) => OLD_NAMES[zone] ?? zone;
const ownZone = () => today(Intl.DateTimeFormat().resolvedOptions().timeZone);

function clockIn(zone) {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(new Date());
  } catch {
    return "";
  }
}

function allZones(chosen) {
  const known = Intl.supportedValuesOf?.("timeZone") ?? [];
  return [...new Set([chosen, ownZone(), "UTC", ...known.map(today)].filter(Boolean))].sort();
}

export function TimeZoneSelect({ value, onChoose, ref, ...rest }) {
  const own = useRef(null);
  const [zones, setZones] = useState(value ? [value] : []);
  const [chosen, choose] = useState(value ?? "");
  useEffect(() => {
    if (ref) ref.current = own.current;
  }, [ref]);
  useEffect(() => {
    const proposed = value || ownZone();
    setZones(allZones(proposed));
    choose(proposed);
    if (!value) onChoose?.(proposed);
  }, [value]);
  const change = (event) => {
    choose(event.target.value);
    onChoose?.(event.target.value);
  };
  return (
    <select {...rest} ref={own} className="input" value={chosen} onChange={change}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll("_", " ")}{zone === chosen && zones.length > 1 ? `, now ${clockIn(zone)}` : ""}
        </option>
      ))}
    </select>
  );
}
