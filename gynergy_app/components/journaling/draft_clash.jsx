// When one answer was written in two places: both, side by side, and the member decides.

import { useEffect, useRef } from "react";

import { useDesk } from "./draft_keeper.jsx";

const spoken = (name, text) => labelOfChoice(name, text) || text || "Nothing";

const field = (name) => document.querySelector(`[data-paper] [name="${CSS.escape(name)}"]`);

function labelOf(name) {
  const element = field(name);
  return element?.dataset.label ?? element?.getAttribute("aria-label") ?? name;
}

/** A mood or a yes is a choice: it has a word, and both cannot be kept. */
function labelOfChoice(name, value) {
  if (field(name)?.type !== "radio") return "";
  const chosen = document.querySelector(`[data-paper] [name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  return chosen?.closest("label")?.textContent ?? "";
}

export function DraftClash() {
  const { versions } = useDesk().draft;
  const dialog = useRef(null);
  const isOpen = versions.areContested && !versions.isPutOff;

  useEffect(() => {
    if (isOpen && !dialog.current.open) {
      dialog.current.showModal();
      // Not a button: whoever is still typing must not choose by it.
      dialog.current.querySelector("h2").focus();
    }
    if (!isOpen) dialog.current.close();
  }, [isOpen]);

  return (
    <>
      {versions.areContested && versions.isPutOff && (
        <button type="button" className="btn clash-open" onClick={() => versions.askAgain()}>
          Compare the two versions
        </button>
      )}
      <dialog
        ref={dialog}
        className="dialog dialog-wide"
        aria-labelledby="clash-title"
        onClose={() => isOpen && versions.decideLater()}
      >
        <h2 id="clash-title" tabIndex={-1} className="heading">Written in two places</h2>
        <p className="meta clash-lead">
          This page was also written in another tab or on another device. Nothing is lost: choose for each answer.
        </p>
        {versions.clashes.map((clash) => (
          <Clash key={clash.name} clash={clash} onChoose={(text) => versions.choose(clash.name, text)} />
        ))}
        <div className="dialog-actions">
          <button type="button" className="btn btn-quiet" onClick={() => versions.decideLater()}>Decide later</button>
        </div>
      </dialog>
    </>
  );
}

function Clash({ clash: { name, here, there }, onChoose }) {
  const isChoice = field(name)?.type === "radio";
  const both = [here, there].map((text) => text.trim()).filter(Boolean).join("\n");
  return (
    <section className="clash" aria-label={labelOf(name)}>
      <h3 className="label">{labelOf(name)}</h3>
      <div className="clash-sides">
        <Side title="Here" text={spoken(name, here)} verb="Keep mine" onChoose={() => onChoose(here)} />
        <Side title="Elsewhere" text={spoken(name, there)} verb="Keep theirs" onChoose={() => onChoose(there)} />
      </div>
      {!isChoice && (
        <button type="button" className="link" onClick={() => onChoose(both)}>Keep both, one after the other</button>
      )}
    </section>
  );
}

const Side = ({ title, text, verb, onChoose }) => (
  <div className="clash-side">
    <p className="tiny">{title}</p>
    <p className="words" dir="auto">{text}</p>
    <button type="button" className="btn" onClick={onChoose}>{verb}</button>
  </div>
);
