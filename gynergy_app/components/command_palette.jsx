// Ctrl/Cmd-K: places and actions, filtered here. Also `?` and the single keys, which a member may switch off.
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";

const TYPING = "input, textarea, select, [contenteditable], dialog[open]";

function matches(item, query) {
  const words = `${item.name} ${item.hint}`.toLowerCase();
  return query.toLowerCase().split(/\s+/).every((part) => words.includes(part));
}

// J and K walk along the rows of the list that is on the page.
function walk(step) {
  const rows = [...document.querySelectorAll("main [data-row]")];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  (row?.matches("a, button") ? row : row?.querySelector("a, button, summary"))?.focus();
}

function useKeys({ places, hasShortcuts, palette, help, navigate }) {
  useEffect(() => {
    const press = (event) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        return palette.current.open ? palette.current.close() : palette.current.showModal();
      }
      if (!hasShortcuts || event.metaKey || event.ctrlKey || event.altKey || event.target.closest(TYPING)) return;
      const place = places.find((item) => item.key && item.key === event.key.toLowerCase());
      if (event.key === "?") help.current.showModal();
      else if (event.key === "j") walk(1);
      else if (event.key === "k") walk(-1);
      else if (event.key === "u") document.querySelector("[data-undo]")?.click();
      else if (place) navigate(place.href);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [places, hasShortcuts, navigate]);
}

function Palette({ places, lacks, palette, navigate }) {
  const [query, setQuery] = useState("");
  const [chosen, choose] = useState(0);
  const found = places.filter((item) => matches(item, query));
  const go = (item) => {
    palette.current.close();
    if (item) navigate(item.href);
  };
  const move = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") return event.preventDefault(), go(found[chosen]);
    if (!step) return;
    event.preventDefault();
    choose((chosen + step + found.length) % (found.length || 1));
  };
  const reset = () => (setQuery(""), choose(0));
  return (
    <dialog ref={palette} id="palette" className="dialog palette" aria-label="Find a place or an action" onClose={reset}
      onClick={(event) => event.target === palette.current && event.detail > 0 && palette.current.close()}>
      <input className="input" type="text" role="combobox" autoFocus autoComplete="off" placeholder="Find a place or an action"
        aria-label="Find a place or an action" aria-expanded="true" aria-controls="palette-list" value={query}
        aria-activedescendant={found[chosen] ? `palette-${chosen}` : undefined} onKeyDown={move}
        onChange={(event) => (setQuery(event.target.value), choose(0))} />
      <ul id="palette-list" role="listbox" aria-label="Places and actions">
        {found.map((item, i) => (
          <li key={item.href + item.name} id={`palette-${i}`} role="option" aria-selected={i === chosen}
            ref={(row) => i === chosen && row?.scrollIntoView({ block: "nearest" })}
            onPointerMove={() => i !== chosen && choose(i)} onClick={() => go(item)}>
            {item.name}<span className="meta">{lacks.includes(item.needs) ? `${item.hint}, closed` : item.hint}</span>
          </li>
        ))}
      </ul>
      <p className="meta" role="status" style={{ padding: "8px 14px" }}>{found.length ? "" : "Nothing here has that name."}</p>
    </dialog>
  );
}

function Help({ places, help }) {
  const keys = [["Ctrl K", "Find a place or an action"], ["?", "These keys"], ["J  K", "Next and previous in a list"], ["U", "Undo what was just done"]];
  places.forEach((item) => item.key && keys.push([item.key.toUpperCase(), item.name]));
  return (
    <dialog ref={help} id="keys" className="dialog" aria-labelledby="keys-title">
      <h2 className="heading" id="keys-title">Keys</h2>
      <dl className="keys">
        {keys.map(([key, does]) => [<dt key={key}><kbd className="kbd">{key}</kbd></dt>, <dd key={does}>{does}</dd>])}
      </dl>
      <p className="meta" style={{ marginTop: 16 }}>Single keys can be switched off in your preferences.</p>
      <div className="dialog-actions"><button type="button" className="btn" onClick={() => help.current.close()}>Close</button></div>
    </dialog>
  );
}

export function CommandPalette({ places, lacks, hasShortcuts }) {
  const palette = useRef(null);
  const help = useRef(null);
  const navigate = useNavigate();
  useKeys({ places, hasShortcuts, palette, help, navigate });
  return (
    <>
      <Palette places={places} lacks={lacks} palette={palette} navigate={navigate} />
      <Help places={places} help={help} />
    </>
  );
}
