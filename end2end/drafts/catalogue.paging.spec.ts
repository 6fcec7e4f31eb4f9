// Going to a page of a list after rows were added to it.
import { expect, test, type Page } from '../fixtures/shop';
import { open } from '../pages/frame';

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
