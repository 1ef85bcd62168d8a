// Two versions of a page become one. Nothing is dropped: where both changed the same answer, the member decides.

const plain = (text) => (text ?? "").replace(/\r\n?/g, "\n").trim().normalize("NFC");
const namesOf = (...versions) => [...new Set(versions.flatMap(Object.keys))];

/** The server tidies what it stores; that alone is no difference. */
export const same = (a, b) => plain(a) === plain(b);

export const sameFields = (a, b) => namesOf(a, b).every((name) => same(a[name], b[name]));

/** `base` is what both grew from. An answer changed on one side only is taken from that side. */
export function merge(base, here, there) {
  const fields = {};
  const clashes = [];
  for (const name of namesOf(here, there)) {
    const keepHere = same(here[name], there[name]) || same(there[name], base[name]);
    fields[name] = (keepHere || !same(here[name], base[name]) ? here[name] : there[name]) ?? "";
    if (!keepHere && !same(here[name], base[name])) {
      clashes.push({ name, base: base[name] ?? "", here: here[name] ?? "", there: there[name] ?? "" });
    }
  }
  return { fields, clashes };
}
