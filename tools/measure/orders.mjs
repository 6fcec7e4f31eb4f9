// Whole orders a second: bag, hold, details, method, order button, over HTTP as a browser without script sends them, each written
// durably before it is answered. With a provider the shop also announces the payment over HTTP to the sandbox, which runs on the same cores.
import http from 'node:http';

const FORM = {
  given_name: 'Marieke', family_name: 'de Vries', postal_code: '7603 NE', house: '16', street: 'Wittem', city: 'Almelo', country: 'NL',
};

function client(base) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let cookie = '';
  const send = (method, path, form) => new Promise((resolve, reject) => {
    const body = form ? new URLSearchParams(form).toString() : '';
    const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin', cookie };
    if (form) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) });
    const request = http.request(`${base}${path}`, { method, agent, headers }, (answer) => {
      for (const line of answer.headers['set-cookie'] ?? []) if (line.startsWith('agsid=')) cookie = line.split(';')[0];
      let text = '';
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, to: answer.headers.location ?? '', text }));
    });
    request.on('error', reject);
    request.end(body);
  });
  return { send, forget: () => (cookie = '') };
}

// The first size of the first article that has plenty.
export async function somethingToBuy(base) {
  const sitemap = await (await fetch(`${base}/sitemap.xml`)).text();
  for (const [, path] of sitemap.matchAll(/<loc>[^<]*?(\/product\/[^<]+)<\/loc>/g)) {
    const page = await (await fetch(base + path)).text();
    const variant = /name="variant"[^>]*value="([0-9a-f-]{36})"/.exec(page) ?? /value="([0-9a-f-]{36})"[^>]*name="variant"/.exec(page);
    if (variant) return { path, variant: variant[1] };
  }
  throw new Error('nothing is on sale');
}

export async function orders(base, { variant, method, clients, seconds }) {
  const until = performance.now() + seconds * 1000;
  const times = [];
  let number = 0;
  const shopper = async () => {
    const { send, forget } = client(base);
    while (performance.now() < until) {
      // Her own address: an account gets only so many orders that are not paid.
      const buyer = `koper${(number += 1)}@voorbeeld.nl`;
      forget();
      const began = performance.now();
      await send('POST', '/api/cart/change', { variant, quantity: '1' });
      await send('POST', '/api/checkout/start', {});
      await send('POST', '/api/checkout/details', { email: buyer, ...FORM });
      const step = await send('POST', '/api/checkout/method', { method });
      if (!step.to.endsWith('/afrekenen/controle')) throw new Error(`sent to ${step.to} instead of the review (${step.status})`);
      const review = await send('GET', '/afrekenen/controle');
      const total = /name="seen_total"[^>]*value="(\d+)"/.exec(review.text) ?? /value="(\d+)"[^>]*name="seen_total"/.exec(review.text);
      if (!total) throw new Error('the review names no total');
      const placed = await send('POST', '/api/checkout/order', { seen_total: total[1] });
      if (!/\/bestelling\/|^http/.test(placed.to)) throw new Error(`ordering led to ${placed.to} (${placed.status})`);
      times.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: clients }, shopper));
  const took = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  return { rate: times.length / took, p50: times[Math.floor(times.length * 0.5)], p99: times[Math.floor(times.length * 0.99)] };
}
