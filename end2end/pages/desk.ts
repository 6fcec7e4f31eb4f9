// The dashboard, as the owner uses it.
import { expect, type Locator, type Page } from '@playwright/test';

export class Desk {
  constructor(readonly page: Page) {}

  async order(number: string): Promise<this> {
    await this.page.goto(`/beheer/bestellingen/${number}`);
    await expect(this.page.getByRole('heading', { level: 1, name: number })).toBeVisible();
    return this;
  }

  /** Finds an article in the list and opens it. */
  async product(title: string): Promise<this> {
    await this.page.goto(`/beheer/artikelen?zoek=${encodeURIComponent(title)}`);
    await this.page.getByRole('link', { name: title, exact: true }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    return this;
  }

  price(size: string): Locator {
    return this.page.getByRole('textbox', { name: `Prijs maat ${size}`, exact: true });
  }

  count(size: string): Locator {
    return this.page.getByRole('textbox', { name: `Geteld in maat ${size}`, exact: true });
  }

  async savePrices(): Promise<void> {
    await this.page.getByRole('button', { name: 'Bewaar wijzigingen' }).click();
    await expect(this.notice).toBeVisible();
  }

  async saveCounts(): Promise<void> {
    await this.page.getByRole('button', { name: 'Bewaar telling' }).click();
    await expect(this.notice).toBeVisible();
  }

  /** What the last form had to say: good news. */
  get notice(): Locator {
    return this.page.getByRole('main').getByRole('status');
  }

  /** The owner saw the money of a transfer on her account. */
  async moneyIsIn(number: string): Promise<void> {
    await this.order(number);
    await this.page.getByRole('link', { name: 'Het geld is binnen' }).click();
    await this.page.getByRole('button', { name: 'Ja, het geld is binnen' }).click();
    await expect(this.notice).toBeVisible();
  }

  async ship(number: string, code: string): Promise<void> {
    await this.order(number);
    await this.page.getByLabel('Track-en-tracecode').fill(code);
    await this.page.getByRole('button', { name: 'Meegegeven aan PostNL' }).click();
    await expect(this.notice).toBeVisible();
  }
}
