// One page being written: the words here, the words the server last had, and what is under way between the two.

import { Flight } from "./draft_flight.js";
import { Hearing } from "./draft_hearing.js";
import { sameFields } from "./draft_merge.js";
import { Pace } from "./draft_pace.js";
import { isTooLong, Refusals } from "./draft_refusals.js";
import { forget, remember } from "./draft_store.js";
import { Versions } from "./draft_versions.js";

const DEVICE_MS = 300;
const IDLE_MS = 1500;
const LONGEST_UNSAVED_MS = 15000;

export class Draft {
  page = "";
  fields = {};
  base = { fields: {}, revision: 0, savedAt: "" };
  isOnDevice = true;
  isWritable = false;
  isFinishing = false;
  isTypedElsewhere = false;
  /** Words stay on this device until they are finished: there is no such thing as a half-logged sitting. */
  staysOnDevice = false;
  /** Writing was closed to her: nothing more is sent by itself, and nothing of it is lost. */
  isTurnedAway = false;

  /** `send(verb, page, fields, revision, attempt)`; `show()` draws what has changed. */
  constructor(send, show) {
    this.send = send;
    this.show = show;
    this.flight = new Flight(send, show);
    this.versions = new Versions(this);
    this.hearing = new Hearing(this);
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
    if (!this.isDirty && !this.flight.message) return this.base.savedAt ? "saved" : "blank";
    if (!this.isOnDevice) return "unsafe";
    if (this.refusals.forbid(this.fields) || Object.values(this.fields).some(isTooLong)) return "long";
    // The line stands, and nobody has answered on it in time.
    return this.flight.message && !this.flight.isAway ? "late" : "device";
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

  /**
   * An answer still contested is stored with what it grew from, so that a restart asks again. What was opened to be
   * read says nothing of what this device holds.
   */
  store() {
    this.storing.stop();
    if (!this.page) return;
    const { areContested, contestedBase, undecided } = this.versions;
    const isNothing = !this.isDirty && !this.flight.message && !areContested;
    if (isNothing) return this.isWritable ? forget(this.page) : undefined;
    const sent = this.flight.message?.fields ?? null;
    const base = { ...this.base.fields, ...contestedBase };
    this.isOnDevice = remember(this.page, { fields: this.fields, base, sent, ...undecided });
  }

  get isNeeded() {
    if (this.isFinishing) return true;
    return this.isDirty && !this.staysOnDevice && !this.isTurnedAway && !this.refusals.forbid(this.fields);
  }

  keep() {
    this.keeping.stop();
    if (!this.isWritable || !this.isNeeded || this.versions.areContested || this.flight.message) return;
    this.flight.start(this.isFinishing ? "finish" : "keep", this.page, this.fields, this.base.revision);
    this.store();
    this.show();
  }

  /** A page in two versions is not kept before she has decided: she is asked again instead. */
  finish() {
    if (this.versions.areContested) return this.versions.askAgain();
    this.isFinishing = this.isWritable;
    this.keep();
    this.show();
  }

  settle() {
    this.store();
    if (this.isFinishing) this.keep();
    else if (this.isNeeded) this.keeping.soon();
    this.show();
  }

  line(isAway) {
    this.flight.line(isAway);
    this.show();
  }

  leave() {
    this.store();
    this.keeping.stop();
    this.flight.land();
  }
}
