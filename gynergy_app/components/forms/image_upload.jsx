// Sends one picture to our own route and says how it went. The server checks everything again.
import { useEffect, useRef, useState } from "react";
import { fitted } from "./pictures.js";

async function send(action, name, file) {
  const body = new FormData();
  body.append(name, file);
  const headers = { "X-Requested-With": "fetch", Accept: "application/json" };
  const response = await fetch(action, { method: "POST", body, headers, credentials: "same-origin" });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? "The picture did not arrive. Please try again.");
  return answer;
}

export function ImageUpload({ id, label, hint, action, name, maxMb, picture, onUploaded, onRemove, round }) {
  const input = useRef(null);
  const [shown, show] = useState(picture ?? "");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState("");
  useEffect(() => show(picture ?? ""), [picture]);

  const choose = async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    setError("");
    setBusy(true);
    try {
      const { key, url } = await send(action, name, await fitted(file, maxMb));
      show(url);
      onUploaded?.(key, url);
    } catch (failure) {
      setError(failure instanceof TypeError ? "The line is down. Your picture was not sent; try again in a moment." : failure.message);
    }
    setBusy(false);
  };
  const remove = () => (show(""), onRemove?.());

  return (
    <div className="field">
      <span className="label" id={`${id}-label`}>{label}</span>
      <div className="row" style={{ flexWrap: "wrap" }}>
        {shown && <img src={shown} alt="Your picture" className={round ? "avatar avatar-l" : "rounded-control"} style={round ? { objectFit: "cover" } : { maxHeight: 160 }} />}
        <input ref={input} id={id} type="file" className="vh" tabIndex={-1} accept="image/jpeg,image/png,image/webp,image/heic"
          aria-labelledby={`${id}-label`} aria-describedby={`${id}-hint`} aria-invalid={error ? "true" : undefined} onChange={choose} />
        <button type="button" className="btn" disabled={isBusy} aria-busy={isBusy} aria-describedby={`${id}-hint ${id}-error`} onClick={() => input.current.click()}>
          <span className="ready">{shown ? "Choose another" : "Choose a picture"}</span>
          <span className="busy"><span className="spin" aria-hidden="true" />Sending…</span>
        </button>
        {shown && onRemove && <button type="button" className="btn btn-quiet" onClick={remove}>Remove</button>}
      </div>
      {hint && <p className="hint" id={`${id}-hint`}>{hint}</p>}
      <p className="error" id={`${id}-error`} role="alert">{error}</p>
    </div>
  );
}
