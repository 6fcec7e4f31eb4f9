// Buying with the keyboard alone.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { Bag } from '../pages/bag';
import { Checkout, PaymentPage } from '../pages/checkout';
import { alive, open, tabTo, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';

test('a shirt is bought with Tab, Enter and the arrows', { tag: '@desktop' }, async ({ page }) => {
  test.slow(); // every stop of the keyboard on six pages
  const who = aShopper();
  const { keyboard } = page;
  await open(page, '/');

  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Naar de inhoud' }), 'the first stop leads past the menu').toBeFocused();
  await tabTo(page, page.getByRole('navigation', { name: 'Assortiment' }).getByRole('link', { name: 'Shirts' }));
  await keyboard.press('Enter');
  await expect(title(page)).toHaveText('Shirts');
  await expect(title(page), 'after a step forward the focus is on the heading').toBeFocused();
  await tabTo(page, page.getByRole('main').getByRole('link', { name: 'T-shirt Aardbei' }));
  await keyboard.press('Enter');
  await expect(title(page)).toHaveText('T-shirt Aardbei');

  const product = new ProductPage(page);
  await tabTo(page, product.size('86/92'));
  await keyboard.press('ArrowRight');
  await expect(product.size('98/104')).toBeChecked();
  await tabTo(page, product.add);
  await keyboard.press('Enter');
  const bag = Bag.drawer(page);
  await expect(bag.line('T-shirt Aardbei')).toContainText('maat 98/104');
  await tabTo(page, bag.toCheckout);
  await keyboard.press('Enter');

  const checkout = new Checkout(page);
  await expect(page).toHaveURL(/\/afrekenen\/gegevens$/);
  await alive(page);
  const lines: [string, string][] = [
    ['E-mailadres', who.email],
    ['Voornaam', who.givenName],
    ['Achternaam', who.familyName],
    ['Postcode', who.postalCode],
    ['Huisnummer en toevoeging', who.house],
  ];
  for (const [label, text] of lines) {
    await tabTo(page, checkout.field(label));
    await keyboard.type(text);
  }
  await keyboard.press('Tab');
  await expect(checkout.field('Straat')).toHaveValue('Wittem');
  await tabTo(page, checkout.toPayment);
  await keyboard.press('Enter');

  await expect(page).toHaveURL(/\/afrekenen\/betaling$/);
  await tabTo(page, checkout.method('iDEAL'));
  await keyboard.press('Space');
  await expect(checkout.method('iDEAL')).toBeChecked();
  await tabTo(page, checkout.toReview);
  await keyboard.press('Enter');

  await expect(page).toHaveURL(/\/afrekenen\/controle$/);
  await tabTo(page, checkout.order);
  await keyboard.press('Enter');
  await new PaymentPage(page).here();
  await tabTo(page, page.getByRole('button', { name: 'Betalen', exact: true }));
  await keyboard.press('Enter');

  await expect(new OrderPage(page).heading('Dank je wel, Marieke.')).toBeVisible();
});

test('the bag keeps the focus inside, closes with Escape and gives the focus back', { tag: '@desktop' }, async ({ page }) => {
  const product = await new ProductPage(page).open('tee-aardbei');
  await product.size('86/92').check();
  await product.add.focus();
  await page.keyboard.press('Enter');
  const bag = Bag.drawer(page);
  await expect(bag.place).toBeVisible();
  for (let step = 0; step < 25; step += 1) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(() => {
      const at = document.activeElement;
      return at !== null && at !== document.body && at.closest('dialog[open]') === null ? at.outerHTML : null;
    });
    expect(outside, 'the focus stays in the bag').toBeNull();
  }

  await page.keyboard.press('Escape');

  await expect(bag.place).toBeHidden();
  await expect(product.add).toBeFocused();
});
