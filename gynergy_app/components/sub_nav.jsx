// The places beside this one, in a line that scrolls on a phone: where one stands is brought into sight, and the line
// fades out only where it goes on.
import { useEffect, useRef } from "react";

export function SubNav({ label, children }) {
  const bar = useRef(null);
  const fade = () => {
    const { scrollLeft, scrollWidth, clientWidth, style } = bar.current;
    style.setProperty("--before", scrollLeft > 1 ? "24px" : "0px");
    style.setProperty("--after", scrollWidth - clientWidth - scrollLeft > 1 ? "24px" : "0px");
  };
  useEffect(() => {
    const here = bar.current.querySelector("[aria-current]");
    if (here) bar.current.scrollLeft = here.offsetLeft - (bar.current.clientWidth - here.offsetWidth) / 2;
    fade();
  }, []);
  return <nav ref={bar} className="subnav" aria-label={label} onScroll={fade}>{children}</nav>;
}
