// One page being written: the words here, the words the server last had, and what is under way between the two.

import { Flight } from "./draft_flight.js";
import { sameFields } from "./draft_merge.js";
import { Pace } from "./draft_pace.js";
import { Refusals } from "./draft_refusals.js";
import { forget, remember, tellOtherTabs } from "./draft_store.js";
import { Versions } from "./draft_versions.js";

const DEVICE_MS = 300;
const IDLE_MS = 1500;
const LONGEST_UNSAVED_MS = 15000;

const baseOf = (sheet) => ({ fields: sheet.fields, revision: sheet.revision, savedAt: sheet.saved_at });

export class Draft {
  page = "";
  fields = {};
  base = { fields: {}, revision: 0, savedAt: "" };
  isOnDevice = true;
  isWritable = false;
  isFinishing = false;
  isTypedElsewhere = false;

  /** `send(verb, page, fields, revision, attempt)`; `show()` draws what has changed. */
  constructor(send, show) {
    this.send = send;
    this.show = show;
    this.flight = new Flight(send, show);
    this.versions = new Versions(this);
    this.refusals = new Refusals();
    this.storing = new Pace(DEVICE_MS, DEVICE_MS, () => this.store());
    this.keeping = new Pace(IDLE_MS, LONGEST_UNSAVED_MS, () => this.keep());
  }

  get isDirty() {
    return !sameFields(this.fields, this.base.fields);
  }

  get status() {
    if (!this.page) return "opening";
    if (this.versions.areContested) return "clash";
    if (this.flight.isHopeful) return "saving";
    if (this.isDirty || this.flight.message) return this.isOnDevice ? "device" : "unsafe";
    return this.base.savedAt ? "saved" : "blank";
  }

  /** What the server has: the answer to what was sent, a page opened, or words from elsewhere. */
  hear(sheet) {
    if (!sheet.key) return;
    if (sheet.key !== this.page) return this.open(sheet);
    const { message } = this.flight;
    const isSaved = message?.verb === "keep" && sameFields(sheet.fields, message.fields);
    const hasLanded = message && (isSaved || sheet.answers === message.attempt);
    this.isWritable = sheet.is_writable;
    this.refusals.hear(sheet, hasLanded && this.land(sheet));
    if (sheet.revision >= this.base.revision) this.versions.meet(baseOf(sheet), message?.fields);
  }

  land(sheet) {
    const message = this.flight.land();
    if (message.verb === "finish") this.isFinishing = false;
    if (sheet.revision > this.base.revision) tellOtherTabs(this.page, baseOf(sheet));
    return message;
  }

  open(sheet) {
    if (this.shouldCallBack(sheet)) return this.callBack();
    this.leave();
    this.page = sheet.key;
    this.base = baseOf(sheet);
    this.isWritable = sheet.is_writable;
    this.refusals.hear(sheet);
    this.take({ ...sheet.fields });
    this.versions.takeIn(sheet.is_writable && this.page, this.carried);
    this.carried = null;
  }

  shouldCallBack(sheet) {
    const isSameWriter = sheet.key.split(".")[0] === this.page.split(".")[0];
    return this.page && isSameWriter && this.isDirty && this.calledBack !== this.page;
  }

  /** After midnight a reconnect opens the new day. Words not yet saved ask for their own day again. */
  callBack() {
    this.calledBack = this.page;
    this.send("reopen", this.page);
  }

  /** The day of these words is over: take them along to today's page. */
  carry() {
    this.carried = this.fields;
    this.calledBack = this.page;
    this.send("reopen", "");
  }

  take(fields) {
    this.fields = fields;
    if (this.versions.areContested) this.isFinishing = false;
    this.show();
  }

  type(fields) {
    this.versions.typed(fields);
    this.take(fields);
    this.storing.soon();
    this.keeping.soon();
  }

  /** An answer still contested is stored with what it grew from, so that a restart asks again. */
  store() {
    this.storing.stop();
    if (!this.page) return;
    if (!this.isDirty && !this.flight.message) return forget(this.page);
    const base = { ...this.base.fields, ...this.versions.contestedBase };
    this.isOnDevice = remember(this.page, { fields: this.fields, base, sent: this.flight.message?.fields ?? null });
  }

  get isNeeded() {
    return this.isFinishing || (this.isDirty && !this.refusals.forbid(this.fields));
  }

  keep() {
    this.keeping.stop();
    if (!this.isWritable || !this.isNeeded || this.versions.areContested || this.flight.message) return;
    this.flight.start(this.isFinishing ? "finish" : "keep", this.page, this.fields, this.base.revision);
    this.store();
    this.show();
  }

  finish() {
    this.isFinishing = this.isWritable && !this.versions.areContested;
    this.keep();
    this.show();
  }

  settle() {
    this.store();
    if (this.isFinishing) this.keep();
    else if (this.isNeeded) this.keeping.soon();
    this.show();
  }

  line(isDown) {
    this.flight.line(isDown);
    this.show();
  }

  leave() {
    this.store();
    this.keeping.stop();
    this.flight.land();
  }
}
