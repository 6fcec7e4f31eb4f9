// Lists and articles that follow each other without a page load: nothing that is tapped meanwhile stops the app.
import { expect, test, type Page } from '../fixtures/shop';
import { alive, open, title } from '../pages/frame';
import { ProductPage } from '../pages/product';

const cards = (page: Page) => page.getByRole('region', { name: 'Artikelen' }).getByRole('heading', { level: 2 });

test('shows more on the same page, and has a link to each page', async ({ page }) => {
  await open(page, '/collectie');
  await expect(cards(page)).toHaveCount(24);
  await page.getByRole('link', { name: 'Meer tonen' }).click();
  await expect(cards(page)).toHaveCount(48);
  await expect(page.getByRole('main')).toContainText('48 van 57 artikelen');
  await page.getByRole('link', { name: 'Meer tonen' }).click();
  await expect(cards(page)).toHaveCount(57);
  await expect(page.getByRole('link', { name: 'Meer tonen' })).toHaveCount(0);

  await page.getByRole('navigation', { name: 'Pagina’s' }).getByRole('link', { name: 'Pagina 3' }).click();
  await expect(page).toHaveURL(/\/collectie\?pagina=3$/);
  await expect(cards(page)).toHaveCount(9);
});

/** The next answers of one kind take their time, so that a finger can be faster. */
async function slowly(page: Page, what: string): Promise<void> {
  await page.route(`**/api/catalog/${what}*`, async (route) => {
    await new Promise((done) => setTimeout(done, 1200));
    await route.continue();
  });
}

test('the list that is left can be tapped until the next one stands', async ({ page }) => {
  await open(page, '/collectie');
  await slowly(page, 'list');
  await page.getByRole('combobox', { name: 'Sorteer op' }).selectOption({ label: 'Prijs: laag naar hoog' });
  await expect(page).toHaveURL(/sorteer=[a-z-]+/);

  await page.getByRole('link', { name: 'Meer tonen' }).click();

  await expect(page).toHaveURL(/\/collectie\?sorteer=[a-z-]+$/);
  await expect(cards(page)).toHaveCount(24);
  await expect(page.getByRole('link', { name: 'Meer tonen' })).toHaveAttribute('href', /sorteer=[a-z-]+.*pagina=2|pagina=2.*sorteer=[a-z-]+/);
  await alive(page);
});

test('the article that is left can be tapped until the next one stands', async ({ page }) => {
  const product = await new ProductPage(page).open('jurk-madelief');
  await slowly(page, 'product');
  const next = page.getByRole('region', { name: 'Mooi samen' }).getByRole('link').first();
  const name = (await next.innerText()).trim();
  await next.click();

  await product.size('98/104').check();
  await product.sizeHelp.click();
  await page.keyboard.press('Escape');

  await expect(title(page)).not.toHaveText('Jurk Madelief');
  await alive(page);
  expect(name, 'the link has a name').not.toBe('');
  await product.sizeHelp.click();
  await expect(page.getByRole('dialog', { name: 'Welke maat past?' })).toBeVisible();
});
