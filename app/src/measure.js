// Runs only for who consented (consent.js): puts the scripts of other companies into the page and tells them ids and amounts.
let id;
let seen = "";
let viewed;
let told;
let badge = false;
let shown = null;
let waiting;
window.dataLayer = window.dataLayer || [];
function gtag() {
  window.dataLayer.push(arguments);
}

const put = (src) => {
  const script = document.createElement("script");
  script.async = true;
  script.charset = "UTF-8";
  script.src = src;
  document.body.append(script);
};

// Only these pages are named whole; of every other one the first part of its address, and never what was searched or a number of an order.
const place = () => {
  const path = location.pathname;
  const whole = /^\/(?:collectie|product|afrekenen)(?:\/|$)/.test(path);
  const shown = whole ? path : "/" + path.split("/")[1];
  return { page_location: location.origin + shown, page_title: whole ? document.title : shown, page_referrer: "" };
};

const product = () => {
  const slug = /^\/product\/([^/]+)/.exec(location.pathname)?.[1];
  if (!slug) return undefined;
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const data = JSON.parse(script.textContent);
    const price = Number(data.offers?.[0]?.price);
    // While the app changes pages, that of the one before may still stand there.
    if (data["@type"] === "Product" && price && data.offers[0].url.endsWith(location.pathname)) return { slug, price };
  }
  return undefined;
};

const tell = (name, facts) => gtag("event", name, facts);

const about = (found, quantity) => ({
  currency: "EUR",
  value: found.price * quantity,
  items: [{ item_id: found.slug, price: found.price, quantity }],
});

const measured = () => {
  if (seen !== location.pathname) {
    seen = location.pathname;
    gtag("set", place());
    tell("page_view", place());
    viewed = undefined;
  }
  const found = product();
  if (found && viewed !== found.slug) {
    viewed = found.slug;
    tell("view_item", about(found, 1));
  }
  const event = document.querySelector("[data-meting]");
  if (event && event.dataset.feiten !== told) {
    told = event.dataset.feiten;
    tell(event.dataset.meting, JSON.parse(told));
  }
};

const look = () => {
  if (document.querySelector("main.busy")) return;
  if (id) measured();
  const order = document.querySelector("#trustedShopsCheckout");
  if (!badge || order === shown) return;
  shown = order;
  // The payment became known while she waited on the page; the badge was there before.
  if (order) window.trustbadge?.reInitialize?.();
};

const soon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 50);
};

const statistics = (settings) => {
  id = settings.cijfers;
  const off = { ad_storage: "denied", ad_user_data: "denied", ad_personalization: "denied", functionality_storage: "denied", personalization_storage: "denied" };
  gtag("consent", "default", { ...off, analytics_storage: "denied", security_storage: "granted" });
  gtag("consent", "update", { analytics_storage: "granted" });
  gtag("set", "ads_data_redaction", true);
  gtag("set", "url_passthrough", false);
  gtag("js", new Date());
  gtag("set", place());
  gtag("config", id, { send_page_view: false, allow_google_signals: false, allow_ad_personalization_signals: false });
  put(settings.cijfersScript);
  addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const sent = new FormData(form, event.submitter);
      const found = product();
      if (/^\/api\/cart\/(?:buy|add)$/.test(new URL(form.action).pathname) && sent.get("variant") && !sent.get("email") && found)
        tell("add_to_cart", about(found, Number(sent.get("quantity")) || 1));
    },
    true,
  );
};

let running = "";
export const start = (settings, yes) => {
  if (running) return;
  running = yes.join(" ");
  if (yes.some((purpose) => purpose[0] === "s")) statistics(settings);
  if (yes.some((purpose) => purpose[0] === "r")) {
    badge = true;
    shown = document.querySelector("#trustedShopsCheckout");
    put(settings.keurmerkScript);
  }
  look();
  // The app changes pages without loading them; the title comes with the page.
  new MutationObserver(soon).observe(document, { childList: true, subtree: true });
  // She may have changed her mind in another tab: then this one goes on without.
  addEventListener("visibilitychange", () => {
    const said = (/(?:^|; )agkeuze=([^;]*)/.exec(document.cookie)?.[1] ?? "").split(".");
    if (yes.every((purpose) => said.includes(purpose + "y"))) return;
    if (id) window["ga-disable-" + id] = true;
    location.reload();
  });
};
