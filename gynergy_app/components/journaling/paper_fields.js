// What the paper does with its fields: read them, fill them, mark them, move between them.

import { isTooLong } from "./draft_refusals.js";

const isWriting = (element) => element.tagName === "TEXTAREA" || element.type === "text";
const elementsOf = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

/** A field that is not on the page at the moment keeps what it holds. */
export function readFields(form, known) {
  const given = new FormData(form);
  const read = (name) => (elementsOf(form, name).length ? (given.get(name) ?? "") : known[name]);
  return Object.fromEntries(Object.keys(known).map((name) => [name, read(name)]));
}

export function writeFields(form, fields) {
  for (const [name, text] of Object.entries(fields)) {
    for (const element of elementsOf(form, name)) {
      if (element.type === "radio") element.checked = element.value === text;
      else if (element.value !== text) element.value = text;
      grow(element);
    }
  }
}

/** For browsers that cannot size a text area by its content. */
export function grow(element) {
  if (element.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return;
  element.style.height = "auto";
  element.style.height = `${element.scrollHeight}px`;
}

/** Ties each field to the sentence beside it. A list is one answer: `gratitudes.0` belongs to `gratitudes`. */
export function markProblems(form, problems) {
  for (const element of form.elements) {
    const answer = answerOf(element);
    if (!answer) continue;
    const isAsked = answer in problems;
    const isOpen = isAsked && (!element.value || isTooLong(element.value) || !openLines(form, answer).length);
    element.toggleAttribute("data-marked", isOpen);
    setOrDrop(element, "aria-invalid", isOpen && "true");
    setOrDrop(element, "aria-describedby", isAsked && `${answer}-problem`);
  }
}

const answerOf = (element) => element.name?.split(".")[0];
const openLines = (form, answer) => [...form.elements].filter((other) => answerOf(other) === answer && !other.value);
const setOrDrop = (element, name, value) =>
  value ? element.setAttribute(name, value) : element.removeAttribute(name);
const isInList = (element) => element.dataset.line !== undefined;

const isMarked = (field) => field.dataset.marked !== undefined;
/** Words that cannot be kept as they are. What is still empty may wait until the end. */
const isStuck = (field) => isWriting(field) && field.value && (isTooLong(field.value) || isMarked(field));
const fieldsOf = (form, question) => [...form.querySelectorAll(`[data-question="${question}"] :is(textarea, input)`)];

/** The question after this one, unless something here cannot be kept. */
export const onwards = (form, question) => (fieldsOf(form, question).some(isStuck) ? question : question + 1);

export const firstMarked = (form) => form.querySelector("[data-marked]");

/** Where writing goes on in a question: a marked field, an empty one, a choice, the last one. */
export function openField(form, question) {
  const fields = fieldsOf(form, question);
  const marked = fields.find(isStuck) ?? fields.find(isMarked);
  const empty = fields.find((field) => isWriting(field) && !field.value);
  const choice = fields.find((field) => field.checked) ?? fields.find((field) => field.type === "radio");
  return marked ?? choice ?? empty ?? fields.at(-1);
}

/** Enter leads on inside a list and from a choice; in free text it begins a new line. True when it was taken. */
export function moveOn({ target, shiftKey }, leave) {
  const isLine = isInList(target);
  if (shiftKey || !(isLine || target.type === "radio")) return false;
  const lines = [...target.closest("fieldset").querySelectorAll("[data-line]")];
  const next = isLine && lines[lines.indexOf(target) + 1];
  if (next) next.focus();
  else leave();
  return true;
}

/** A starter begins the line the writer is in, or the first empty one; the cursor waits behind it. */
export function continueWith(starter, answer, lastField) {
  const fields = [...answer.querySelectorAll("textarea, input")].filter(isWriting);
  const empty = fields.find((field) => !field.value);
  const here = fields.includes(lastField) ? lastField : fields.at(-1);
  const field = here.value ? (empty ?? here) : here;
  const gap = field.value && !/\s$/.test(field.value) ? " " : "";
  field.value += gap + starter.replace(/…$/, " ");
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
