// A device on which no theme was chosen takes the one of the account that is signed in. Draws nothing.
import { useContext, useEffect } from "react";
import { ColorModeContext } from "$/utils/context";

import { isThemeOwn } from "./own_theme.js";

export function AccountTheme({ theme }) {
  const { setColorMode } = useContext(ColorModeContext);
  useEffect(() => {
    if (theme && !isThemeOwn()) setColorMode(theme);
  }, [theme]);
  return null;
}
