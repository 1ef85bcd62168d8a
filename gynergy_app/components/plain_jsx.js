// Stands where Reflex's pages ask for "@emotion/react": our styles are class names and a few plain values,
// so the `css` they are handed is an element's own style, and no library has to be sent for it.
import { createElement } from "react";

export function jsx(type, props, ...children) {
  if (!props?.css) return createElement(type, props, ...children);
  const { css, ...rest } = props;
  return createElement(type, { ...rest, style: css }, ...children);
}
