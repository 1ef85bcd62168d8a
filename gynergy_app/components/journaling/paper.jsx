// The paper: a plain form whose fields belong to the browser, so a lost connection cannot take a letter back.

import { useEffect, useRef } from "react";

import { useDesk } from "./draft_keeper.jsx";
import { continueWith, firstMarked, grow, markProblems, moveOn, readFields, writeFields } from "./paper_fields.js";
import { useSteps } from "./question_steps.jsx";

export function Paper({ className, children }) {
  const { draft, sheet } = useDesk();
  const { step, last, paper, go, pace, isOneByOne } = useSteps();
  const lastField = useRef(null);
  const isLast = step === last;
  const refusals = draft.refusals.count;

  useEffect(() => writeFields(paper.current, draft.fields), [draft.fields]);
  useEffect(() => {
    markProblems(paper.current, draft.refusals.standing(sheet.problems, draft.fields));
  });
  useEffect(() => {
    const marked = refusals > 0 && firstMarked(paper.current);
    if (marked) go(Number(marked.closest("fieldset").dataset.question));
  }, [refusals]);

  const next = () => (isOneByOne() && !isLast ? go(step + 1) : draft.finish());
  const press = (event) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    if (event.ctrlKey || event.metaKey) next();
    else if (!moveOn(event, () => !isLast && go(step + 1))) return;
    event.preventDefault();
  };
  const click = ({ target }) => {
    const { starter, turn } = target.closest("button")?.dataset ?? {};
    if (starter) continueWith(starter, target.closest("[data-answer]"), lastField.current);
    if (turn) go(step + Number(turn));
  };
  const submit = (event) => {
    event.preventDefault();
    draft.finish();
  };

  return (
    <form
      ref={paper}
      className={className}
      noValidate
      data-paper=""
      data-pace={pace}
      data-finishing={draft.isFinishing ? "" : undefined}
      data-at={isLast ? "last" : step === 1 ? "first" : "between"}
      onInput={({ target }) => {
        grow(target);
        draft.type(readFields(paper.current, draft.fields));
      }}
      onFocus={({ target }) => (lastField.current = target.name ? target : lastField.current)}
      onBlur={() => draft.keep()}
      onKeyDown={press}
      onClick={click}
      onSubmit={submit}
    >
      {children}
    </form>
  );
}

export function Problem({ name, className, children }) {
  const { draft, sheet } = useDesk();
  const sentence = draft.refusals.standing(sheet.problems, draft.fields)[name];
  return (
    <p className={className} id={`${name}-problem`} hidden={!sentence}>
      {children}
      {sentence}
    </p>
  );
}
