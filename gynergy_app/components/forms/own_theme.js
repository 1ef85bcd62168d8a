// Whether a theme was chosen on this very device. Reflex itself remembers which.
const PLACE = "gynergy.theme-is-own";

export const makeThemeOwn = () => localStorage.setItem(PLACE, "yes");
export const isThemeOwn = () => localStorage.getItem(PLACE) === "yes";
