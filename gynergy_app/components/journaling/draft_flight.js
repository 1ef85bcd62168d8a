// One message to the server at a time, sent again until it is answered. The server takes the same words twice as once.

const PATIENCE_MS = 8000;
const LONGEST_PATIENCE_MS = 60000;
const AFTER_RECONNECT_MS = 3000;

export class Flight {
  message = null;
  isLate = false;
  isAway = false;

  /** `send(verb, page, fields, revision, attempt)`; `onLate()` when no answer came in time. */
  constructor(send, onLate) {
    this.send = send;
    this.onLate = onLate;
  }

  get isHopeful() {
    return this.message !== null && !this.isLate && !this.isAway;
  }

  start(verb, page, fields, revision) {
    const attempt = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
    this.message = { verb, page, fields, revision, attempt };
    this.isLate = false;
    this.patience = PATIENCE_MS;
    this.go();
  }

  go() {
    const { verb, page, fields, revision, attempt } = this.message;
    this.send(verb, page, fields, revision, attempt);
    this.wait(this.patience);
    this.patience = Math.min(this.patience * 2, LONGEST_PATIENCE_MS);
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.again(), milliseconds);
  }

  /** Nothing can be saved just now: say so, and try again in a while. */
  delay() {
    this.isLate = true;
    this.onLate();
  }

  /** While nobody hears it, sending again would only repeat it. */
  again() {
    if (!this.message) return;
    this.delay();
    if (!this.isAway) this.go();
  }

  line(isAway) {
    const isBack = this.isAway && !isAway;
    this.isAway = isAway;
    if (isBack && this.message) this.wait(AFTER_RECONNECT_MS);
  }

  land() {
    clearTimeout(this.timer);
    const landed = this.message;
    this.message = null;
    return landed;
  }
}
