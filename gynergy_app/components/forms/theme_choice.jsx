// System, dark or light: applied and remembered here at once; the server is told when it wants to know. From then on
// this device has a theme of its own.
import { useContext, useEffect, useState } from "react";
import { ColorModeContext } from "$/utils/context";

import { makeThemeOwn } from "./own_theme.js";

const CHOICES = [["system", "System"], ["dark", "Dark"], ["light", "Light"]];

export function ThemeChoice({ label, onChoose }) {
  const { rawColorMode, setColorMode } = useContext(ColorModeContext);
  // The server cannot know the choice, so it is drawn after the first paint.
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const choose = (mode) => {
    makeThemeOwn();
    setColorMode(mode);
    onChoose?.(mode);
  };
  return (
    <div className="seg seg-wide" role="radiogroup" aria-label={label}>
      {CHOICES.map(([mode, word]) => (
        <label key={mode}>
          <input type="radio" name="theme" value={mode} checked={isReady && rawColorMode === mode} onChange={() => choose(mode)} />
          {word}
        </label>
      ))}
    </div>
  );
}
