// What a shop with statistics and a trust badge loads and keeps: nothing before a choice, exactly what was chosen after it.
import { expect, test, type Page } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { alive, open, tabTo } from '../pages/frame';
import { orderAndPay } from '../pages/purchase';

test.use({ settings: 'measured.toml' });

const SETTINGS = '/cookie-instellingen';
const PAGES = ['/', '/collectie', '/collectie/jurken', '/product/jurk-madelief', '/zoeken?q=jurk', '/winkelmand', '/contact', '/privacyverklaring', SETTINGS];
const ANALYTICS = ['_ga', '_ga_AB12CD34EF'];

const question = (page: Page) => page.getByRole('region', { name: 'Mogen we meetellen?' });
const press = (page: Page, name: string) => question(page).getByRole('button', { name }).click();

/** Opens a list of pages; says which other hosts they spoke to, and what they left in the browser. */
async function crawl(page: Page, shop: { url: string }): Promise<{ strangers: string[]; cookies: string[]; storage: string[] }> {
  const strangers = new Set<string>();
  const watch = (request: { url(): string }) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== shop.url) strangers.add(url.pathname);
  };
  page.on('request', watch);
  const storage: string[] = [];
  for (const path of PAGES) {
    await open(page, path);
    await page.waitForLoadState('networkidle');
    storage.push(...(await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])));
  }
  page.off('request', watch);
  const cookies = (await page.context().cookies()).map((cookie) => cookie.name).sort();
  return { strangers: [...strangers].sort(), cookies, storage };
}

/** Chooses on the page with the settings. */
async function choose(page: Page, ...purposes: string[]): Promise<void> {
  await open(page, SETTINGS);
  for (const name of ['Statistiek', 'Keurmerk en beoordelingen']) {
    await page.getByRole('checkbox', { name }).setChecked(purposes.includes(name));
  }
  await page.getByRole('button', { name: 'Bewaar wat ik aankruiste' }).click();
  await expect(page.getByRole('status').first()).toContainText(/keuze is bewaard|Je hebt geweigerd/);
}

test('before a choice nothing of anybody else is loaded, and nothing is kept', async ({ page, shop, sandbox }) => {
  expect(await crawl(page, shop)).toEqual({ strangers: [], cookies: [], storage: [] });
  expect(await sandbox.visits()).toEqual([]);
});

test('after a refusal nothing is loaded either, and only the refusal is kept', async ({ page, shop, sandbox, context }) => {
  await open(page, '/');
  await press(page, 'Weigeren');
  await expect(question(page)).toBeHidden();

  expect(await crawl(page, shop)).toEqual({ strangers: [], cookies: ['agkeuze'], storage: [] });
  expect(await sandbox.visits()).toEqual([]);
  expect((await context.cookies()).map((cookie) => cookie.value)).toEqual(['s1n.r1n']);
});

test('each purpose loads its own script and leaves its own cookies', async ({ page, shop, sandbox }) => {
  test.slow(); // every page, for each purpose
  await choose(page, 'Statistiek');
  expect(await crawl(page, shop)).toEqual({ strangers: ['/gtag/js', '/visits'], cookies: [...ANALYTICS, 'agkeuze'], storage: [] });
  expect((await sandbox.visits()).every((visit) => visit.tool === 'analytics')).toBe(true);

  await choose(page, 'Keurmerk en beoordelingen');
  await sandbox.noVisits();
  expect(await crawl(page, shop)).toEqual({ strangers: ['/js/X0123456789ABCDEF0123456789ABCDEF.js', '/visits'], cookies: ['agkeuze'], storage: [] });
  expect((await sandbox.visits()).every((visit) => visit.tool === 'badge' && visit.name !== 'order')).toBe(true);

  await choose(page, 'Statistiek', 'Keurmerk en beoordelingen');
  const both = await crawl(page, shop);
  expect(both.strangers).toEqual(['/gtag/js', '/js/X0123456789ABCDEF0123456789ABCDEF.js', '/visits']);
  expect(both.cookies).toEqual([...ANALYTICS, 'agkeuze']);
});

