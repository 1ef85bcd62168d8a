// Words of hers that no server has, on pages that are closed to her: shown from the device, to be read and copied.
import { useEffect, useState } from "react";

import { unsavedOf } from "./draft_store.js";

const day = (at) => new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long" });

export function LeftOnDevice({ writer, names, title, words, className }) {
  const [pages, find] = useState([]);
  useEffect(() => find(writer ? unsavedOf(writer) : []), [writer]);
  if (!pages.length) return null;
  return (
    <section aria-labelledby="left-on-device" className={className}>
      <h2 id="left-on-device" className="label">{title}</h2>
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
