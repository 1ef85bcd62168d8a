// How long somebody sits, counted by the clock: a hidden tab, a reload or another page takes nothing from it.

const MINUTE = 60_000;
const PLACE = "gynergy.sitting";

export const LENGTHS = [5, 10, 15, 20];

export class Sitting {
  minutes = 10;
  /** What was left when it last stood still. */
  left = 10 * MINUTE;
  endsAt = null;
  hasBell = false;

  constructor() {
    Object.assign(this, read());
  }

  leftAt(now) {
    return this.endsAt === null ? this.left : Math.max(0, this.endsAt - now);
  }

  statusAt(now) {
    if (this.leftAt(now) === 0) return "over";
    if (this.endsAt !== null) return "running";
    return this.left < this.minutes * MINUTE ? "paused" : "ready";
  }

  /** How much of it has been sat through, from 0 to 1. */
  shareAt(now) {
    return 1 - this.leftAt(now) / (this.minutes * MINUTE);
  }

  choose(minutes) {
    this.stand({ minutes, left: minutes * MINUTE, endsAt: null });
  }

  begin(now) {
    this.stand({ endsAt: now + this.left });
  }

  pause(now) {
    this.stand({ left: this.leftAt(now), endsAt: null });
  }

  reset() {
    this.choose(this.minutes);
  }

  stand(how) {
    Object.assign(this, how);
    const { minutes, left, endsAt, hasBell } = this;
    try {
      sessionStorage.setItem(PLACE, JSON.stringify({ minutes, left, endsAt, hasBell }));
    } catch {
      // Without storage it lasts as long as the page does.
    }
  }
}

function read() {
  try {
    const { minutes, left, endsAt, hasBell } = JSON.parse(sessionStorage.getItem(PLACE));
    const isSound = LENGTHS.includes(minutes) && left >= 0 && left <= minutes * MINUTE;
    return isSound && { minutes, left, endsAt, hasBell: hasBell === true };
  } catch {
    return {};
  }
}

/** 9:05 */
export function clockWords(left) {
  const seconds = Math.ceil(left / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function spokenWords(left) {
  const seconds = Math.ceil(left / 1000);
  const parts = [count(Math.floor(seconds / 60), "minute"), count(seconds % 60, "second")];
  return parts.filter(Boolean).join(" ") || "no time";
}

const count = (number, unit) => number && `${number} ${unit}${number === 1 ? "" : "s"}`;
