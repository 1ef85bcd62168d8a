// The timer of a meditation. Its keys are those of plain buttons and radios; the bell is off until it is switched on.

import { useEffect, useReducer, useRef, useState } from "react";

import { Bell } from "./bell.js";
import { clockWords, LENGTHS, Sitting, spokenWords } from "./sitting.js";

const BEAT = 250;
/** A second click as quick as this belongs to the first. */
const TWICE = 500;
const NEXT = { ready: "Begin", running: "Pause", paused: "Go on", over: "Sit again" };

export function SittingTimer({ className }) {
  const [, draw] = useReducer((count) => count + 1, 0);
  const [sitting, setSitting] = useState(null);
  const bell = useRef(new Bell());
  const pressedAt = useRef(0);
  const now = Date.now();
  const status = sitting?.statusAt(now) ?? "ready";

  const isUnarmed = status === "running" && bell.current.isOn && !bell.current.isSet;
  const ring = () => {
    const isRunning = sitting.statusAt(Date.now()) === "running";
    if (isRunning) bell.current.ringIn(sitting.leftAt(Date.now()));
    else bell.current.cancel();
    draw();
  };

  useEffect(() => {
    const kept = new Sitting();
    bell.current.isOn = kept.hasBell;
    setSitting(kept);
  }, []);
  useEffect(() => (isUnarmed ? onceTouched(ring) : undefined), [isUnarmed]);
  useEffect(() => () => bell.current.close(), []);
  useEffect(() => (status === "running" ? keepTime(draw) : undefined), [status]);

  if (!sitting) return <div className={className} />;
  const left = sitting.leftAt(now);
  const press = () => {
    const isSecond = Date.now() - pressedAt.current < TWICE;
    if (isSecond) return;
    pressedAt.current = Date.now();
    if (status === "running") sitting.pause(Date.now());
    if (status === "over") sitting.reset();
    if (status !== "running") sitting.begin(Date.now());
    ring();
  };
  const turn = () => {
    bell.current.turn(!bell.current.isOn);
    sitting.stand({ hasBell: bell.current.isOn });
    ring();
  };
  const choose = (minutes) => {
    sitting.choose(minutes);
    draw();
  };

  return (
    <div className={className} data-sitting={status}>
      <Lengths chosen={sitting.minutes} isFixed={status === "running" || status === "paused"} onChoose={choose} />
      <div className="sitting-clock">
        <Ring share={sitting.shareAt(now)} />
        <p role="timer" aria-label={`${spokenWords(left)} left`}>
          <span className="number">{clockWords(left)}</span>
        </p>
      </div>
      <div className="row sitting-keys">
        <button type="button" className="btn" onClick={press}>{NEXT[status]}</button>
        {status === "paused" && (
          <button type="button" className="btn btn-quiet" onClick={() => choose(sitting.minutes)}>Start over</button>
        )}
      </div>
      <button type="button" role="switch" aria-checked={bell.current.isOn} className="sitting-bell" onClick={turn}>
        Bell at the end
        <span aria-hidden="true">{bell.current.isOn ? "On" : "Off"}</span>
      </button>
      <p role="status" className="meta">{isUnarmed ? "Touch the page once, so that the bell may ring." : saying(status, left)}</p>
    </div>
  );
}

/** A page that was loaded anew may make no sound before it was touched. */
function onceTouched(ring) {
  if (navigator.userActivation?.hasBeenActive) return ring();
  const kinds = ["pointerup", "keydown"];
  for (const kind of kinds) document.addEventListener(kind, ring);
  return () => {
    for (const kind of kinds) document.removeEventListener(kind, ring);
  };
}

/** Redraws while it runs, at once when the tab is looked at again, and keeps a phone from falling asleep. */
function keepTime(draw) {
  const beat = setInterval(draw, BEAT);
  const awake = navigator.wakeLock?.request("screen").catch(() => null);
  document.addEventListener("visibilitychange", draw);
  return () => {
    clearInterval(beat);
    document.removeEventListener("visibilitychange", draw);
    awake?.then((lock) => lock?.release());
  };
}

function saying(status, left) {
  if (status === "running") return "Nothing to do but sit.";
  if (status === "paused") return `Paused with ${spokenWords(left)} left.`;
  return status === "over" ? "The time is over. Stay a moment, if you like." : "Sit as you are comfortable.";
}

function Lengths({ chosen, isFixed, onChoose }) {
  return (
    <div className="seg seg-wide" role="radiogroup" aria-label="How long">
      {LENGTHS.map((minutes) => (
        <label key={minutes}>
          <input type="radio" name="minutes" value={minutes} checked={minutes === chosen} disabled={isFixed}
            aria-label={`${minutes} minutes`} onChange={() => onChoose(minutes)} />
          {`${minutes} min`}
        </label>
      ))}
    </div>
  );
}

const Ring = ({ share }) => (
  <svg viewBox="0 0 200 200" aria-hidden="true">
    <circle cx="100" cy="100" r="94" className="sitting-ground" />
    <circle cx="100" cy="100" r="94" className="sitting-share" pathLength="1" strokeDasharray="1"
      strokeDashoffset={1 - share} transform="rotate(-90 100 100)" />
  </svg>
);
