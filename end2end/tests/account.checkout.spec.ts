// The account fills in the next checkout. Seen once with "WittemWittem" in the street: the address look-up and typing at the same moment.
import type { Sandbox } from '../fixtures/sandbox';
import { expect, test, type Page } from '../fixtures/shop';
import { aShopper, type Shopper } from '../fixtures/shopper';
import { Checkout } from '../pages/checkout';
import { open, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';
import { order } from '../pages/purchase';

/** Signs in with the code that comes by mail. */
async function signIn(page: Page, sandbox: Sandbox, who: Shopper): Promise<void> {
  await open(page, '/inloggen');
  await page.getByLabel('E-mailadres').fill(who.email);
  await page.getByRole('button', { name: 'Stuur mij een code' }).click();
  await expect(title(page)).toHaveText('Vul je code in');
  const mail = await sandbox.lastMail(who.email, { subject: /^Je code/ });
  const code = /\b\d{6}\b/.exec(mail.text)?.[0] ?? '';
  await page.getByLabel('Code van zes cijfers').fill(code);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page).toHaveURL(/\/account$/);
}

test('the account fills in the next checkout', { tag: '@desktop' }, async ({ page, sandbox }) => {
  const who = aShopper({ givenName: 'Fenna', familyName: 'Hof' });
  await order(page, { slug: 'legging-kwarts', size: '158/164', method: 'Overschrijving', who });
  await new OrderPage(page).number();
  await signIn(page, sandbox, who);
  const bag = await new ProductPage(page).open('legging-kwarts').then((product) => product.buy('158/164'));
  await bag.toCheckout.click();

  const checkout = new Checkout(page);
  await expect(checkout.field('E-mailadres')).toHaveValue(who.email);
  await expect(checkout.field('Achternaam')).toHaveValue('Hof');
  await expect(checkout.field('Straat')).toHaveValue('Wittem');
});
