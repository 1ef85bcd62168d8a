// The theme chosen in Preferences, what waits on this device, and back to the page as soon as the server answers.
const chosen = localStorage.getItem("theme");
if (["dark", "light"].includes(chosen)) document.documentElement.className = chosen;

const waiting = new Set(
  Object.keys(localStorage)
    .filter((key) => key.startsWith("gynergy.draft."))
    .map((key) => key.slice(0, key.lastIndexOf("."))),
).size;

async function look() {
  try {
    if ((await fetch("/health", { cache: "no-store" })).ok) location.reload();
  } catch {
    // Still no line.
  }
}

addEventListener("DOMContentLoaded", () => {
  const words = document.getElementById("waiting");
  if (waiting) {
    words.textContent = `Words of ${waiting === 1 ? "one page wait" : `${waiting} pages wait`} on this device.`;
    words.hidden = false;
  }
  document.getElementById("again").addEventListener("click", look);
});
addEventListener("online", look);
setInterval(look, 2500);
