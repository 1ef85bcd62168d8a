// What the server would not take, until the member changes it.

import { same, sameFields } from "./draft_merge.js";

/** What a field holds, counted as the server does: FIELD_LIMIT of the drafts. */
const MOST = 10_000;
export const isTooLong = (text) => text.length > MOST && [...text.normalize().trim()].length > MOST;

export class Refusals {
  count = 0;
  fields = {};
  /** Too long even for a draft: sending it again unchanged would only be refused again. */
  unkeepable = null;

  hear(sheet, landed) {
    if (landed) this.unkeepable = null;
    if (landed && sheet.refusals > this.count) {
      this.fields = landed.fields;
      if (landed.verb === "keep") this.unkeepable = landed.fields;
    }
    this.count = sheet.refusals;
  }

  forbid(fields) {
    return this.unkeepable !== null && sameFields(fields, this.unkeepable);
  }

  /** The sentences whose answer was not changed since. A list is one answer: `gratitudes.0` is of `gratitudes`. */
  standing(problems, fields) {
    const partsOf = (name) => Object.keys(fields).filter((field) => field.split(".")[0] === name);
    const isUntouched = (name) => partsOf(name).every((field) => same(fields[field], this.fields[field]));
    return Object.fromEntries(Object.entries(problems).filter(([name]) => isUntouched(name)));
  }
}
