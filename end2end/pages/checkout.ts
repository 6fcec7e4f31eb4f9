// The three steps of checkout, and the page of the payment provider behind them.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Shopper } from '../fixtures/shopper';

export type Method = 'iDEAL' | 'Creditcard' | 'PayPal' | 'Klarna' | 'Achteraf op factuur' | 'Overschrijving';

export class Checkout {
  constructor(readonly page: Page) {}

  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  method(name: Method): Locator {
    return this.page.getByRole('radio', { name: new RegExp(`^${name}`) });
  }

  get errors(): Locator {
    return this.page.getByRole('group', { name: /^Kijk nog even naar/ });
  }

  get toPayment(): Locator {
    return this.page.getByRole('button', { name: 'Verder naar betaling' });
  }

  get toReview(): Locator {
    return this.page.getByRole('button', { name: 'Verder naar controle' });
  }

  /** The words that the law wants on the button. */
  get order(): Locator {
    return this.page.getByRole('button', { name: 'Bestelling met betalingsverplichting', exact: true });
  }

  async fillIn(who: Shopper): Promise<void> {
    await expect(this.page).toHaveURL(/\/afrekenen\/gegevens(#\w+)?$/);
    await this.field('E-mailadres').fill(who.email);
    await this.field('Voornaam').fill(who.givenName);
    await this.field('Achternaam').fill(who.familyName);
    await this.field('Postcode').fill(who.postalCode);
    await this.field('Huisnummer en toevoeging').fill(who.house);
    await this.field('Straat').fill(who.street);
    await this.field('Plaats').fill(who.city);
  }

  async details(who: Shopper): Promise<void> {
    await this.fillIn(who);
    await this.toPayment.click();
    await expect(this.page).toHaveURL(/\/afrekenen\/betaling$/);
  }

  async pay(method: Method): Promise<void> {
    await this.method(method).check();
    await this.toReview.click();
    await expect(this.page).toHaveURL(/\/afrekenen\/controle$/);
  }

  /** From the bag to the review, so that only the order button is left. */
  async upToReview(who: Shopper, method: Method): Promise<void> {
    await this.details(who);
    await this.pay(method);
  }
}

/** The provider's own page, played by the sandbox. */
export class PaymentPage {
  constructor(readonly page: Page) {}

  async here(): Promise<this> {
    await expect(this.page).toHaveURL(/\/pay\/[0-9a-f-]+$/);
    return this;
  }

  async choose(button: 'Betalen' | 'Annuleren' | 'Laten mislukken' | 'Open laten' | 'Laten verlopen'): Promise<void> {
    await this.here();
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }
}

/** The pages of PayPal and of Klarna, played by the sandbox. */
export class OutsidePage {
  constructor(
    readonly page: Page,
    readonly whose: 'PayPal' | 'Klarna',
  ) {}

  async choose(button: string): Promise<void> {
    await expect(this.page).toHaveURL(this.whose === 'PayPal' ? /\/checkoutnow\?token=\w+$/ : /\/klarna\/pay\/[0-9a-f-]+$/);
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }
}
