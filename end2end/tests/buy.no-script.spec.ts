// The same shop with JavaScript off: every page arrives complete and every action is a plain form.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { Bag } from '../pages/bag';
import { Checkout, PaymentPage } from '../pages/checkout';
import { plain, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';
import type { Page } from '../fixtures/shop';

async function toCheckout(page: Page, slug: string, size: string): Promise<Checkout> {
  await page.goto(`/product/${slug}`);
  const product = new ProductPage(page);
  await product.size(size).check();
  await product.add.click();
  await expect(page).toHaveURL(/\/winkelmand$/);
  await Bag.onPage(page).toCheckout.click();
  return new Checkout(page);
}

test('a parent buys a dress without script and has the confirmation in the mail', async ({ page, sandbox }) => {
  const who = aShopper();
  await page.goto('/');
  await page.getByLabel('Menu', { exact: true }).click();
  await page.getByRole('navigation', { name: 'Hoofdmenu' }).getByRole('link', { name: 'Jurken' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Jurk Madelief' }).click();
  const product = new ProductPage(page);
  await product.size('98/104').check();
  await expect(product.add).toHaveText(/In de tas/);
  await product.add.click();

  await expect(page).toHaveURL(/\/winkelmand$/);
  const bag = Bag.onPage(page);
  await expect(bag.line('Jurk Madelief')).toContainText('Weidebloemen · maat 98/104');
  await expect(page.getByRole('main')).toContainText('€ 49,90');
  await bag.toCheckout.click();
  const checkout = new Checkout(page);
  await checkout.upToReview(who, 'iDEAL');
  await checkout.order.click();
  await new PaymentPage(page).choose('Betalen');

  const placed = new OrderPage(page);
  const number = await placed.number();
  await expect(async () => {
    await page.reload();
    await expect(placed.heading('Dank je wel, Marieke.')).toBeVisible({ timeout: 250 });
  }).toPass({ timeout: 15_000 });
  const mail = await sandbox.lastMail(who.email);
  expect(mail.subject).toBe(`Je bestelling ${number} bij All Gems`);
  expect(plain(mail.text)).toContain('€ 49,90');
});

test('filters are a form whose answer has an address', async ({ page }) => {
  await page.goto('/collectie/jurken');
  await page.getByRole('complementary', { name: 'Filters' }).locator('summary').first().click();
  await page.getByRole('checkbox', { name: /^98\/104/ }).check();
  await page.getByRole('button', { name: /^Toon / }).click();

  await expect(page).toHaveURL(/\/collectie\/jurken\?.*maat=98-104/);
  await expect(page.getByRole('group', { name: 'Gekozen filters' }).getByRole('link', { name: /^Maat 98\/104/ })).toBeVisible();
  await expect(page.getByRole('main').getByRole('heading', { level: 2, name: 'Zomerjurk Kers' }), 'sold out in this size').toHaveCount(0);
  await expect(page.getByRole('main').getByRole('heading', { level: 2, name: 'Jurk Madelief' })).toBeVisible();

  await page.getByLabel('Sorteer op').selectOption({ label: 'Prijs: laag naar hoog' });
  await page.getByRole('button', { name: 'Sorteer', exact: true }).click();
  await expect(page).toHaveURL(/maat=98-104.*sorteer=prijs-op|sorteer=prijs-op.*maat=98-104/);
});

test('search is a form, and forgives a typo', async ({ page }) => {
  await page.goto('/zoeken');
  await page.getByRole('combobox', { name: 'Zoek in de winkel' }).fill('brook 98');
  await page.getByRole('button', { name: 'Zoek', exact: true }).click();

  await expect(page).toHaveURL(/\/zoeken\?q=brook(\+|%20)98/);
  await expect(page.getByRole('main')).toContainText('Dit vonden we met broek 98.');
});

test('wrong details keep what was typed and say what to look at', async ({ page }) => {
  const checkout = await toCheckout(page, 'legging-mos', '74/80');
  await checkout.fillIn(aShopper({ email: 'marieke.voorbeeld.nl', postalCode: '12', familyName: '' }));
  await checkout.toPayment.click();

  await expect(page).toHaveURL(/\/afrekenen\/gegevens$/);
  await expect(page).toHaveTitle(/^Fout: Waar mag het heen/);
  await expect(checkout.errors).toContainText('Kijk nog even naar drie velden');
  await expect(checkout.errors.getByRole('link')).toHaveText([
    'E-mailadres: In je e-mailadres ontbreekt de @.',
    'Achternaam: Vul je achternaam in.',
    'Postcode: Schrijf het zo: 7600 AA.',
  ]);
  await expect(checkout.field('Voornaam')).toHaveValue('Marieke');
  await expect(checkout.field('E-mailadres')).toHaveValue('marieke.voorbeeld.nl');
  await expect(checkout.field('Postcode')).toHaveAccessibleDescription(/Schrijf het zo: 7600 AA/);
  await checkout.errors.getByRole('link', { name: /^Postcode/ }).click();
  await expect(page).toHaveURL(/#postal_code$/);

  await checkout.details(aShopper());
  await expect(title(page)).toHaveText('Hoe wil je betalen?');
});

test('going on without a way to pay says so and loses nothing', async ({ page }) => {
  const checkout = await toCheckout(page, 'legging-mos', '158/164');
  await checkout.details(aShopper());
  await checkout.toReview.click();

  await expect(page).toHaveURL(/\/afrekenen\/betaling$/);
  await expect(checkout.errors).toContainText('Betaalmethode: Kies hoe je wilt betalen.');
  await checkout.pay('Overschrijving');
  await expect(title(page)).toHaveText('Klopt alles?');
});

test('a cancelled payment is paid again by transfer without retyping', async ({ page, sandbox }) => {
  const who = aShopper();
  const checkout = await toCheckout(page, 'vest-oker', '86/92');
  await checkout.upToReview(who, 'iDEAL');
  await checkout.order.click();
  await new PaymentPage(page).choose('Annuleren');

  const placed = new OrderPage(page);
  const number = await placed.number();
  await expect(async () => {
    await page.reload();
    await expect(placed.heading('Betalen is nog niet gelukt')).toBeVisible({ timeout: 250 });
  }).toPass({ timeout: 15_000 });
  await expect(page.getByRole('main')).toContainText('Je hebt de betaling gestopt. Er is niets afgeschreven.');
  await placed.method('Overschrijving').check();
  await placed.payAgain.click();

  expect(await placed.number(), 'the same order').toBe(number);
  await expect(page.getByRole('heading', { name: 'Maak het zo over' })).toBeVisible();
  expect(await placed.fact('Bedrag')).toBe('€ 51,90');
  const mail = await sandbox.lastMail(who.email);
  expect(mail.text).toContain('RF');
});

test('the bag is changed and emptied with plain forms', async ({ page }) => {
  await page.goto('/product/muts-noord');
  await new ProductPage(page).size('48/50 cm').check();
  await new ProductPage(page).add.click();
  const bag = Bag.onPage(page);
  await bag.more('Muts Noord').click();
  await expect(bag.quantity('Muts Noord')).toHaveText('2');
  await bag.less('Muts Noord').click();
  await expect(bag.quantity('Muts Noord')).toHaveText('1');
  await bag.remove('Muts Noord').click();

  await expect(page.getByRole('main')).toContainText('Je tas is nog leeg');
});
