// A whole purchase in one call, for tests that are about what comes after it.
import type { Page } from '@playwright/test';
import { aShopper, type Shopper } from '../fixtures/shopper';
import { Checkout, PaymentPage, type Method } from './checkout';
import { OrderPage } from './order';
import { ProductPage } from './product';

export interface Wish {
  slug: string;
  size: string;
  method?: Method;
  who?: Shopper;
}

/** Puts one piece in the bag and goes through checkout; stops before the order button. */
export async function upToReview(page: Page, { slug, size, method = 'iDEAL', who = aShopper() }: Wish): Promise<Checkout> {
  const product = await new ProductPage(page).open(slug);
  const bag = await product.buy(size);
  await bag.toCheckout.click();
  const checkout = new Checkout(page);
  await checkout.upToReview(who, method);
  return checkout;
}

/** Orders one piece. By transfer the order page is next, otherwise the page of the provider. */
export async function order(page: Page, wish: Wish): Promise<void> {
  const checkout = await upToReview(page, wish);
  await checkout.order.click();
}

/** Orders one piece, pays it, and says the number of the order. */
export async function orderAndPay(page: Page, wish: Wish): Promise<string> {
  await order(page, wish);
  await new PaymentPage(page).choose('Betalen');
  const placed = new OrderPage(page);
  const number = await placed.number();
  await placed.heading(`Dank je wel, ${wish.who?.givenName ?? 'Marieke'}.`).waitFor();
  return number;
}
