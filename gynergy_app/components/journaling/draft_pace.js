// Something done a moment after the last call, and no later than `longest` after the first.

export class Pace {
  constructor(idle, longest, run) {
    Object.assign(this, { idle, longest, run });
  }

  soon() {
    this.since ??= Date.now();
    clearTimeout(this.timer);
    const left = this.since + this.longest - Date.now();
    this.timer = setTimeout(() => this.now(), Math.max(0, Math.min(this.idle, left)));
  }

  now() {
    this.stop();
    this.run();
  }

  stop() {
    clearTimeout(this.timer);
    this.since = undefined;
  }
}
