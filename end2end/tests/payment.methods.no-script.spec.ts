// Every way to pay without script: yes, no, and turning back are links and forms too.
import { expect, test, type Page } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { Bag } from '../pages/bag';
import { Checkout, OutsidePage, PaymentPage, type Method } from '../pages/checkout';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';

const main = (page: Page) => page.getByRole('main');

/** Orders a pair of leggings, up to the page of the provider. */
async function orderWith(page: Page, method: Method): Promise<void> {
  await page.goto('/product/legging-mos');
  const product = new ProductPage(page);
  await product.size('98/104').check();
  await product.add.click();
  await Bag.onPage(page).toCheckout.click();
  const checkout = new Checkout(page);
  await checkout.upToReview(aShopper(), method);
  await checkout.order.click();
}

/** Without script she looks again herself. */
async function sees(page: Page, heading: string): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(new OrderPage(page).heading(heading)).toBeVisible({ timeout: 250 });
  }).toPass({ timeout: 15_000 });
}

test('a parent pays by card', async ({ page }) => {
  await orderWith(page, 'Creditcard');
  await new PaymentPage(page).choose('Betalen');

  await sees(page, 'Dank je wel, Marieke.');
  await expect(main(page)).toContainText('Betaald met Creditcard');
});

test('a parent pays with PayPal', async ({ page }) => {
  await orderWith(page, 'PayPal');
  await new OutsidePage(page, 'PayPal').choose('Nu betalen');

  await sees(page, 'Dank je wel, Marieke.');
  await expect(main(page)).toContainText('Betaald met PayPal');
});

test('who turns back at PayPal pays afterwards with Klarna, without typing again', async ({ page }) => {
  await orderWith(page, 'PayPal');
  await new OutsidePage(page, 'PayPal').choose('Annuleren en terug naar de winkel');
  const placed = new OrderPage(page);
  const number = await placed.number();
  await placed.method('Klarna').check();
  await placed.payAgain.click();
  await new OutsidePage(page, 'Klarna').choose('Akkoord');

  await sees(page, 'Dank je wel, Marieke.');
  expect(await placed.number(), 'the same order').toBe(number);
  await expect(main(page)).toContainText('Akkoord: je betaalt achteraf');
});

test('who is refused by Klarna reads where to ask, and pays by transfer', async ({ page }) => {
  await orderWith(page, 'Klarna');
  await new OutsidePage(page, 'Klarna').choose('Laten afwijzen');
  const placed = new OrderPage(page);
  await expect(async () => {
    await page.reload();
    await expect(main(page)).toContainText('020 808 2852', { timeout: 250 });
  }).toPass({ timeout: 15_000 });
  await placed.method('Overschrijving').check();
  await placed.payAgain.click();

  await expect(page.getByRole('heading', { name: 'Maak het zo over' })).toBeVisible();
});

test('a parent pays afterwards on the invoice of the shop: half first, told in plain words', async ({ page }) => {
  await orderWith(page, 'Achteraf op factuur');

  const placed = new OrderPage(page);
  await placed.number();
  await expect(page.getByRole('heading', { name: 'Maak het zo over' })).toBeVisible();
  await expect(main(page)).toContainText('Dit is de helft. De rest,');
  await expect(main(page)).toContainText('binnen 14 dagen nadat je pakje weg is');
});
