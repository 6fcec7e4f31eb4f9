// PayPal and Klarna, through their own pages: yes, no, another way, and what comes later.
import { expect, test, type Page } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { OutsidePage, PaymentPage } from '../pages/checkout';
import { Desk } from '../pages/desk';
import { plain } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { order } from '../pages/purchase';

const ARTICLE = { slug: 'short-linnen', size: '110/116' };
const main = (page: Page) => page.getByRole('main');

test('a parent pays with PayPal', async ({ page, sandbox }) => {
  const who = aShopper();
  await order(page, { ...ARTICLE, method: 'PayPal', who });
  await new OutsidePage(page, 'PayPal').choose('Nu betalen');

  const placed = new OrderPage(page);
  const number = await placed.number();
  await expect(placed.heading('Dank je wel, Marieke.')).toBeVisible({ timeout: 15_000 });
  await expect(main(page)).toContainText('Betaald met PayPal');
  const mail = await sandbox.lastMail(who.email);
  expect(mail.subject).toBe(`Je bestelling ${number} bij All Gems`);
});

test('who turns back at PayPal pays in another way without typing again', async ({ page, sandbox }) => {
  const who = aShopper();
  await order(page, { ...ARTICLE, method: 'PayPal', who });
  await new OutsidePage(page, 'PayPal').choose('Annuleren en terug naar de winkel');

  const placed = new OrderPage(page);
  const number = await placed.number();
  await placed.method('iDEAL').check();
  await placed.payAgain.click();
  await new PaymentPage(page).choose('Betalen');

  await expect(placed.heading('Dank je wel, Marieke.')).toBeVisible({ timeout: 15_000 });
  expect(await placed.number(), 'the same order').toBe(number);
  expect((await sandbox.triesOf(number)).map((attempt) => attempt.status)).toEqual(['COMPLETED']);
});

test('a parent pays afterwards with Klarna, and the invoice leaves with the parcel', async ({ page, owner }) => {
  const who = aShopper();
  await order(page, { ...ARTICLE, method: 'Klarna', who });
  await new OutsidePage(page, 'Klarna').choose('Akkoord');

  const placed = new OrderPage(page);
  const number = await placed.number();
  await expect(placed.heading('Dank je wel, Marieke.')).toBeVisible({ timeout: 15_000 });
  await expect(main(page)).toContainText('Akkoord: je betaalt achteraf');

  const desk = new Desk(owner);
  await desk.ship(number, '3SKLRN1234567');
  await desk.order(number);
  const seen = async () => {
    await owner.reload();
    return plain(await main(owner).innerText());
  };
  await expect.poll(seen, { timeout: 15_000 }).toContain('Klarna betaalt dit nu aan de winkel');
});

test('who is refused by Klarna reads why to ask there, and pays in another way', async ({ page }) => {
  await order(page, { ...ARTICLE, method: 'Klarna' });
  await new OutsidePage(page, 'Klarna').choose('Laten afwijzen');

  const placed = new OrderPage(page);
  await expect(main(page)).toContainText('Klarna', { timeout: 15_000 });
  await expect(main(page)).toContainText('020 808 2852');
  await placed.method('Overschrijving').check();
  await placed.payAgain.click();
  await expect(page.getByRole('heading', { name: 'Maak het zo over' })).toBeVisible();
});

test('a card that PayPal refuses is not the end of the order', { tag: '@phone' }, async ({ page }) => {
  await order(page, { ...ARTICLE, method: 'PayPal' });
  await new OutsidePage(page, 'PayPal').choose('Betalen met een kaart die geweigerd wordt');

  const placed = new OrderPage(page);
  await expect(main(page)).toContainText('PayPal gaf geen akkoord. Er is niets afgeschreven.', { timeout: 15_000 });
  await placed.method('iDEAL').check();
  await placed.payAgain.click();
  await new PaymentPage(page).choose('Betalen');
  await expect(placed.heading('Dank je wel, Marieke.')).toBeVisible({ timeout: 15_000 });
});

test('money that PayPal has yet to collect is waited for, and nobody says it is paid', { tag: '@desktop' }, async ({ page }) => {
  await order(page, { ...ARTICLE, method: 'PayPal' });
  await new OutsidePage(page, 'PayPal').choose('Betalen van de bankrekening (duurt dagen)');

  await expect(new OrderPage(page).heading('Even wachten op je betaling')).toBeVisible({ timeout: 15_000 });
  await expect(main(page)).not.toContainText('Betaald met PayPal');
});

test('an order that Klarna still looks at is waited for', { tag: '@phone' }, async ({ page }) => {
  await order(page, { ...ARTICLE, method: 'Klarna' });
  await new OutsidePage(page, 'Klarna').choose('Akkoord, maar eerst nakijken op fraude');

  await expect(new OrderPage(page).heading('Even wachten op je betaling')).toBeVisible({ timeout: 15_000 });
});

test('who pays afterwards on the invoice of the shop pays half first, and the rest after the parcel', async ({ page, owner, sandbox }) => {
  const who = aShopper();
  await order(page, { slug: 'legging-mos', size: '158/164', method: 'Achteraf op factuur', who });

  const placed = new OrderPage(page);
  const number = await placed.number();
  await expect(page.getByRole('heading', { name: 'Maak het zo over' })).toBeVisible();
  const half = await placed.fact('Bedrag');
  await expect(main(page)).toContainText(/Dit is de helft\. De rest, €.\d+,\d\d, maak je over binnen 14 dagen/);
  expect(plain((await sandbox.lastMail(who.email)).text)).toContain(`Bedrag: ${half}`);

  const desk = new Desk(owner);
  await desk.moneyIsIn(number);
  await page.reload();
  await expect(main(page)).toContainText('Akkoord: je betaalt achteraf');
  await desk.ship(number, '3SFACT1234567');
  await page.reload();
  await expect(main(page)).toContainText(/Maak €.\d+,\d\d over, uiterlijk op/);
  await expect(page.getByRole('heading', { name: 'Maak het zo over' })).toBeVisible();

  await desk.moneyIsIn(number);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Maak het zo over' })).toHaveCount(0);
  await expect(main(page)).toContainText('Rekening betaald');
});
