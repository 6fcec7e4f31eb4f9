// The page of an order, for the person who placed it.
import { expect, type Locator, type Page } from '@playwright/test';
import { plain } from './frame';

export class OrderPage {
  constructor(readonly page: Page) {}

  /** Waits until the browser stands on the page of an order, and says its number. */
  async number(): Promise<string> {
    await expect(this.page).toHaveURL(/\/bestelling\/AG\d{6,}/);
    return new URL(this.page.url()).pathname.split('/').pop()!;
  }

  heading(text: string): Locator {
    return this.page.getByRole('heading', { level: 1, name: text });
  }

  /** One of the facts about a transfer. */
  async fact(name: string): Promise<string> {
    const row = this.page.locator('dl > div').filter({ has: this.page.locator('dt', { hasText: name }) });
    return plain(await row.locator('dd strong').innerText());
  }

  /** The ways to pay that stand on the page, once a try has ended. */
  method(name: string): Locator {
    return this.page.getByRole('radio', { name: new RegExp(`^${name}`) });
  }

  get payAgain(): Locator {
    return this.page.getByRole('button', { name: 'Betaal deze bestelling' });
  }
}
