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
