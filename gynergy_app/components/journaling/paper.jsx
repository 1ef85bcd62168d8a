// The paper: a plain form whose fields belong to the browser, so a lost connection cannot take a letter back.

import { useEffect, useRef } from "react";

import { useDesk } from "./draft_keeper.jsx";
import { continueWith, firstMarked, grow, markProblems, moveOn, onwards, readFields, writeFields } from "./paper_fields.js";
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
    // Only who wants to finish is led back; nobody is taken out of what she writes.
    const marked = refusals > 0 && !draft.refusals.unkeepable && firstMarked(paper.current);
    if (marked) go(Number(marked.closest("fieldset").dataset.question));
  }, [refusals]);

  const onward = () => go(onwards(paper.current, step));
  const next = () => (isOneByOne() && !isLast ? onward() : draft.finish());
  const press = (event) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    if (event.ctrlKey || event.metaKey) next();
    else if (!moveOn(event, () => !isLast && onward())) return;
    event.preventDefault();
  };
  const click = ({ target }) => {
    const { starter, turn } = target.closest("button")?.dataset ?? {};
    if (starter) continueWith(starter, target.closest("[data-answer]"), lastField.current);
    if (turn) turn > 0 ? onward() : go(step - 1);
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
      data-minds-itself=""
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
