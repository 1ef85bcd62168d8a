// Words on their way to a cohort. This device keeps them until the server has taken them, as it keeps those of a page.
import { useEffect, useRef } from "react";

import { forget, holdTab, leftBehind, remember } from "../../journaling/draft_keeper/draft_store.js";

/**
 * `draft` names whose words these are, and for whom; nothing is kept without it. `given` goes into the field beside what
 * stands there, `taken` has arrived: each is a message once its `nth` grows.
 */
export function PostWords({ draft, given, taken, ref, ...rest }) {
  const own = useRef(null);
  const heard = useRef({ given: given.nth, taken: taken.nth });
  const keep = () => {
    const words = own.current.value;
    if (draft) words.trim() ? remember(draft, { fields: { words } }) : forget(draft);
  };

  useEffect(() => {
    if (ref) ref.current = own.current;
  }, [ref]);
  useEffect(() => {
    if (!draft) return;
    holdTab();
    own.current.value = "";
    let isHere = true;
    leftBehind(draft).then((copies) => {
      const last = copies.at(-1)?.fields.words;
      if (!isHere || !last || own.current.value) return;
      copies.forEach((copy) => copy.forget());
      own.current.value = last;
      keep();
    });
    return () => void (isHere = false);
  }, [draft]);
  useEffect(() => {
    if (given.nth <= heard.current.given) return;
    heard.current.given = given.nth;
    const field = own.current;
    field.value = [field.value.trimEnd(), given.words].filter(Boolean).join("\n\n");
    keep();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }, [given.nth]);
  useEffect(() => {
    if (taken.nth <= heard.current.taken) return;
    heard.current.taken = taken.nth;
    // What was typed while they were on their way stays.
    if (own.current.value === taken.words) own.current.value = "";
    keep();
  }, [taken.nth]);

  return <textarea {...rest} ref={own} defaultValue="" onInput={keep} />;
}
