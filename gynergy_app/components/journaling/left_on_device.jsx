// Words of hers that no server has, on pages that are closed to her: shown from the device, to be read and copied.
import { useEffect, useId, useState } from "react";

import { unsavedOf } from "./draft_store.js";

const day = (at) => new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long" });

export function LeftOnDevice({ writer, names, title, words, className }) {
  const [pages, find] = useState([]);
  const heading = useId();
  useEffect(() => find(writer ? unsavedOf(writer) : []), [writer]);
  if (!pages.length) return null;
  return (
    <section aria-labelledby={heading} className={className}>
      <h2 id={heading} className="label">{title}</h2>
      <p className="meta">{words}</p>
      {pages.map(({ key, at, kind, texts }) => (
        <article key={key}>
          <h3 className="meta">{names[kind] ?? names.page}, {day(at)}</h3>
          {texts.map((text, i) => <p key={i} dir="auto" className="words">{text}</p>)}
        </article>
      ))}
    </section>
  );
}
