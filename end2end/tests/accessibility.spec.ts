// For everybody: by the rules of WCAG 2.2 AA that a program can judge, and the ones that need a measuring tape.
import { expectAccessible } from '../fixtures/accessibility';
import { expect, test, type Page } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { Bag } from '../pages/bag';
import { Checkout, PaymentPage } from '../pages/checkout';
import { Desk } from '../pages/desk';
import { alive, bagInHeader, open, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';
import { order, orderAndPay } from '../pages/purchase';

/** Pages that anybody can open. */
const PAGES = [
  '/',
  '/collectie',
  '/collectie/jurken?maat=98-104',
  '/collectie/jurken?maat=62-68&kleur=groen',
  '/product/jurk-madelief',
  '/product/jurk-roos',
  '/product/slab-weide',
  '/zoeken',
  '/zoeken?q=brook 98',
  '/zoeken?q=xyzzyqq',
  '/winkelmand',
  '/inloggen',
  '/contact',
  '/nieuwsbrief',
  '/nieuwsbrief/afmelden',
  '/maattabel',
  '/verzenden-en-retourneren',
  '/over-ons',
  '/algemene-voorwaarden',
  '/privacyverklaring',
  '/privacyverklaring/versies/2026-11-27',
  '/cookies',
  '/garantie',
  '/herroepen',
  '/toegankelijkheid',
];

const DESK = ['/beheer', '/beheer/bestellingen', '/beheer/artikelen', '/beheer/nieuwsbrief', '/beheer/nieuwsbrief/adres', '/beheer/taken', '/beheer/logboek', '/beheer/pakbonnen', '/beheer/privacy/register', '/beheer/privacy/bewaren', '/beheer/privacy/verzoeken', '/beheer/privacy/datalekken', '/beheer/vragen'];

/** Looks at the page as it stands, in light and in dark. */
async function inLightAndDark(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page);
    await expectAccessible(page);
  }
}

