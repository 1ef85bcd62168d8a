// What comes from the server: the answer to what was sent, another page, or words from elsewhere.

import { sameFields } from "./draft_merge.js";
import { tellOtherTabs } from "./draft_store.js";

const baseOf = (sheet) => ({ fields: sheet.fields, revision: sheet.revision, savedAt: sheet.saved_at });
const writerOf = (page) => page.split(".")[0];

export class Hearing {
  calledBack = "";
  carried = null;

  constructor(draft) {
    this.draft = draft;
  }

  hear(sheet) {
    const { draft } = this;
    if (!sheet.key) return void (draft.isWritable = false);
    if (sheet.is_writable) draft.isTurnedAway = false;
    if (sheet.key !== draft.page) return this.open(sheet);
    const { message } = draft.flight;
    const isAnswer = message && sheet.answers === message.attempt;
    if (isAnswer && sheet.outcome === "later") return draft.flight.delay();
    const isThere = message && sameFields(sheet.fields, message.fields);
    const hasLanded = isAnswer || (isThere && message.verb === "keep");
    draft.isWritable = sheet.is_writable;
    draft.refusals.hear(sheet, hasLanded && this.land(sheet));
    if (sheet.revision < draft.base.revision) return;
    const isOurs = isThere || (isAnswer && sheet.outcome === "taken");
    draft.versions.meet(baseOf(sheet), isOurs ? message.fields : null);
  }

  /** What was sent may not be written any more: it stays on this device, as words that are not saved. */
  turnAway(attempt) {
    const { draft } = this;
    if (!attempt || draft.flight.message?.attempt !== attempt) return;
    draft.flight.land();
    draft.isFinishing = false;
    draft.isTurnedAway = true;
    draft.store();
    draft.show();
  }

  /** Words from elsewhere that stood in the way of finishing join first; then it goes on. */
  land(sheet) {
    const { draft } = this;
    const message = draft.flight.land();
    if (message.verb === "finish") draft.isFinishing = sheet.outcome === "elsewhere";
    if (sheet.revision > draft.base.revision) tellOtherTabs(draft.page, baseOf(sheet));
    return message;
  }

  open(sheet) {
    const { draft, carried } = this;
    if (this.shouldCallBack(sheet)) return this.callBack();
    draft.leave();
    draft.page = sheet.key;
    draft.base = baseOf(sheet);
    draft.isWritable = sheet.is_writable;
    draft.isFinishing = false;
    draft.refusals.hear(sheet);
    draft.take({ ...sheet.fields });
    this.carried = null;
    draft.versions.takeIn(sheet.is_writable && draft.page, carried);
  }

  shouldCallBack(sheet) {
    const { page, isDirty } = this.draft;
    return page && writerOf(sheet.key) === writerOf(page) && isDirty && this.calledBack !== page;
  }

  /** After midnight a reconnect opens the new day. Words not yet saved ask for their own day again. */
  callBack() {
    this.calledBack = this.draft.page;
    this.draft.send("reopen", this.draft.page);
  }

  /** The day of these words is over: take them along to today's page. */
  carry() {
    this.carried = this.draft.fields;
    this.calledBack = this.draft.page;
    this.draft.send("reopen", "");
  }
}
