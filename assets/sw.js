// Shows reminders, and a page of our own when there is no line. Keeps nothing that belongs to a person: only the
// offline page and built files whose names change when they do. Pages always come from the server, so no old
// build is ever served. The build writes its own name here, and a new name brings a new copy of all this.
const BUILD = "development";
const SHELL = `gynergy-shell-${BUILD}`;
const BUILT = "gynergy-built";
const MOST_BUILT = 200;
const OFFLINE = "/offline.html";
const LEAVING = ["/auth/sign-out", "/auth/sign-out-everywhere"];
const OFFLINE_PARTS = [
  OFFLINE,
  "/offline.js",
  "/favicon.svg",
  "/fonts/newsreader-latin-wght-normal.woff2",
  "/fonts/work-sans-latin-wght-normal.woff2",
];

addEventListener("install", (event) => event.waitUntil(keepShell()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function keepShell() {
  const shell = await caches.open(SHELL);
  await shell.addAll(OFFLINE_PARTS.map((path) => new Request(path, { cache: "reload" })));
  await skipWaiting();
}

async function takeOver() {
  const former = (await caches.keys()).filter((name) => ![SHELL, BUILT].includes(name));
  await Promise.all(former.map((name) => caches.delete(name)));
  const built = await caches.open(BUILT);
  const files = await built.keys();
  await Promise.all(files.slice(0, Math.max(0, files.length - MOST_BUILT)).map((file) => built.delete(file)));
  await registration.navigationPreload?.enable();
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && LEAVING.includes(pathname)) event.waitUntil(leave());
  // While developing every change must be seen at once.
  if (request.method !== "GET" || BUILD === "development") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith("/assets/")) event.respondWith(built(request));
  else if (OFFLINE_PARTS.includes(pathname)) event.respondWith(fetch(request).catch(() => kept(pathname)));
});

const kept = async (path) => (await (await caches.open(SHELL)).match(path)) ?? Response.error();

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return kept(OFFLINE);
  }
}

// The server marks what never changes; nothing else is kept, whatever its address.
async function built(request) {
  const files = await caches.open(BUILT);
  const found = await files.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && /\bimmutable\b/.test(answer.headers.get("Cache-Control") ?? "")) {
    await files.put(request, answer.clone());
  }
  return answer;
}

// Whoever signs out takes her reminders along; whoever signs in next here has her own.
async function leave() {
  const subscription = await registration.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}

addEventListener("push", (event) => {
  const { title, body, href, tag } = event.data.json();
  const look = { body, tag, data: { href }, icon: "/icons/icon-192.png", badge: "/icons/badge-96.png", lang: "en" };
  event.waitUntil(registration.showNotification(title, look));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.href ?? "/today"));
});

// A tab that already shows the page comes to the front; no other tab is led away from what is written there.
async function open(href) {
  const target = new URL(href, location.origin);
  if (target.origin !== location.origin) return;
  const tabs = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = tabs.find((tab) => new URL(tab.url).pathname === target.pathname);
  await (there ? there.focus() : clients.openWindow(target.href));
}

// A push service may give a browser a new address at any time.
addEventListener("pushsubscriptionchange", (event) => event.waitUntil(move(event.oldSubscription, event.newSubscription)));

async function move(former, given) {
  if (!former) return;
  const fresh = given ?? (await registration.pushManager.subscribe(former.options));
  const { endpoint, keys } = fresh.toJSON();
  await fetch("/push/moved", { method: "POST", body: new URLSearchParams({ former: former.endpoint, endpoint, ...keys }) });
}