/** Colours fade into each other; only what stays is judged. What loops or moves with scrolling never ends and is not waited for. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ends = document.getAnimations().filter((animation) => {
      const end = animation.effect?.getComputedTiming().endTime;
      return animation.timeline === document.timeline && animation.playState === 'running' && Number.isFinite(Number(end));
    });
    const all = Promise.all(ends.map((animation) => animation.finished.catch(() => undefined)));
    // One that was taken away half-way never says so.
    return Promise.race([all, new Promise((done) => setTimeout(done, 2000))]);
  });
}

test.describe('the rules', () => {
  for (const path of PAGES) {
    test(`hold on ${path}`, async ({ page, isMobile }) => {
      await open(page, path);
      // The colours are those of the phone; what differs on a desk is what stands where.
      await (isMobile ? inLightAndDark(page) : expectAccessible(page));
    });
  }

  test('hold on the page that is not there', { tag: '@phone' }, async ({ page, consoleGuard }) => {
    consoleGuard.expect(/404/);
    await open(page, '/bestaat-niet');
    await inLightAndDark(page);
  });

  test('hold with the menu open', { tag: '@phone' }, async ({ page }) => {
    await open(page, '/');
    await page.getByLabel('Menu', { exact: true }).click();
    await expect(page.getByRole('navigation', { name: 'Hoofdmenu' })).toBeVisible();
    await inLightAndDark(page);
  });

  test('hold with the filters open', { tag: '@phone' }, async ({ page }) => {
    await open(page, '/collectie?maat=98-104');
    await page.getByRole('complementary', { name: 'Filters' }).locator('summary').first().click();
    await expect(page.getByRole('button', { name: /^Toon / })).toBeVisible();
    await inLightAndDark(page);
  });

  test('hold with the bag open, the size table open, and a size that is gone', async ({ page }) => {
    const product = await new ProductPage(page).open('jurk-vichy-kers');
    await product.size('86/92').check();
    await expect(product.add).toHaveText(/Mail mij als hij er weer is/);
    await inLightAndDark(page);
    await product.sizeHelp.click();
    await expect(page.getByRole('dialog', { name: 'Welke maat past?' })).toBeVisible();
    await inLightAndDark(page);
    await page.keyboard.press('Escape');
    await bagInHeader(page).click();
    await expect(Bag.drawer(page).place).toContainText('Je tas is nog leeg');
    await inLightAndDark(page);
    await page.keyboard.press('Escape');
    await product.buy('62/68');
    await inLightAndDark(page);
  });

  test('hold with suggestions under the search field', { tag: '@desktop' }, async ({ page }) => {
    await open(page, '/zoeken');
    await page.getByRole('combobox', { name: 'Zoek in de winkel' }).pressSequentially('jurk');
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await inLightAndDark(page);
  });

  test('hold in every step of checkout, with and without mistakes', async ({ page }) => {
    test.setTimeout(120_000); // six pages, looked at in two colour schemes
    await new ProductPage(page).open('short-linnen').then((product) => product.buy('110/116'));
    await open(page, '/winkelmand');
    await inLightAndDark(page);
    await Bag.onPage(page).toCheckout.click();
    const checkout = new Checkout(page);
    await expect(title(page)).toHaveText('Waar mag het heen?');
    await alive(page);
    await inLightAndDark(page);
    await checkout.fillIn(aShopper({ email: 'fenna@', postalCode: '1' }));
    await checkout.toPayment.click();
    await expect(checkout.errors).toBeVisible();
    await expect(checkout.errors, 'the summary has the focus').toBeFocused();
    await inLightAndDark(page);
    await checkout.details(aShopper());
    await alive(page);
    await inLightAndDark(page);
    await checkout.toReview.click();
    await expect(checkout.errors).toBeVisible();
    await inLightAndDark(page);
    await checkout.pay('iDEAL');
    await alive(page);
    await inLightAndDark(page);
  });

  test('hold on the order in each of its states, and on the desk', { tag: '@phone' }, async ({ page, owner, sandbox }) => {
    test.setTimeout(300_000); // the whole life of an order, looked at in two colour schemes
    const desk = new Desk(owner);
    const placed = new OrderPage(page);

    await sandbox.faults('notify_never');
    await order(page, { slug: 'short-linnen', size: '98/104' });
    await new PaymentPage(page).choose('Annuleren');
    await expect(placed.heading('Even wachten op je betaling')).toBeVisible();
    await inLightAndDark(page);
    await sandbox.notify();
    await expect(placed.heading('Betalen is nog niet gelukt')).toBeVisible({ timeout: 10_000 });
    await inLightAndDark(page);
    await placed.method('Overschrijving').check();
    await placed.payAgain.click();
    await expect(page.getByRole('heading', { name: 'Maak het zo over' })).toBeVisible();
    await inLightAndDark(page);

    const number = await placed.number();
    await desk.order(number);
    await inLightAndDark(owner);
    await desk.moneyIsIn(number);
    await inLightAndDark(owner);
    await page.reload();
    await expect(placed.heading('Dank je wel, Marieke.')).toBeVisible();
    await inLightAndDark(page);
    await desk.ship(number, '3SABCD1234567');
    await page.reload();
    await expect(page.getByRole('main')).toContainText('Onderweg');
    await inLightAndDark(page);
    for (const path of DESK) {
      await owner.goto(path);
      await inLightAndDark(owner);
    }
    await desk.product('Short Vlas');
    await inLightAndDark(owner);
  });

  test('hold in the account', { tag: '@phone' }, async ({ page, sandbox }) => {
    test.setTimeout(90_000); // five pages, looked at in two colour schemes
    const who = aShopper();
    await order(page, { slug: 'short-linnen', size: '98/104', method: 'Overschrijving', who });
    await open(page, '/inloggen');
    await page.getByLabel('E-mailadres').fill(who.email);
    await page.getByRole('button', { name: 'Stuur mij een code' }).click();
    await expect(title(page)).toHaveText('Vul je code in');
    await inLightAndDark(page);
    const mail = await sandbox.lastMail(who.email, { subject: /^Je code/ });
    await page.getByLabel('Code van zes cijfers').fill(/\b\d{6}\b/.exec(mail.text)?.[0] ?? '');
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page).toHaveURL(/\/account$/);
    for (const path of ['/account', '/account/bestellingen', '/account/adressen']) {
      await open(page, path);
      await inLightAndDark(page);
    }
  });

  test('hold where strangers sign in to the desk', { tag: '@desktop' }, async ({ page, consoleGuard }) => {
    consoleGuard.expect(/40\d/);
    await page.goto('/beheer/inloggen');
    await inLightAndDark(page);
  });
});

test('every page has one heading that names it, and a title of its own', { tag: '@desktop' }, async ({ page }) => {
  const titles = new Map<string, string>();
  // The version of the statement that holds is the same page at another address; its canonical link says so.
  const own = PAGES.filter((path) => !path.includes('maat=') && !path.includes('xyzzyqq') && !path.includes('/versies/'));
  for (const path of own) {
    await page.goto(path);
    await expect(title(page), path).toHaveCount(1);
    const name = await page.title();
    expect(name, path).toMatch(/^\S.* \| All Gems$/);
    expect(titles.get(name), `${path} has the title of another page: ${name}`).toBeUndefined();
    titles.set(name, path);
  }
});

test('nothing is wider than a screen of 320 pixels', { tag: '@desktop' }, async ({ page, owner }) => {
  test.slow(); // all pages, twice
  await page.setViewportSize({ width: 320, height: 640 });
  await owner.setViewportSize({ width: 320, height: 640 });
  const number = await orderAndPay(page, { slug: 'short-linnen', size: '86/92' });
  const wider = (where: Page) => where.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  for (const path of [...PAGES, `/bestelling/${number}`]) {
    await page.goto(path);
    expect(await wider(page), path).toBe(0);
  }
  await new ProductPage(page).open('short-linnen').then((product) => product.buy('86/92'));
  expect(await wider(page), 'with the bag open').toBe(0);
  for (const path of ['/winkelmand', '/afrekenen/gegevens', '/inloggen']) {
    await page.goto(path);
    expect(await wider(page), path).toBe(0);
  }
  const desk = [...DESK, `/beheer/bestellingen/${number}`];
  for (const path of desk) {
    await owner.goto(path);
    expect(await wider(owner), path).toBe(0);
  }
  await new Desk(owner).product('Short Vlas');
  expect(await wider(owner), 'an article on the desk').toBe(0);
});

/** Controls that are smaller than a thumb. A link inside a sentence may be as high as its line (WCAG 2.5.8, "inline"). */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const least = 44;
    const controls = 'button, summary, select, textarea, input:not([type=hidden]), a.btn, a.chip, a.ib, nav a, header a, [role=button]';
    const scope: ParentNode = document.querySelector('dialog[open]') ?? document;
    const small: string[] = [];
    for (const control of scope.querySelectorAll<HTMLElement>(controls)) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: false }) || control.closest('[inert], .weg')) continue;
      // A checkbox is tapped through its label.
      const choice = control.matches('[type=checkbox], [type=radio]');
      const tapped = (choice && control.closest('label')) || control;
      const inSentence = control.matches('a') && getComputedStyle(control).display === 'inline' && control.closest('p, dd') !== null;
      const box = tapped.getBoundingClientRect();
      if (inSentence || box.width === 0) continue;
      // Half a pixel of rounding is no difference to a thumb.
      if (box.height < least - 0.5 || box.width < least - 0.5) {
        const name = control.getAttribute('aria-label') ?? control.textContent?.trim().slice(0, 30) ?? '';
        small.push(`${control.tagName.toLowerCase()}.${control.className} "${name}" ${Math.round(box.width)}x${Math.round(box.height)}`);
      }
    }
    return [...new Set(small)];
  });
}

