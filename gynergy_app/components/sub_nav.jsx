// The places beside this one, in a line that scrolls on a phone: where one stands is brought into sight.
import { useEffect, useRef } from "react";

export function SubNav({ label, children }) {
  const bar = useRef(null);
  useEffect(() => {
    const here = bar.current.querySelector("[aria-current]");
    if (here) bar.current.scrollLeft = here.offsetLeft - (bar.current.clientWidth - here.offsetWidth) / 2;
  }, []);
  return <nav ref={bar} className="subnav" aria-label={label}>{children}</nav>;
}
