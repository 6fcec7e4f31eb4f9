// The bag: as a drawer over the page, and as a page of its own.
import type { Locator, Page } from '@playwright/test';

export class Bag {
  /** Where the lines stand: the drawer, or the page /winkelmand. */
  private constructor(
    readonly page: Page,
    readonly place: Locator,
  ) {}

  static drawer(page: Page): Bag {
    return new Bag(page, page.getByRole('dialog', { name: /^Je tas/ }));
  }

  static onPage(page: Page): Bag {
    return new Bag(page, page.getByRole('main'));
  }

  line(title: string): Locator {
    return this.place.getByRole('listitem').filter({ has: this.page.getByRole('link', { name: title, exact: true }) });
  }

  quantity(title: string): Locator {
    return this.line(title).getByRole('group', { name: `Aantal ${title}` }).getByRole('status');
  }

  more(title: string): Locator {
    return this.line(title).getByRole('button', { name: 'Eén meer' });
  }

  less(title: string): Locator {
    return this.line(title).getByRole('button', { name: 'Eén minder' });
  }

  remove(title: string): Locator {
    return this.line(title).getByRole('button', { name: `Verwijder ${title}` });
  }

  get toCheckout(): Locator {
    return this.place.getByRole('button', { name: 'Verder naar afrekenen' });
  }
}
