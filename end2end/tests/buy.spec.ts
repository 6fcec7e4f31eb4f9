// Buying: from the front door to the mail, by iDEAL and by transfer.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { Bag } from '../pages/bag';
import { Checkout, PaymentPage } from '../pages/checkout';
import { Desk } from '../pages/desk';
import { alive, bagInHeader, open, plain, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';
import { order } from '../pages/purchase';

test('a parent buys a dress with iDEAL and has the confirmation in the mail', async ({ page, sandbox, isMobile }) => {
  const who = aShopper();
  await open(page, '/');
  if (isMobile) {
    await page.getByLabel('Menu', { exact: true }).click();
    await page.getByRole('navigation', { name: 'Hoofdmenu' }).getByRole('link', { name: 'Jurken' }).click();
  } else {
    await page.getByRole('navigation', { name: 'Assortiment' }).getByRole('link', { name: 'Jurken' }).click();
  }
  await expect(title(page)).toHaveText('Jurken');
  await page.getByRole('main').getByRole('link', { name: 'Jurk Madelief' }).click();
  await expect(title(page)).toHaveText('Jurk Madelief');

  const product = new ProductPage(page);
  await expect(product.add).toHaveText(/Kies eerst een maat/);
  await product.size('98/104').check();
  await expect(product.add).toHaveText(/In de tas, €\s44,95/);
  await product.add.click();
  const bag = Bag.drawer(page);
  await expect(bag.line('Jurk Madelief')).toContainText('maat 98/104');
  await expect(bag.place).toContainText('€ 49,90');
  await bag.toCheckout.click();

  const checkout = new Checkout(page);
  await checkout.fillIn(who);
  await checkout.toPayment.click();
  await expect(title(page)).toHaveText('Hoe wil je betalen?');
  await expect(page.getByRole('radio', { checked: true }), 'nothing is chosen for her').toHaveCount(0);
  await checkout.pay('iDEAL');

  await expect(title(page)).toHaveText('Klopt alles?');
  const main = page.getByRole('main');
  await expect(main).toContainText('Wittem 16');
  await expect(main).toContainText('7603 NE Almelo');
  await expect(main).toContainText('€ 49,90');
  await checkout.order.click();

  const provider = await new PaymentPage(page).here();
  await expect(main).toContainText('€ 49,90');
  await provider.choose('Betalen');

  const placed = new OrderPage(page);
  const number = await placed.number();
  await expect(placed.heading('Dank je wel, Marieke.')).toBeVisible();
  await expect(main).toContainText('Betaald met iDEAL');
  await expect(bagInHeader(page)).toHaveAccessibleName('Winkeltas');

  const mail = await sandbox.lastMail(who.email);
  expect(mail.subject).toBe(`Je bestelling ${number} bij All Gems`);
  expect(plain(mail.text)).toContain('€ 49,90');
  expect(plain(mail.text)).toContain('1 x Jurk Madelief');
  const link = /https?:\/\/\S+\/bestelling\/\S+/.exec(mail.text)?.[0] ?? '';
  expect(link, 'the mail leads to the order').toContain(number);
});

test('the link in the mail opens the order in another browser, and only that link does', async ({ page, stranger, sandbox, consoleGuard }) => {
  const who = aShopper();
  await order(page, { slug: 'jurk-madelief', size: '122/128', method: 'Overschrijving', who });
  const number = await new OrderPage(page).number();

  const mail = await sandbox.lastMail(who.email);
  const link = /https?:\/\/\S+\/bestelling\/\S+/.exec(mail.text)?.[0] ?? '';
  consoleGuard.expect(/404/);
  const refused = await stranger.goto(`/bestelling/${number}`);
  expect(refused?.status()).toBe(404);
  await stranger.goto(link);

  await expect(stranger.getByRole('main')).toContainText(`Bestelling ${number}`);
  expect(stranger.url(), 'the key does not stay in the address').not.toContain('sleutel');
});

test('a parent pays by transfer, and the owner sees the money come in', async ({ page, owner, sandbox }) => {
  const who = aShopper();
  await order(page, { slug: 'jurk-madelief', size: '110/116', method: 'Overschrijving', who });

  const placed = new OrderPage(page);
  const number = await placed.number();
  await expect(page.getByRole('heading', { name: 'Maak het zo over' })).toBeVisible();
  expect(await placed.fact('Bedrag')).toBe('€ 49,90');
  expect(await placed.fact('Rekening (IBAN)')).toMatch(/^NL\d\d( \w{1,4}){4,}$/);
  const reference = await placed.fact('Betalingskenmerk');
  expect(reference).toMatch(/^RF\d\d( \w{1,4})+$/);
  await expect(page.getByRole('img', { name: /^QR-code met deze gegevens/ })).toBeVisible();
  const mail = await sandbox.lastMail(who.email, { subject: /^Je bestelling/ });
  expect(plain(mail.text)).toContain(`Betalingskenmerk: ${reference}`);

  await new Desk(owner).moneyIsIn(number);

  await page.reload();
  await expect(page.getByRole('main')).toContainText('Betaald met Overschrijving');
  await expect(page.getByRole('heading', { name: 'Maak het zo over' })).toHaveCount(0);
});

test('who is known at her address has street and town filled in for her', { tag: '@desktop' }, async ({ page }) => {
  const product = await new ProductPage(page).open('jurk-madelief');
  const bag = await product.buy('134/140');
  await bag.toCheckout.click();
  const checkout = new Checkout(page);
  await expect(title(page)).toHaveText('Waar mag het heen?');
  await expect(page.locator('html')).toHaveAttribute('data-wasm', 'ready');

  await checkout.field('Postcode').fill('7603ne');
  await checkout.field('Huisnummer en toevoeging').fill('16');
  await checkout.field('Huisnummer en toevoeging').blur();

  await expect(page.getByText('Gevonden: Wittem, Almelo.')).toBeVisible();
  await expect(checkout.field('Straat')).toHaveValue('Wittem');
  await expect(checkout.field('Plaats')).toHaveValue('Almelo');
});

test('what the register finds does not mix with what she is typing', { tag: '@desktop' }, async ({ page }) => {
  let answer = () => {};
  const held = new Promise<void>((release) => (answer = release));
  await page.route('**/api/checkout/address*', async (route) => {
    await held;
    await route.continue();
  });
  const bag = await new ProductPage(page).open('jurk-madelief').then((product) => product.buy('134/140'));
  await bag.toCheckout.click();
  const checkout = new Checkout(page);
  await expect(title(page)).toHaveText('Waar mag het heen?');
  await alive(page);
  await checkout.field('Postcode').fill('7603NE');
  await checkout.field('Huisnummer en toevoeging').fill('16');
  await checkout.field('Huisnummer en toevoeging').blur();

  await checkout.field('Straat').focus();
  answer();
  await expect(checkout.field('Straat')).toHaveValue('Wittem');
  await page.keyboard.type('Lindelaan');

  await expect(checkout.field('Straat')).toHaveValue('Lindelaan');
  await expect(checkout.field('Plaats')).toHaveValue('Almelo');
});
