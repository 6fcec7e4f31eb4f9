// The account fills in the next checkout. Seen once with "WittemWittem" in the street: the address look-up and typing at the same moment.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { signIn } from '../pages/account';
import { Checkout } from '../pages/checkout';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';
import { order } from '../pages/purchase';

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