test('statistics hear of a purchase in ids and amounts, the badge gets a hash, and nobody a name', async ({ page, sandbox, shop }) => {
  test.slow();
  await open(page, '/');
  await press(page, 'Accepteren');
  await alive(page);
  const who = aShopper();
  const number = await orderAndPay(page, { slug: 'regenjas-citrien', size: '98/104', who });

  await expect.poll(async () => (await sandbox.visits()).map((visit) => visit.name)).toEqual(expect.arrayContaining(['view_item', 'add_to_cart', 'begin_checkout', 'purchase', 'order']));
  const visits = await sandbox.visits();
  const purchase = visits.find((visit) => visit.name === 'purchase')!.params!;
  expect(purchase).toMatchObject({ transaction_id: number, currency: 'EUR', page_location: `${shop.url}/bestelling`, page_title: '/bestelling' });
  expect(purchase.items).toEqual([expect.objectContaining({ item_id: 'regenjas-citrien', quantity: 1 })]);
  expect(visits.find((visit) => visit.name === 'page_view')!.consent).toMatchObject({ analytics_storage: 'granted', ad_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' });
  const order = visits.find((visit) => visit.name === 'order')!.params!;
  expect(order).toMatchObject({ tsCheckoutOrderNr: number, tsCheckoutOrderCurrency: 'EUR', tsCheckoutOrderPaymentType: 'ideal' });
  expect(order.tsCheckoutBuyerEmail).toMatch(/^[0-9a-f]{64}$/);
  const all = JSON.stringify(visits);
  for (const personal of ['@', who.familyName, who.postalCode, who.street, encodeURIComponent(who.email)]) expect(all).not.toContain(personal);
});

test('withdrawing takes as many steps as consenting, and ends at once what ran', async ({ page, sandbox, context }) => {
  await open(page, '/');
  await press(page, 'Accepteren');
  await expect.poll(async () => (await context.cookies()).map((cookie) => cookie.name).sort()).toEqual([...ANALYTICS, 'agkeuze']);

  await page.getByRole('contentinfo').getByRole('link', { name: 'Cookie-instellingen' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Weigeren' }).click();
  await expect(page.getByRole('status').first()).toContainText('Je hebt geweigerd');

  expect((await context.cookies()).map((cookie) => `${cookie.name}=${cookie.value}`)).toEqual(['agkeuze=s1n.r1n']);
  await sandbox.noVisits();
  await open(page, '/collectie');
  expect(await sandbox.visits()).toEqual([]);
});

test('a browser that sends Global Privacy Control is not asked and loads nothing', async ({ page, shop, sandbox, context }) => {
  await context.setExtraHTTPHeaders({ 'sec-gpc': '1' });
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  await open(page, '/');
  await expect(question(page)).toBeHidden();

  expect(await crawl(page, shop)).toEqual({ strangers: [], cookies: [], storage: [] });
  await expect(page.getByText('Global Privacy Control')).toBeVisible();
  expect(await sandbox.visits()).toEqual([]);
});

test('both answers look the same, the page stays usable, and the keyboard passes', async ({ page }) => {
  await open(page, '/');
  const look = (name: string) =>
    question(page)
      .getByRole('button', { name })
      .evaluate((button) => {
        const style = getComputedStyle(button);
        const { width, height } = button.getBoundingClientRect();
        return { width: Math.round(width), height: Math.round(height), color: style.color, background: style.backgroundColor, font: style.font };
      });
  expect(await look('Weigeren')).toEqual(await look('Accepteren'));
  expect((await look('Weigeren')).height).toBeGreaterThanOrEqual(44);

  await tabTo(page, question(page).getByRole('link', { name: 'Zelf kiezen per doel' }));
  await tabTo(page, page.getByRole('contentinfo').getByRole('link', { name: 'Cookie-instellingen' }), 200);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Cookie-instellingen' }).click();
  await expect(page).toHaveURL(/cookie-instellingen$/);
  await expect(question(page)).toBeHidden();
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
});

test('without script the question is asked, answered and gone', async ({ browser, shop }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: shop.url });
  const page = await context.newPage();
  await page.goto('/collectie');
  await expect(question(page)).toBeVisible();
  await press(page, 'Weigeren');

  await expect(page).toHaveURL(/\/collectie$/);
  await expect(question(page)).toBeHidden();
  expect((await context.cookies()).map((cookie) => cookie.value)).toEqual(['s1n.r1n']);
  await context.close();
});
