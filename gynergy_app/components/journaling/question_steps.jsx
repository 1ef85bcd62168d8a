// One question at a time on a phone, all of them on a desk, unless the writer chose otherwise. Bar, steps and paper
// share which one is at hand.

import { createContext, useContext, useEffect, useLayoutEffect, useRef, useState } from "react";

import { useDesk } from "./draft_keeper.jsx";
import { openField } from "./paper_fields.js";
import { enter, hearTurns, leaveQuestions, questionLeft } from "./step_history.js";

const Steps = createContext(null);
export const useSteps = () => useContext(Steps);
const PLACE = "gynergy.pace";
const isPhone = () => window.matchMedia("(max-width: 767px)").matches;

/** `hasChoice`: so many questions that the writer decides how to see them; remembered on this device. */
export function QuestionSteps({ titles, hasChoice, children }) {
  const [step, setStep] = useState(1);
  const [turn, setTurn] = useState(0);
  const paper = useRef(null);
  const [pace, setPace] = useState(undefined);
  const last = titles.length;
  const isOneByOne = () => (pace ? pace === "one" : isPhone());
  useEffect(() => {
    if (hasChoice) setPace(remembered() ?? (isPhone() ? "one" : "list"));
  }, []);
  const choose = (chosen) => {
    setPace(chosen);
    remember(chosen);
  };

  /** Turns to a question and puts the cursor into it, with the sentence about it in view. */
  const turnTo = (to) => {
    setStep(Math.min(to, last));
    setTurn((count) => count + 1);
  };
  const go = (to) => {
    const question = Math.min(Math.max(to, 1), last);
    if (!isOneByOne() || !enter(question)) turnTo(question);
  };
  useEffect(() => {
    if (!turn) return;
    if (isOneByOne()) window.scrollTo(0, 0);
    openField(paper.current, step)?.focus();
    paper.current.querySelector("[data-at-hand] .error:not([hidden])")?.scrollIntoView({ block: "nearest" });
  }, [turn]);
  useEffect(measureKeyboard, []);
  // A page goes on where it was left; a kept page that is opened for changes begins at its beginning.
  const { mode } = useDesk();
  useLayoutEffect(() => {
    if (mode === "opening") return undefined;
    setStep(Math.min(questionLeft(), last));
    if (mode !== "writing") leaveQuestions();
    return hearTurns((to) => (mode === "writing" ? turnTo(to) : setStep(1)));
  }, [mode]);

  const shared = { step, last, titles, paper, go, stay: setStep, pace, isOneByOne, choose };
  return <Steps.Provider value={shared}>{children}</Steps.Provider>;
}

function remembered() {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;
  }
}

function remember(pace) {
  try {
    localStorage.setItem(PLACE, pace);
  } catch {
    // Without storage it lasts as long as the page does.
  }
}

export function PaceChoice({ className }) {
  const { pace, choose } = useSteps();
  return (
    <div className={className} role="radiogroup" aria-label="Questions">
      {[["one", "One at a time"], ["list", "As a list"]].map(([value, words]) => (
        <label key={value}>
          <input type="radio" name="pace" value={value} checked={pace === value} onChange={() => choose(value)} />
          {words}
        </label>
      ))}
    </div>
  );
}

/** How much of the page a phone's keyboard covers. */
function measureKeyboard() {
  const view = window.visualViewport;
  const measure = () => {
    const covered = isPhone() && view.scale === 1 ? Math.max(0, window.innerHeight - view.height - view.offsetTop) : 0;
    document.documentElement.style.setProperty("--keyboard", `${Math.round(covered)}px`);
  };
  view?.addEventListener("resize", measure);
  view?.addEventListener("scroll", measure);
  return () => {
    view?.removeEventListener("resize", measure);
    view?.removeEventListener("scroll", measure);
    document.documentElement.style.removeProperty("--keyboard");
  };
}

export function StepName({ name, className }) {
  const { step, last } = useSteps();
  return (
    <p className={className}>
      <span className="step-of">{`${name}, `}</span>
      <span>{`${step} of ${last}`}</span>
    </p>
  );
}

export function StepBar({ className }) {
  const { step, last, titles, go, pace } = useSteps();
  return (
    <nav className={className} aria-label="Questions" data-pace={pace}>
      {titles.map((title, index) => (
        <button
          key={title}
          type="button"
          className={index + 1 < step ? "done" : undefined}
          aria-current={index + 1 === step ? "step" : undefined}
          aria-label={`Question ${index + 1} of ${last}: ${title}`}
          onClick={() => go(index + 1)}
        />
      ))}
    </nav>
  );
}

export function Question({ index, children, ...rest }) {
  const { step, stay } = useSteps();
  const atHand = step === index ? "" : undefined;
  return (
    <fieldset {...rest} data-question={index} data-at-hand={atHand} onFocus={() => stay(index)}>
      {children}
    </fieldset>
  );
}
