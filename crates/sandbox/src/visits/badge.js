// Stands in for the Trustbadge: reads what the thank-you page says of the order and sends it. Sets nothing.
(() => {
  const from = new URL(document.currentScript.src);
  const reInitialize = () => {
    const facts = {};
    for (const part of document.querySelectorAll("#trustedShopsCheckout > *")) facts[part.id] = part.textContent;
    const body = JSON.stringify({ tool: "badge", name: Object.keys(facts).length > 0 ? "order" : "seen", params: facts });
    fetch(from.origin + "/visits", { method: "POST", mode: "no-cors", keepalive: true, body });
  };
  window.trustbadge = { reInitialize };
  reInitialize();
})();
