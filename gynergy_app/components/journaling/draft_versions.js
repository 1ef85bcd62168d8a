// Versions of a page meeting: what closed tabs left on this device, and answers written in two places.

import { merge, same, sameFields } from "./draft_merge.js";
import { leftBehind } from "./draft_store.js";

/** One meeting of versions may leave clashes; the next waits until the member has decided them. */
export class Versions {
  clashes = [];
  copies = [];
  heardMeanwhile = null;
  isPutOff = false;

  constructor(draft) {
    this.draft = draft;
  }

  get areContested() {
    return this.clashes.length > 0;
  }

  decideLater() {
    this.isPutOff = true;
    this.draft.show();
  }

  askAgain() {
    this.isPutOff = false;
    this.draft.show();
  }

  /** What contested answers grew from. Stored with them, so that the question is asked again after a restart. */
  get contestedBase() {
    return Object.fromEntries(this.clashes.map(({ name, base }) => [name, base]));
  }

  /** Stored as well until she has decided: whose copy is in this one, and words compared that are nowhere else. */
  get undecided() {
    const onlyHere = this.clashes.filter(({ name, there }) => !same(there, this.draft.base.fields[name]));
    return {
      holds: this.areContested && this.copies[0]?.tab ? [this.copies[0].tab] : [],
      there: Object.fromEntries(onlyHere.map(({ name, there }) => [name, there])),
    };
  }

  /** Words a closed tab left on this device, or that come along from another day, join the page one by one. */
  async takeIn(page, carried) {
    this.clashes = [];
    this.heardMeanwhile = null;
    this.copies = page ? await leftBehind(page) : [];
    if (carried) this.copies.unshift({ fields: carried, base: {}, forget: () => {} });
    this.takeNext();
  }

  takeNext() {
    const copy = this.copies[0];
    if (!copy) return this.draft.settle();
    const { fields } = this.draft;
    const grewFrom = copy.sent && sameFields(fields, copy.sent) ? copy.sent : copy.base;
    this.join(grewFrom, copy.fields, fields);
    if (!this.areContested) this.took();
  }

  /** The draft stores its own copy now; until here the old one stayed where it was. */
  took() {
    this.copies.shift().forget();
    this.draft.store();
    this.takeNext();
  }

  /** Newer words from the server or another tab. `sent`: these are the words this tab had sent, tidied perhaps. */
  meet(base, sent = null) {
    if (this.areContested) {
      this.heardMeanwhile = base;
      return;
    }
    const { draft } = this;
    const grewFrom = sent ?? draft.base.fields;
    draft.base = base;
    this.join(grewFrom, draft.fields, base.fields);
    draft.settle();
  }

  join(grewFrom, here, there) {
    const { fields, clashes } = merge(grewFrom, here, there);
    this.clashes = clashes;
    this.isPutOff = false;
    this.draft.take(fields);
  }

  typed(fields) {
    this.clashes = this.clashes.map((clash) => ({ ...clash, here: fields[clash.name] }));
  }

  choose(name, text) {
    this.clashes = this.clashes.filter((clash) => clash.name !== name);
    this.draft.take({ ...this.draft.fields, [name]: text });
    this.draft.store();
    if (!this.areContested) this.goOn();
  }

  goOn() {
    const heard = this.heardMeanwhile;
    this.heardMeanwhile = null;
    if (heard) this.meet(heard);
    else if (this.copies.length) this.took();
    else this.draft.settle();
  }
}
