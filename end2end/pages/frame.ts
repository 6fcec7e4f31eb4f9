// What every page of the shop has: header, bag, live region. And how a test knows that the app has taken over the page.
import { expect, type Locator, type Page } from '@playwright/test';

/** Opens a page and waits for the app, so that what follows is done by it and not by plain links and forms. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await alive(page);
}

/** The app says on the root element that it runs. A debug build takes its time. */
export async function alive(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-wasm', 'ready', { timeout: 20_000 });
}

/** Text as a person reads it: no-break spaces are spaces. */
export const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** `4990` as the shop writes it. */
export const euros = (cents: number): string => `€ ${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`;

export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The bag in the header; its name says how much is in it. */
export const bagInHeader = (page: Page): Locator => page.locator('header').getByRole('link', { name: /^Winkeltas/ });

/** The one heading that names the page. */
export const title = (page: Page): Locator => page.getByRole('heading', { level: 1 });

/** Presses Tab until the focus stands on what is meant; fails when it cannot be reached. */
export async function tabTo(page: Page, target: Locator, atMost = 120): Promise<void> {
  for (let steps = 0; steps < atMost; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${target} in ${atMost} steps`);
}
