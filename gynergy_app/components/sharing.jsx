// Hands words on: into the clipboard, or to whatever this device shares with. Says what became of it.
import { useEffect, useRef, useState } from "react";

const SAID_MS = 4000;
const DONE = "Copied";
const CANNOT = "This browser does not let us copy. Select the words and copy them yourself.";

function useWord() {
  const [word, say] = useState("");
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const sayFor = (sentence) => {
    clearTimeout(timer.current);
    say(sentence);
    timer.current = setTimeout(() => say(""), SAID_MS);
  };
  return [word, sayFor];
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function Handing({ className, about, icon, word, label, onClick }) {
  return (
    <>
      <button type="button" className={className} onClick={onClick}>
        {icon}
        {word === DONE ? DONE : label}
        <span className="vh"> {about}</span>
      </button>
      <span role="status" className={word && word !== DONE ? "hint basis-full" : "vh"}>{word}</span>
    </>
  );
}

/** `children` is its icon; `about` is heard after the label, where several stand on a page. */
export function CopyButton({ text, label, about, className, children }) {
  const [word, say] = useWord();
  const hand = async () => say((await copy(text)) ? DONE : CANNOT);
  return <Handing {...{ className, about, word, label }} icon={children} onClick={hand} />;
}

/** Where the device shares nothing it copies the link and is called so; without a name for that it is not there. */
export function ShareButton({ url, title, words, label, copyLabel, about, className, children }) {
  const [word, say] = useWord();
  const [shares, setShares] = useState(false);
  useEffect(() => setShares(Boolean(navigator.share)), []);
  const copyLink = async () => say((await copy(url)) ? DONE : CANNOT);
  const share = async () => {
    try {
      await navigator.share({ title, text: words, url });
    } catch (refused) {
      // Somebody who closes the sheet has changed her mind: nothing went wrong.
      if (refused.name !== "AbortError") await copyLink();
    }
  };
  if (!shares && !copyLabel) return null;
  const is = shares ? { label, onClick: share } : { label: copyLabel, onClick: copyLink };
  return <Handing {...{ className, about, word, ...is }} icon={children} />;
}
