// Stands in for gtag.js: sets the cookies that the real one sets, and sends each event with what was set before it.
(() => {
  const from = new URL(document.currentScript.src);
  const id = from.searchParams.get("id");
  const always = {};
  const consent = {};
  const seen = ([command, ...rest]) => {
    if (command === "consent") Object.assign(consent, rest[1]);
    if (command === "set") Object.assign(always, typeof rest[0] === "object" ? rest[0] : { [rest[0]]: rest[1] });
    if (command === "event") send(rest[0], { ...always, ...rest[1] });
  };
  const send = (name, params) => {
    if (window["ga-disable-" + id] || consent.analytics_storage !== "granted") return;
    for (const cookie of ["_ga", "_ga_" + id.slice(2)])
      if (!document.cookie.includes(cookie + "=")) document.cookie = `${cookie}=GA1.1.1.1; Path=/; Max-Age=63072000`;
    const body = JSON.stringify({ tool: "analytics", id, name, params, consent });
    fetch(from.origin + "/visits", { method: "POST", mode: "no-cors", keepalive: true, body });
  };
  const layer = window.dataLayer;
  const push = layer.push.bind(layer);
  layer.push = (...all) => {
    all.forEach(seen);
    return push(...all);
  };
  layer.forEach(seen);
})();
