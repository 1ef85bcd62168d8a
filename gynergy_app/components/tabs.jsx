// Tabs over panels that are all on the page already. Arrow keys are handled for every [data-roving] group at once.
// An address may name one of them: /desk#compare.
import { Children, useEffect, useId, useState } from "react";

export function Tabs({ label, names, children }) {
  const [chosen, choose] = useState(0);
  const id = useId();
  useEffect(() => {
    const named = names.findIndex((name) => location.hash === `#${name.toLowerCase()}`);
    if (named >= 0) choose(named);
  }, []);
  return (
    <div>
      <div className="tabs" role="tablist" aria-label={label} data-roving="select">
        {names.map((name, i) => (
          <button
            key={name}
            type="button"
            role="tab"
            data-stop
            id={`${id}t${i}`}
            aria-controls={`${id}p${i}`}
            aria-selected={i === chosen}
            tabIndex={i === chosen ? 0 : -1}
            onClick={() => choose(i)}
          >
            {name}
          </button>
        ))}
      </div>
      {Children.toArray(children).map((panel, i) => (
        <div key={i} role="tabpanel" id={`${id}p${i}`} aria-labelledby={`${id}t${i}`} hidden={i !== chosen} tabIndex={0}>
          {panel}
        </div>
      ))}
    </div>
  );
}
