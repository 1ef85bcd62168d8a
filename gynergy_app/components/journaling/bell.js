// A small bell, made of tones that fade. It is struck ahead of time on the audio clock, which goes on counting in a
// tab nobody looks at, where timers are held back.

const PARTIALS = [
  { hertz: 432, loudness: 0.22, seconds: 6 },
  { hertz: 866, loudness: 0.1, seconds: 4 },
  { hertz: 1301, loudness: 0.05, seconds: 2.5 },
];
const SILENCE = 0.0001;

export class Bell {
  isOn = false;
  tones = [];

  /** Whether it will be struck when the time is over. */
  get isSet() {
    return this.tones.length > 0;
  }

  /** Switching it on rings once: that is how loud it will be, and it lets the browser play at all. */
  turn(isOn) {
    this.isOn = isOn;
    if (isOn) this.strike(0);
    else this.cancel();
  }

  ringIn(milliseconds) {
    this.cancel();
    if (this.isOn) this.tones = this.strike(milliseconds / 1000);
  }

  cancel() {
    for (const tone of this.tones) tone.stop();
    this.tones = [];
  }

  strike(inSeconds) {
    this.context ??= new AudioContext();
    this.context.resume();
    const at = this.context.currentTime + inSeconds;
    return PARTIALS.map((partial) => this.tone(partial, at));
  }

  tone({ hertz, loudness, seconds }, at) {
    const volume = this.context.createGain();
    volume.gain.setValueAtTime(0, this.context.currentTime);
    volume.gain.setValueAtTime(loudness, at);
    volume.gain.exponentialRampToValueAtTime(SILENCE, at + seconds);
    volume.connect(this.context.destination);
    const tone = new OscillatorNode(this.context, { frequency: hertz });
    tone.connect(volume);
    tone.start(at);
    tone.stop(at + seconds);
    return tone;
  }

  close() {
    this.cancel();
    this.context?.close();
    this.context = undefined;
  }
}
