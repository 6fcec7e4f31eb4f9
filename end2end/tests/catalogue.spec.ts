// Looking around: lists, filters, search, articles, and the bag while shopping.
import { expect, test, type Page } from '../fixtures/shop';
import { Bag } from '../pages/bag';
import { Desk } from '../pages/desk';
import { alive, bagInHeader, open, title } from '../pages/frame';
import { ProductPage } from '../pages/product';

const cards = (page: Page) => page.getByRole('region', { name: 'Artikelen' }).getByRole('heading', { level: 2 });
const chosen = (page: Page) => page.getByRole('group', { name: 'Gekozen filters' });

/** On phones the filters are a drawer; on wide screens they stand beside the list. */
async function openFilters(page: Page, isMobile: boolean): Promise<void> {
  if (isMobile) await page.getByRole('complementary', { name: 'Filters' }).locator('summary').first().click();
}

test.describe('a list', () => {
  test('keeps its filters in the address, and a pasted link shows the same list', async ({ page, stranger, isMobile }) => {
    await open(page, '/collectie/jurken');
    await openFilters(page, isMobile);
    await page.getByRole('checkbox', { name: /^98\/104/ }).check();
    await expect(page).toHaveURL(/\/collectie\/jurken\?maat=98-104$/);
    await page.getByRole('checkbox', { name: /^Groen/ }).check();
    await expect(page).toHaveURL(/\/collectie\/jurken\?maat=98-104&kleur=groen$/);
    if (isMobile) await page.getByRole('button', { name: /^Toon \d+ artikel/ }).click();

    await expect(cards(page)).toHaveText(['Strokenjurk Varen', 'Linnen jurk Vlas']);
    await stranger.goto(page.url());
    await expect(cards(stranger)).toHaveText(['Strokenjurk Varen', 'Linnen jurk Vlas']);
    await expect(chosen(stranger).getByRole('link')).toHaveText([/^Maat 98\/104/, /^Groen/, 'Wis alles']);
  });

  test('lets go of one filter by its chip, and of all at once', async ({ page }) => {
    await open(page, '/collectie/jurken?maat=98-104&kleur=groen');
    await chosen(page).getByRole('link', { name: /^Groen verwijderen/ }).click();
    await expect(page).toHaveURL(/\/collectie\/jurken\?maat=98-104$/);
    await expect(cards(page)).toHaveCount(6);
    await chosen(page).getByRole('link', { name: 'Wis alles' }).click();
    await expect(page).toHaveURL(/\/collectie\/jurken$/);
    await expect(cards(page)).toHaveCount(7);
  });

  test('says what does not go together instead of standing empty', { tag: '@desktop' }, async ({ page }) => {
    await open(page, '/collectie/jurken?maat=62-68&kleur=groen');
    await expect(page.getByRole('main')).toContainText('Haal één filter weg, dan zie je meer.');
    await page.getByRole('main').getByRole('link', { name: 'Wis alles' }).last().click();
    await expect(cards(page)).toHaveCount(7);
  });

  test('stands where it was after going back, with the rows that were added', async ({ page }) => {
    await open(page, '/collectie');
    await page.getByRole('link', { name: 'Meer tonen' }).click();
    await expect(cards(page)).toHaveCount(48);
    const link = cards(page).nth(40).getByRole('link');
    const name = await link.innerText();
    await link.scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    expect(before).toBeGreaterThan(1000);
    await link.click();
    await expect(title(page)).toHaveText(name);
    await expect.poll(() => page.evaluate(() => scrollY), { message: 'a new page starts at its top' }).toBeLessThan(100);

    await page.goBack();

    await expect(cards(page)).toHaveCount(48);
    await expect.poll(async () => Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThan(60);
    await expect(page.getByRole('main').getByRole('link', { name, exact: true })).toBeFocused();
  });

  test('is sorted by price when asked, in the address too', { tag: '@desktop' }, async ({ page }) => {
    await open(page, '/collectie/accessoires');
    await page.getByLabel('Sorteer op').selectOption({ label: 'Prijs: laag naar hoog' });
    await expect(page).toHaveURL(/\/collectie\/accessoires\?sorteer=prijs-op$/);
    await expect(cards(page).first()).toHaveText('Sokken Streep');
  });

  test('is one tap away by the height of the child', async ({ page }) => {
    await open(page, '/');
    const tape = page.getByRole('navigation', { name: 'Winkelen op lengte' });
    await tape.getByRole('link', { name: /^104 cm/ }).click();
    await expect(page).toHaveURL(/\/collectie\?maat=104$/);
    await expect(cards(page)).toHaveCount(24);
  });
});

test.describe('search', () => {
  test('forgives a typo and takes the size from the words', async ({ page }) => {
    await open(page, '/zoeken');
    await page.getByRole('combobox', { name: 'Zoek in de winkel' }).fill('brook 98');
    await page.getByRole('button', { name: 'Zoek', exact: true }).click();
    await expect(page).toHaveURL(/\/zoeken\?q=brook(%20|\+)98$/);
    const main = page.getByRole('main');
    await expect(main).toContainText('Dit vonden we met broek 98.');
    await expect(main).toContainText('Alleen wat er in maat 98 is.');
    await expect(main.getByRole('heading', { level: 3, name: 'Werkbroek Beuk' })).toBeVisible();
  });

  test('shows what was typed as words, whatever they are', async ({ page }) => {
    const typed = '</title><meta http-equiv="refresh" content="0;url=/contact"><b id="vreemd">jurk';
    await open(page, `/zoeken?q=${encodeURIComponent(typed)}`);
    expect(await page.title()).toContain('</title>');
    await expect(page.locator('#vreemd, main meta')).toHaveCount(0);
    await expect(page).toHaveURL(/\/zoeken\?q=/);
  });

  test('finds an article by its number', { tag: '@desktop' }, async ({ page }) => {
    await open(page, '/zoeken?q=AG-JURK-MADELIEF-98104-0002');
    await expect(page.getByRole('main').getByRole('heading', { level: 3 })).toHaveText(['Jurk Madelief']);
  });

  test('suggests while typing, and the keyboard chooses', { tag: '@desktop' }, async ({ page }) => {
    await open(page, '/zoeken');
    const field = page.getByRole('combobox', { name: 'Zoek in de winkel' });
    await field.pressSequentially('madel');
    const options = page.getByRole('listbox', { name: 'Voorstellen' }).getByRole('option');
    await expect(options.filter({ hasText: 'Jurk Madelief' })).toHaveCount(1);
    await expect(field).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowDown');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await expect(field).toHaveAttribute('aria-activedescendant', (await options.first().getAttribute('id')) ?? '');
    await page.keyboard.press('Escape');
    await expect(options).toHaveCount(0);
    await expect(field).toHaveValue('madel');

    await field.pressSequentially('ief');
    await expect(options.filter({ hasText: 'Jurk Madelief' })).toHaveCount(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/product\/jurk-madelief$/);
    await expect(title(page)).toHaveText('Jurk Madelief');
  });

  test('never ends in an empty page', { tag: '@phone' }, async ({ page }) => {
    await open(page, '/zoeken?q=xyzzyqq');
    const main = page.getByRole('main');
    await expect(main).toContainText('We vonden niets met ‘xyzzyqq’.');
    await expect(main.getByRole('link', { name: 'Vraag het ons, dan zoeken we mee' })).toBeVisible();
    await expect(main.getByRole('navigation', { name: 'Afdelingen' }).getByRole('link')).not.toHaveCount(0);
  });
});

for (const path of ['/bestaat-niet', '/product/bestaat-niet', '/collectie/jurken/te-diep']) {
  test(`an address that leads nowhere says so and leads on: ${path}`, { tag: '@desktop' }, async ({ page, consoleGuard }) => {
    consoleGuard.expect(/404/);
    const answer = await page.goto(path);

    expect(answer?.status()).toBe(404);
    await expect(title(page)).toHaveText('Niet gevonden');
    await alive(page);
    await page.getByRole('main').getByRole('link', { name: 'Naar de winkel' }).click();
    await expect(page).toHaveURL(/\/collectie$/);
    await expect(cards(page)).toHaveCount(24);
  });
}

test.describe('an article', () => {
  test('says which sizes are gone, in words and to a screen reader', async ({ page }) => {
    const product = await new ProductPage(page).open('jurk-stroken-blad');
    await expect(product.size('134/140')).toHaveAccessibleName('Maat 134/140, 9-10 jaar, uitverkocht');
    await expect(page.locator('label').filter({ has: product.size('134/140') })).toContainText('op');
    await product.size('134/140').check();
    await expect(product.add).toHaveText(/Mail mij als hij er weer is/);
    await product.add.click();
    await expect(title(page)).toHaveText('Mail mij als hij er weer is');
    await expect(Bag.drawer(page).place).toBeHidden();
  });

  test('asks for a size first and puts the focus there', async ({ page }) => {
    const product = await new ProductPage(page).open('jurk-stroken-blad');
    await product.add.click();
    await expect(page.getByRole('alert').filter({ hasText: 'Kies eerst een maat' })).toBeVisible();
    await expect(product.size('86/92')).toBeFocused();
    await expect(product.size('86/92')).not.toBeChecked();
  });

  test('shows the size table in a dialog, keeps the choice and gives the focus back', async ({ page }) => {
    const product = await new ProductPage(page).open('jurk-stroken-blad');
    await product.size('98/104').check();
    await product.sizeHelp.click();
    const dialog = page.getByRole('dialog', { name: 'Welke maat past?' });
    await expect(dialog.getByRole('row').filter({ hasText: '98/104' }).first()).toBeVisible();
    await page.keyboard.press('Escape');

    await expect(dialog).toBeHidden();
    await expect(product.sizeHelp).toBeFocused();
    await expect(product.size('98/104')).toBeChecked();
    await expect(page).toHaveURL(/\/product\/jurk-stroken-blad$/);
  });

  test('shows a photo from near and comes back to where it was', { tag: '@desktop' }, async ({ page }) => {
    await open(page, '/product/jurk-stroken-blad');
    const photo = page.getByRole('group', { name: /^Foto’s van/ }).getByRole('link').first();
    await photo.click();
    const dialog = page.getByRole('dialog', { name: 'Foto van dichtbij' });
    await expect(dialog.getByRole('button', { pressed: true })).toContainText('1');
    await page.keyboard.press('ArrowRight');
    await expect(dialog.getByRole('button', { pressed: true })).toContainText('2');
    await dialog.getByRole('button', { name: 'Sluiten' }).click();
    await expect(dialog).toBeHidden();
    await expect(photo).toBeFocused();
    await photo.click();
    await dialog.click({ position: { x: 8, y: 300 } });
    await expect(dialog, 'a tap beside the photo closes it').toBeHidden();
  });
});

test.describe('the bag', () => {
  test('agrees in two tabs', async ({ page, context }) => {
    const other = await context.newPage();
    await new ProductPage(page).open('longsleeve-pointelle');
    await open(other, '/collectie/shirts');
    await expect(bagInHeader(other)).toHaveAccessibleName('Winkeltas');

    await new ProductPage(page).buy('98/104');

    await expect(bagInHeader(page)).toHaveAccessibleName('Winkeltas, 1 artikel');
    await expect(bagInHeader(other)).toHaveAccessibleName('Winkeltas, 1 artikel');
    await open(other, '/winkelmand');
    await Bag.onPage(other).more('Longsleeve Pointelle').click();
    await expect(Bag.onPage(other).quantity('Longsleeve Pointelle')).toHaveText('2');
    await expect(Bag.drawer(page).quantity('Longsleeve Pointelle')).toHaveText('2');
  });

  test('shows a change at once and takes it back when there is no connection', async ({ page, consoleGuard }) => {
    await new ProductPage(page).open('longsleeve-pointelle').then((product) => product.buy('74/80'));
    await open(page, '/winkelmand');
    const bag = Bag.onPage(page);
    let cut = (): void => undefined;
    const asked = new Promise<void>((done) => (cut = done));
    await page.route('**/api/cart/change', async (route) => {
      await asked;
      await route.abort('internetdisconnected');
    });
    consoleGuard.expect(/ERR_INTERNET_DISCONNECTED/);

    await bag.more('Longsleeve Pointelle').click();
    await expect(bag.quantity('Longsleeve Pointelle'), 'before the shop has answered').toHaveText('2');
    await expect(bag.place).toContainText('€ 49,90');
    cut();

    await expect(bag.quantity('Longsleeve Pointelle')).toHaveText('1');
    await expect(page.getByRole('alert').filter({ hasText: 'Geen verbinding. Wat je al zag, blijft staan.' })).toBeVisible();
    await page.unroute('**/api/cart/change');
    await bag.more('Longsleeve Pointelle').click();
    await expect(bag.quantity('Longsleeve Pointelle')).toHaveText('2');
    await page.reload();
    await expect(bag.quantity('Longsleeve Pointelle')).toHaveText('2');
  });

  test('puts back what was removed by mistake', async ({ page }) => {
    await new ProductPage(page).open('longsleeve-pointelle').then((product) => product.buy('62/68'));
    await open(page, '/winkelmand');
    const bag = Bag.onPage(page);
    await bag.remove('Longsleeve Pointelle').click();
    await expect(bag.place).toContainText('Je tas is nog leeg');
    await page.getByRole('button', { name: 'Zet terug' }).click();

    await expect(bag.line('Longsleeve Pointelle')).toContainText('maat 62/68');
    await expect(bagInHeader(page)).toHaveAccessibleName('Winkeltas, 1 artikel');
    await page.reload();
    await expect(bag.line('Longsleeve Pointelle')).toContainText('maat 62/68');
  });

  test('puts back what was removed in the drawer', async ({ page }) => {
    const drawer = await new ProductPage(page).open('longsleeve-pointelle').then((product) => product.buy('62/68'));
    await drawer.remove('Longsleeve Pointelle').click();
    await expect(drawer.place).toContainText('Je tas is nog leeg');
    await drawer.place.getByRole('button', { name: 'Zet terug' }).click();
    await expect(drawer.line('Longsleeve Pointelle')).toContainText('maat 62/68');
  });

  test('survives a closed browser', { tag: '@phone' }, async ({ page, context, browser }) => {
    await new ProductPage(page).open('legging-kwarts').then((product) => product.buy('110/116'));
    const later = await browser.newContext({ storageState: await context.storageState() });
    const tomorrow = await later.newPage();
    await open(tomorrow, '/');
    await expect(bagInHeader(tomorrow)).toHaveAccessibleName('Winkeltas, 1 artikel');
    await later.close();
  });

  test('says what was sold meanwhile and lets only the rest be ordered', { tag: '@desktop' }, async ({ page, owner }) => {
    await new ProductPage(page).open('muts-baby-knoop').then((product) => product.buy('44/46 cm'));
    const desk = await new Desk(owner).product('Babymuts Knoop');
    await desk.count('44/46 cm').fill('0');
    await desk.saveCounts();

    await open(page, '/winkelmand');
    await expect(page.getByRole('main')).toContainText('Maat 44/46 cm is net verkocht.');
    await expect(Bag.onPage(page).toCheckout).toHaveCount(0);
  });
});
