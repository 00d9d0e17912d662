/*
 * The service worker of a device that is told of news; the edge puts in what it says. A push brings nothing but that there is
 * some.
 */
const news = __HOI_NEWS__;

addEventListener("install", () => skipWaiting());

addEventListener("push", (event) => {
  const { title, body, lang, dir, icon, page } = news;
  // One stands for all that were not looked at.
  const more = { body, lang, dir, icon: icon || undefined, tag: page, renotify: true };
  event.waitUntil(registration.showNotification(title, more));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show());
});

/** Shows the chat: the page that is open, or a new one. */
async function show() {
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const own = open.find(({ url }) => new URL(url).pathname.replace(/\/$/, "") === news.page);
  return own ? own.focus() : clients.openWindow(news.page + "?lang=" + news.lang);
}
