// What a visitor leaves behind, and what the browser is told to allow.
import { expect, test, type Page } from '../fixtures/shop';
import { bagInHeader, open } from '../pages/frame';
import { ProductPage } from '../pages/product';

/** Everything that a site can keep in a browser, besides cookies. */
async function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const databases = 'databases' in indexedDB ? await indexedDB.databases() : [];
    const caches_ = 'caches' in window ? await caches.keys() : [];
    const workers = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistrations() : [];
    return [
      ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
      ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
      ...databases.map((database) => `indexedDB ${database.name}`),
      ...caches_.map((key) => `cache ${key}`),
      ...workers.map((worker) => `service worker ${worker.scope}`),
    ];
  });
}

test('who only looks around gets no cookie, and nothing is kept in her browser', async ({ page, context }) => {
  const cookies: string[] = [];
  page.on('response', async (response) => {
    const set = await response.headerValue('set-cookie').catch(() => null);
    if (set) cookies.push(`${response.url()}: ${set}`);
  });
  for (const path of ['/', '/collectie', '/collectie/jurken?maat=98-104', '/product/jurk-madelief', '/zoeken?q=jurk', '/winkelmand', '/contact', '/inloggen', '/privacyverklaring']) {
    await open(page, path);
    expect(await kept(page), path).toEqual([]);
  }
  await open(page, '/product/jurk-madelief');
  await bagInHeader(page).click();
  await expect(page.getByRole('dialog', { name: /^Je tas/ })).toBeVisible();

  expect(cookies).toEqual([]);
  expect(await context.cookies()).toEqual([]);
});

test('the first piece in the bag sets exactly two cookies: the session, and a mark that there is one', async ({ page, context }) => {
  await new ProductPage(page).open('regenjas-citrien').then((product) => product.buy('98/104'));

  const cookies = (await context.cookies()).sort((a, b) => a.name.localeCompare(b.name));
  const days = (expires: number) => Math.round((expires - Date.now() / 1000) / 86_400);
  expect(cookies.map(({ name, httpOnly, sameSite, path, expires }) => ({ name, httpOnly, sameSite, path, days: days(expires) }))).toEqual([
    { name: 'ag', httpOnly: false, sameSite: 'Lax', path: '/', days: 60 },
    { name: 'agsid', httpOnly: true, sameSite: 'Lax', path: '/', days: 60 },
  ]);
  const [mark, session] = cookies;
  expect(mark?.value).toBe('1');
  expect(session?.value).toMatch(/^[0-9a-f]{64}$/);
  expect(await page.evaluate(() => document.cookie), 'no script reads the session').toBe('ag=1');
  expect(await kept(page)).toEqual([]);
});

test('the HTML of a page is the same for everybody', { tag: '@desktop' }, async ({ page, playwright, shop }) => {
  await new ProductPage(page).open('regenjas-citrien').then((product) => product.buy('98/104'));
  const nobody = await playwright.request.newContext({ baseURL: shop.url });
  for (const path of ['/', '/collectie/jassen', '/product/regenjas-citrien']) {
    const hers = await (await page.request.get(path)).text();
    const theirs = await (await nobody.get(path)).text();
    expect(hers, path).toBe(theirs);
  }
  await nobody.dispose();
});

test('every page carries a strict policy and is not broken by it', { tag: '@desktop' }, async ({ page }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    addEventListener('securitypolicyviolation', (event) => seen.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await new ProductPage(page).open('regenjas-citrien').then((product) => product.buy('98/104'));
  for (const path of ['/', '/collectie', '/product/jurk-madelief', '/winkelmand', '/afrekenen/gegevens', '/inloggen', '/contact', '/privacyverklaring', '/garantie']) {
    const answer = await page.goto(path);
    const headers = answer!.headers();
    const policy = headers['content-security-policy'] ?? '';
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toBe('same-origin');
    await expect(page.locator('html')).toHaveAttribute('data-wasm', 'ready', { timeout: 20_000 });
    expect(await page.evaluate(() => (window as unknown as { violations: string[] }).violations), path).toEqual([]);
  }
});

test('pages about a person are kept by nobody on the way', { tag: '@desktop' }, async ({ page }) => {
  await new ProductPage(page).open('regenjas-citrien').then((product) => product.buy('98/104'));
  for (const path of ['/winkelmand', '/afrekenen/gegevens', '/inloggen']) {
    const answer = await page.request.get(path);
    expect(answer.headers()['cache-control'], path).toContain('no-store');
  }
});

test('a form from another site changes nothing', { tag: '@desktop' }, async ({ page, request }) => {
  const product = await new ProductPage(page).open('regenjas-citrien');
  const variant = (await product.size('110/116').getAttribute('value')) ?? '';
  const answer = await request.post('/api/cart/add', {
    headers: { origin: 'https://elders.example', 'sec-fetch-site': 'cross-site', accept: 'text/html' },
    form: { variant, quantity: '1', back: '/' },
    maxRedirects: 0,
  });

  expect(answer.status()).toBe(403);
  expect(answer.headers()['set-cookie']).toBeUndefined();
});