test('what is tapped is as large as a thumb', { tag: '@phone' }, async ({ page, owner }) => {
  test.slow(); // all pages
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of PAGES) {
    await open(page, path);
    expect(await tooSmall(page), path).toEqual([]);
  }
  await page.goto('/');
  await alive(page);
  await page.getByLabel('Menu', { exact: true }).click();
  expect(await tooSmall(page), 'the menu').toEqual([]);
  await open(page, '/collectie?maat=98-104');
  await page.getByRole('complementary', { name: 'Filters' }).locator('summary').first().click();
  expect(await tooSmall(page), 'the filters').toEqual([]);
  const bag = await new ProductPage(page).open('muts-noord').then((product) => product.buy('48/50 cm'));
  expect(await tooSmall(page), 'the bag').toEqual([]);
  await bag.toCheckout.click();
  const checkout = new Checkout(page);
  await checkout.fillIn(aShopper());
  expect(await tooSmall(page), 'the address').toEqual([]);
  await checkout.toPayment.click();
  await expect(title(page)).toHaveText('Hoe wil je betalen?');
  expect(await tooSmall(page), 'the payment').toEqual([]);
  await checkout.pay('Overschrijving');
  expect(await tooSmall(page), 'the review').toEqual([]);
  await checkout.order.click();
  await new OrderPage(page).number();
  expect(await tooSmall(page), 'the order').toEqual([]);
  for (const path of DESK) {
    await owner.goto(path);
    expect(await tooSmall(owner), path).toEqual([]);
  }
});

/** Walks with Tab and names every stop that lies wholly under something else (WCAG 2.4.11). */
async function covered(page: Page, steps: number): Promise<string[]> {
  const hidden: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(async () => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement) || at === document.body) return null;
      // Scrolling to the focus takes a frame, or many when it glides.
      const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      for (let top = -1; top !== scrollY; await frame()) top = scrollY;
      const seen = at.closest('label') ?? at;
      const parts = [...seen.getClientRects()].flatMap((box) => {
        const [inset, middle] = [Math.min(4, box.height / 3), box.top + box.height / 2];
        return [
          [box.left + box.width / 2, middle],
          [box.left + box.width / 2, box.top + inset],
          [box.left + box.width / 2, box.bottom - inset],
          [box.left + inset, middle],
        ] as const;
      });
      const shows = parts.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top !== null && (seen.contains(top) || top.contains(seen));
      });
      return shows ? null : `${at.tagName.toLowerCase()} "${at.getAttribute('aria-label') ?? at.textContent?.trim().slice(0, 40)}"`;
    });
    if (name) hidden.push(name);
  }
  return hidden;
}

for (const path of ['/', '/collectie/jurken', '/product/jurk-madelief', '/contact']) {
  test(`the focus is never wholly covered on ${path}`, async ({ page }) => {
    await open(page, path);
    expect(await covered(page, 60)).toEqual([]);
  });
}

test('the focus is never wholly covered while checking out', { tag: '@phone' }, async ({ page }) => {
  const bag = await new ProductPage(page).open('muts-noord').then((product) => product.buy('48/50 cm'));
  await bag.toCheckout.click();
  await alive(page);
  expect(await covered(page, 35)).toEqual([]);
});

test('text can be twice as large without losing anything', { tag: '@desktop' }, async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 450 });
  for (const path of ['/', '/product/jurk-madelief', '/winkelmand']) {
    await open(page, path);
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wider, path).toBe(0);
  }
});
