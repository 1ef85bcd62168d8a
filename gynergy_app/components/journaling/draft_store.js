// Words this device keeps until the server has them.
// Each open tab keeps its own copy, so no tab can write over another's. A key names the member first: what one
// person wrote is never offered to the next. Signing out removes what is hers: leaving.js.

export const PREFIX = "gynergy.draft.";
const LONGEST_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const TAB = Math.random().toString(36).slice(2);

const keyOf = (page, tab = TAB) => `${PREFIX}${page}.${tab}`;

/** True when the device took it; a full or forbidden storage says no. */
export function remember(page, copy) {
  try {
    localStorage.setItem(keyOf(page), JSON.stringify({ ...copy, at: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function forget(page, tab = TAB) {
  try {
    localStorage.removeItem(keyOf(page, tab));
  } catch {
    // A storage that may not be touched holds nothing of ours.
  }
}

function copies() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }));
  } catch {
    return [];
  }
}

/** Copies of this page whose tab was closed or killed, oldest first. A living tab looks after its own. */
export async function leftBehind(page) {
  const alive = await tabsAlive();
  const ours = `${PREFIX}${page}.`;
  return freshCopies()
    .filter(({ key }) => key.startsWith(ours))
    .map((copy) => ({ ...copy, tab: copy.key.slice(ours.length) }))
    .filter(({ tab }) => tab === TAB || !alive.has(tab))
    .map((copy) => ({ ...copy, forget: () => forget(page, copy.tab) }))
    .sort((a, b) => a.at - b.at)
    .flatMap((copy) => (hasMore(copy) ? [theOtherSide(copy), copy] : [copy]));
}

/** Words it was being compared with, when this device is all that had them. */
const hasMore = ({ there }) => Object.keys(there ?? {}).length > 0;
const theOtherSide = ({ fields, base, there }) => ({ fields: { ...fields, ...there }, base, forget: () => {} });

/** Without those that are too old, and those whose words another copy has taken in. */
function freshCopies() {
  const all = copies();
  const taken = new Set(all.flatMap(({ holds }) => holds ?? []));
  const isOver = ({ key, at }) => Date.now() - at > LONGEST_KEPT_MS || taken.has(key.slice(key.lastIndexOf(".") + 1));
  for (const copy of all.filter(isOver)) localStorage.removeItem(copy.key);
  return all.filter((copy) => !isOver(copy));
}

/** Everything of hers that this device holds and no server has, page by page, oldest first. */
export function unsavedOf(writer) {
  const ours = `${PREFIX}${writer}.`;
  return freshCopies()
    .filter(({ key }) => key.startsWith(ours))
    .map(({ key, fields, at }) => ({ key, at, kind: key.split(".")[5], texts: Object.values(fields).filter(isWords) }))
    .filter(({ texts }) => texts.length)
    .sort((a, b) => a.at - b.at);
}

/** What was chosen is stored beside what was typed. */
const isWords = (text) => text.trim() && !/^(\d+|yes|no)$/.test(text);

/** A lock is held for as long as this document lives, however it ends. */
export function holdTab() {
  navigator.locks?.request(PREFIX + TAB, () => new Promise(() => {}));
}

async function tabsAlive() {
  const locks = await navigator.locks?.query();
  return new Set((locks?.held ?? []).map((lock) => lock.name.slice(PREFIX.length)));
}

/** Tell the other tabs of this browser what the server has now. */
export function tellOtherTabs(page, base) {
  const channel = new BroadcastChannel(PREFIX);
  channel.postMessage({ page, base });
  channel.close();
}

/** `onSaved(page, base)`: another tab saved. `onTyping(page, isUnsaved)`: another tab types, or is done. */
export function hearOtherTabs({ onSaved, onTyping }) {
  const channel = new BroadcastChannel(PREFIX);
  const typing = ({ key, newValue }) => {
    if (!key?.startsWith(PREFIX)) return;
    onTyping(key.slice(PREFIX.length, key.lastIndexOf(".")), newValue !== null);
  };
  channel.onmessage = ({ data }) => onSaved(data.page, data.base);
  window.addEventListener("storage", typing);
  return () => {
    channel.close();
    window.removeEventListener("storage", typing);
  };
}
