// Paying when it does not go as planned: broken off, declined, silent, twice, forged, impatient.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { PaymentPage } from '../pages/checkout';
import { Desk } from '../pages/desk';
import { alive, plain, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';
import { order, orderAndPay, upToReview } from '../pages/purchase';

test('a return address that somebody made up does not pay the order', { tag: '@desktop' }, async ({ page }) => {
  await order(page, { slug: 'boxpak-blad', size: '74/80' });
  await new PaymentPage(page).here();
  await page.goBack();
  const made = await page.request.get(`/betaling/omnikassa/terug?order_id=AG100001P1&status=COMPLETED&signature=${'ab'.repeat(64)}`, { maxRedirects: 0 });

  expect(made.status()).toBeLessThan(500);
  await page.goto('/afrekenen/controle');
  await expect(new OrderPage(page).heading('Even wachten op je betaling')).toBeVisible();
});

test('the order button in two tabs is one order', { tag: '@desktop' }, async ({ page, context, sandbox }) => {
  const before = new Set((await sandbox.orders()).map((one) => one.merchantOrderId));
  const checkout = await upToReview(page, { slug: 'boxpak-nachtlucht', size: '62/68' });
  const other = await context.newPage();
  await other.goto('/afrekenen/controle');
  const button = other.getByRole('button', { name: 'Bestelling met betalingsverplichting', exact: true });
  await expect(button).toBeVisible();
  await Promise.all([checkout.order.click(), button.click()]);
  await new PaymentPage(page).here();
  await new PaymentPage(other).here();

  expect(other.url(), 'both tabs stand on the same payment').toBe(page.url());
  const made = (await sandbox.orders()).map((one) => one.merchantOrderId).filter((id) => !before.has(id));
  expect(made).toHaveLength(1);
});

test('a page that comes back out of the memory of the browser can still order', { tag: '@desktop' }, async ({ page }) => {
  const checkout = await upToReview(page, { slug: 'romper-rib-klei', size: '86/92' });
  await checkout.order.click();
  const provider = await new PaymentPage(page).here();
  const payment = page.url();
  await page.goBack();
  // Either the review again, whose button resumes the same payment, or the order itself.
  const review = page.getByRole('button', { name: 'Bestelling met betalingsverplichting', exact: true });
  await expect(review.or(new OrderPage(page).heading('Even wachten op je betaling'))).toBeVisible();
  if (await review.isVisible()) {
    await review.click();
    await provider.here();
    expect(page.url()).toBe(payment);
  }
});
