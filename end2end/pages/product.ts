// The page of an article.
import type { Locator, Page } from '@playwright/test';
import { Bag } from './bag';
import { literally, open } from './frame';

export class ProductPage {
  constructor(readonly page: Page) {}

  async open(slug: string): Promise<this> {
    await open(this.page, `/product/${slug}`);
    return this;
  }

  size(label: string): Locator {
    return this.page.getByRole('radio', { name: new RegExp(`^Maat ${literally(label)}(,|$)`) });
  }

  /** The button under the sizes; the bar at the bottom of a phone has another one without the price. */
  get add(): Locator {
    return this.page.locator('#koop').getByRole('button');
  }

  get sizeHelp(): Locator {
    return this.page.getByRole('link', { name: 'Welke maat past?' });
  }

  /** Puts a size in the bag, and waits for the drawer that says so. */
  async buy(label: string): Promise<Bag> {
    await this.size(label).check();
    await this.add.click();
    const bag = Bag.drawer(this.page);
    await bag.toCheckout.waitFor();
    return bag;
  }
}
