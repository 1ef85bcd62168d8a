// Sends a photo of the page to our own route. The page can be kept meanwhile. A photo that was lost on the
// way can be sent again; for one that can never pass, another is asked for.

import { useRef, useState } from "react";

import { Refused, fitted } from "../../forms/inputs/pictures.js";

const NO_LINE = "The line is down. Your words are safe; send the photo again in a moment.";

function post(action, photo, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("photo", photo, "photo");
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / total) * 100));
    request.onerror = () => reject(new Error(NO_LINE));
    request.onload = () => {
      const answer = JSON.parse(request.responseText || "{}");
      if (request.status < 400) resolve(answer);
      else if (answer.problems) reject(new Refused(answer.error));
      else reject(new Error(answer.error ?? "The photo did not arrive. Please send it again."));
    };
    request.open("POST", action);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  });
}

export function PhotoUpload({ action, hint, maxMb, onUploaded }) {
  const input = useRef(null);
  const [progress, setProgress] = useState(null);
  const [failure, setFailure] = useState(null);

  const send = async (file) => {
    setFailure(null);
    setProgress(0);
    try {
      await post(action, await fitted(file, maxMb), setProgress);
      onUploaded();
    } catch (error) {
      const words = error instanceof SyntaxError ? NO_LINE : error.message;
      setFailure({ words, file: error instanceof Refused ? null : file });
    }
    setProgress(null);
  };
  const choose = ({ target }) => {
    const [file] = target.files;
    target.value = "";
    if (file) send(file);
  };

  const isRefused = failure !== null && !failure.file;
  return (
    <div className="field">
      <input
        ref={input}
        type="file"
        className="vh"
        tabIndex={-1}
        aria-label="Photo"
        accept="image/jpeg,image/png,image/webp"
        onChange={choose}
      />
      <div className="row">
        <button type="button" className="btn" disabled={progress !== null} onClick={() => input.current.click()}>
          {progress === null ? (isRefused ? "Choose another photo" : "Add a photo") : `Sending, ${progress} %`}
        </button>
        {failure?.file && (
          <button type="button" className="btn btn-quiet" onClick={() => send(failure.file)}>Send it again</button>
        )}
      </div>
      <p className="hint">{hint}</p>
      <p className="error" role="alert">{failure?.words}</p>
    </div>
  );
}
