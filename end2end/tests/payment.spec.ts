// Paying when it does not go as planned: broken off, declined, silent, twice, forged, impatient.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { PaymentPage } from '../pages/checkout';
import { Desk } from '../pages/desk';
import { alive, plain, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';
import { order, orderAndPay, upToReview } from '../pages/purchase';

test('who breaks off reads why, and pays the same order another way without retyping', async ({ page, sandbox }) => {
  const who = aShopper();
  await order(page, { slug: 'legging-mos', size: '74/80', who });
  await new PaymentPage(page).choose('Annuleren');

  const placed = new OrderPage(page);
  const number = await placed.number();
  await expect(placed.heading('Betalen is nog niet gelukt')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Je hebt de betaling gestopt. Er is niets afgeschreven.');
  await placed.method('Creditcard').check();
  await placed.payAgain.click();
  const provider = await new PaymentPage(page).here();
  await expect(page.getByRole('main')).toContainText('€ 23,90');
  await provider.choose('Betalen');

  expect(await placed.number(), 'the same order').toBe(number);
  await expect(placed.heading('Dank je wel, Marieke.')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Betaald met Creditcard');
  expect((await sandbox.triesOf(number)).map((one) => [one.merchantOrderId, one.amount])).toEqual([
    [`${number}P1`, 2390],
    [`${number}P2`, 2390],
  ]);
  expect(await sandbox.mail(who.email), 'one confirmation').toHaveLength(1);
});

test('who is declined can try again on the page of the bank, or come back and read why', { tag: '@phone' }, async ({ page }) => {
  await order(page, { slug: 'vest-oker', size: '86/92' });
  const provider = new PaymentPage(page);
  await provider.choose('Laten mislukken');
  await expect(page.getByRole('status')).toContainText('De bank heeft de betaling geweigerd');
  await provider.choose('Betalen');

  await expect(new OrderPage(page).heading('Dank je wel, Marieke.')).toBeVisible();
});

test('a refused payment says that nothing was taken', { tag: '@desktop' }, async ({ page, sandbox }) => {
  await order(page, { slug: 'vest-oker', size: '86/92' });
  await new PaymentPage(page).here();
  const id = new URL(page.url()).pathname.split('/').pop()!;
  const tries = await sandbox.orders();
  expect(tries.map((one) => one.omnikassaOrderId)).toContain(id);
  await sandbox.outcome(id, 'expire');
  await page.reload();
  await page.getByRole('link', { name: 'Terug naar de winkel' }).click();

  const placed = new OrderPage(page);
  await expect(placed.heading('Betalen is nog niet gelukt')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('De tijd om te betalen was om. Er is niets afgeschreven.');
});

test('while the provider is silent the page says so, and asks by itself until it knows', async ({ page, sandbox }) => {
  await sandbox.faults('notify_never');
  await order(page, { slug: 'vest-oker', size: '122/128' });
  await new PaymentPage(page).choose('Betalen');

  const placed = new OrderPage(page);
  await expect(placed.heading('Even wachten op je betaling')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'We wachten op je bank' })).toBeVisible();
  await alive(page);
  await sandbox.notify();

  await expect(placed.heading('Dank je wel, Marieke.'), 'without a touch').toBeVisible({ timeout: 10_000 });
});

test('the same notice twice is one payment and one mail', { tag: '@desktop' }, async ({ page, sandbox, owner }) => {
  const who = aShopper();
  await sandbox.faults('notify_twice');
  const number = await orderAndPay(page, { slug: 'sokken-mos', size: '27/30', who });

  await sandbox.mail(who.email);
  await sandbox.notify();
  await new Desk(owner).order(number);
  const story = owner.getByRole('listitem').filter({ hasText: 'Betaling gelukt' }).or(owner.getByRole('listitem').filter({ hasText: /^Betaald/ }));
  expect(await story.count(), 'it was paid once').toBeLessThanOrEqual(2);
  await expect(owner.getByRole('main')).not.toContainText('dubbel betaald');
  expect(await sandbox.mail(who.email)).toHaveLength(1);
});

test('a forged notice is refused and changes nothing', { tag: '@desktop' }, async ({ page, request, sandbox, consoleGuard }) => {
  await sandbox.faults('notify_never');
  await order(page, { slug: 'boxpak-blad', size: '50/56' });
  const provider = await new PaymentPage(page).here();
  const forged = {
    authentication: 'eyJhbGciOiJub25lIn0',
    expiry: '2099-01-01T00:00:00.000+01:00',
    eventName: 'merchant.order.status.changed',
    poiId: 1000,
    signature: 'ab'.repeat(64),
  };

  const answer = await request.post('/webhooks/omnikassa', { data: forged });
  const nonsense = await request.post('/webhooks/omnikassa', { headers: { 'content-type': 'application/json' }, data: '{' });

  expect(answer.status()).toBeGreaterThanOrEqual(400);
  expect(answer.status()).toBeLessThan(500);
  expect(nonsense.status()).toBeGreaterThanOrEqual(400);
  expect(nonsense.status()).toBeLessThan(500);
  consoleGuard.expect(/40\d/);
  await provider.choose('Open laten');
  await expect(new OrderPage(page).heading('Even wachten op je betaling')).toBeVisible();
});

test('a double click on the order button is one order', async ({ page, sandbox }) => {
  const before = new Set((await sandbox.orders()).map((one) => one.merchantOrderId));
  const checkout = await upToReview(page, { slug: 'boxpak-nachtlucht', size: '62/68' });
  await checkout.order.dblclick();
  await new PaymentPage(page).choose('Betalen');
  await expect(new OrderPage(page).heading('Dank je wel, Marieke.')).toBeVisible();

  const made = (await sandbox.orders()).map((one) => one.merchantOrderId).filter((id) => !before.has(id));
  expect(made).toHaveLength(1);
});

test('going back after ordering leads to the order, not to a second one', { tag: '@phone' }, async ({ page }) => {
  const number = await orderAndPay(page, { slug: 'romper-rib-klei', size: '86/92' });

  for (const step of ['/afrekenen/controle', '/afrekenen/betaling', '/afrekenen/gegevens']) {
    await page.goto(step);
    await expect(page.getByRole('main'), step).toContainText(/Je tas is nog leeg|Bestelling AG/);
    await expect(page.getByRole('button', { name: 'Bestelling met betalingsverplichting' })).toHaveCount(0);
  }
  await page.goto(`/bestelling/${number}`);
  await expect(new OrderPage(page).heading('Dank je wel, Marieke.')).toBeVisible();
});

test('the last piece of a size goes to one of two', async ({ page, stranger, consoleGuard }) => {
  const slug = 'tee-gems';
  const size = '122/128';
  const mine = await new ProductPage(page).open(slug);
  await expect(mine.size(size)).toHaveAccessibleName(/nog 1 op voorraad/);
  const hers = await new ProductPage(stranger).open(slug);
  const herBag = await hers.buy(size);

  await order(page, { slug, size });
  await new PaymentPage(page).here();

  consoleGuard.expect(/409/);
  await herBag.toCheckout.click();
  await expect(stranger).toHaveURL(/\/winkelmand$/);
  await expect(title(stranger)).toHaveText('Je tas');
  expect(plain(await stranger.getByRole('main').innerText())).toContain('Maat 122/128 is net verkocht.');
  await expect(stranger.getByRole('button', { name: 'Verder naar afrekenen' })).toHaveCount(0);
});
