// The owner's desk: orders, parcels, prices, stock, and who did what.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { Desk } from '../pages/desk';
import { open, plain, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';
import { orderAndPay } from '../pages/purchase';

test('the link that the program prints signs the owner in, once', async ({ ownerSession, owner, stranger, shop, consoleGuard }) => {
  expect(new URL(ownerSession.landedOn).pathname).toMatch(/^\/beheer/);
  expect(ownerSession.heading).toMatch(/^Goede(morgen|middag|navond), Anna$/);
  await owner.goto('/beheer');
  await expect(title(owner)).toHaveText(/^Goede(morgen|middag|navond), Anna$/);

  consoleGuard.expect(/40\d/);
  await stranger.goto(shop.ownerLink);
  await expect(stranger.getByRole('heading', { name: /Anna/ })).toHaveCount(0);
  await stranger.goto('/beheer');
  await expect(stranger).toHaveURL(/\/beheer\/inloggen/);
});

test('a stranger gets the sign-in page and learns nothing from it', async ({ stranger, consoleGuard }) => {
  consoleGuard.expect(/422/);
  for (const path of ['/beheer', '/beheer/bestellingen', '/beheer/bestellingen/AG100001', '/beheer/artikelen', '/beheer/logboek', '/beheer/pakbonnen', '/beheer/taken']) {
    await stranger.goto(path);
    await expect(stranger, path).toHaveURL(/\/beheer\/inloggen/);
    await expect(title(stranger), path).toHaveText('Inloggen');
  }
  await stranger.getByLabel('E-mailadres').fill('demo@allgems.example');
  await stranger.getByLabel('Wachtwoord').fill('raad eens wat het is');
  await stranger.getByRole('button', { name: 'Verder' }).click();
  // The second step comes for everybody or for nobody; in any case there is no way in.
  await stranger.goto('/beheer');
  await expect(stranger).toHaveURL(/\/beheer\/inloggen/);
});

test('the owner packs and ships an order, and the shopper can follow the parcel', async ({ page, owner, sandbox, consoleGuard }) => {
  consoleGuard.expect(/422/);
  const who = aShopper({ givenName: 'Jantine' });
  const number = await orderAndPay(page, { slug: 'pyjama-bosbes', size: '98/104', who });
  const desk = new Desk(owner);

  await owner.goto('/beheer/bestellingen?staat=paid');
  await expect(owner.getByRole('row').filter({ hasText: number })).toContainText('Jantine de Vries');
  await desk.order(number);
  await expect(owner.getByRole('main')).toContainText('1× Pyjama Bosbes');
  await owner.getByRole('link', { name: 'Pakbon', exact: true }).click();
  const slip = owner.getByRole('article').filter({ hasText: number });
  await expect(slip).toContainText('Jantine de Vries');
  await expect(slip).toContainText('Pyjama Bosbes');
  await expect(slip, 'it may be a present').not.toContainText('€');

  await desk.order(number);
  await owner.getByLabel('Track-en-tracecode').fill('??');
  await owner.getByRole('button', { name: 'Meegegeven aan PostNL' }).click();
  await expect(owner.getByRole('main')).toContainText('Dit lijkt geen track-en-tracecode');
  await desk.ship(number, '3S ABCD 1234567');
  await desk.order(number);
  await expect(owner.getByRole('main')).toContainText('3SABCD1234567');

  await page.reload();
  await expect(page.getByRole('main')).toContainText('Onderweg');
  const parcel = page.getByRole('link', { name: 'Volg bij PostNL' });
  await expect(parcel).toHaveAttribute('href', /^https:\/\/\S*postnl\S*3SABCD1234567/i);
  const mail = await sandbox.lastMail(who.email, { subject: /onderweg/ });
  expect(mail.subject).toBe(`Je pakje is onderweg (${number})`);
  expect(mail.text).toContain('3SABCD1234567');

  await owner.goto('/beheer/logboek');
  await expect(owner.getByRole('row').filter({ hasText: number }).filter({ hasText: 'Verzonden gemeld' })).toContainText('Anna');
});

test('a new price stands in the shop at once, and in the trail', { tag: '@desktop' }, async ({ page, owner, consoleGuard }) => {
  consoleGuard.expect(/422/);
  const desk = await new Desk(owner).product('T-shirt Golf');
  await desk.price('98/104').fill('vijftien');
  await owner.getByRole('button', { name: 'Bewaar wijzigingen' }).click();
  await expect(owner.getByRole('main')).toContainText('Schrijf een prijs zo: 44,95.');
  await expect(desk.price('98/104'), 'what was typed stays').toHaveValue('vijftien');

  await desk.price('98/104').fill('17,45');
  await desk.savePrices();

  const product = await new ProductPage(page).open('tee-golf');
  await product.size('98/104').check();
  await expect(product.add).toHaveText(/€\s17,45/);
  await product.size('110/116').check();
  await expect(product.add).toHaveText(/€\s18,95/);
  await owner.goto('/beheer/logboek');
  await expect(owner.getByRole('row').filter({ hasText: 'Artikel gewijzigd' }).first()).toContainText('Anna');
});

test('a new count of the shelf stands in the shop at once, and in the trail', { tag: '@desktop' }, async ({ page, owner }) => {
  const desk = await new Desk(owner).product('Muts Noord');
  await desk.count('51/53 cm').fill('0');
  await desk.count('54/56 cm').fill('2');
  await desk.saveCounts();

  const product = await new ProductPage(page).open('muts-noord');
  await expect(product.size('51/53 cm')).toHaveAccessibleName(/uitverkocht$/);
  await expect(product.size('54/56 cm')).toHaveAccessibleName(/nog 2 op voorraad$/);
  await owner.goto('/beheer/logboek');
  await expect(owner.getByRole('row').filter({ hasText: 'Voorraad geteld' }).first()).toContainText('Anna');
});

test('an article that the owner hides is gone from the shop', { tag: '@desktop' }, async ({ page, owner, consoleGuard }) => {
  const desk = await new Desk(owner).product('Zonnehoed Duin');
  await owner.getByLabel('In de winkel').selectOption({ label: 'Concept' });
  await desk.savePrices();

  consoleGuard.expect(/404/);
  const answer = await page.goto('/product/zonnehoed-linnen');
  expect(answer?.status()).toBe(404);
  await desk.product('Zonnehoed Duin');
  await owner.getByLabel('In de winkel').selectOption({ label: 'Zichtbaar' });
  await desk.savePrices();
  await open(page, '/product/zonnehoed-linnen');
  await expect(title(page)).toHaveText('Zonnehoed Duin');
});

test('the owner cancels an order, and the shopper reads it', { tag: '@desktop' }, async ({ page, owner }) => {
  const number = await orderAndPay(page, { slug: 'pyjama-bosbes', size: '110/116' });
  await new Desk(owner).order(number);
  await owner.getByRole('link', { name: 'Annuleer', exact: true }).click();
  await owner.getByRole('button', { name: 'Annuleer deze bestelling' }).click();
  await expect(owner.getByRole('main')).toContainText('Geannuleerd');

  await page.reload();
  await expect(page.getByRole('main')).toContainText('We konden deze bestelling niet leveren en hebben haar geannuleerd.');
  await owner.goto('/beheer');
  expect(plain(await owner.getByRole('main').innerText()), 'the money must go back').toContain(number);
});

test('the shopper cancels before the parcel leaves, and the pieces are for sale again', { tag: '@phone' }, async ({ page }) => {
  const number = await orderAndPay(page, { slug: 'overgooier-ribfluweel-oker', size: '110/116' });
  const product = new ProductPage(page);
  await product.open('overgooier-ribfluweel-oker');
  await expect(product.size('110/116')).toHaveAccessibleName(/uitverkocht$/);

  await open(page, `/bestelling/${number}`);
  await page.getByText('Bestelling annuleren').click();
  await page.getByRole('button', { name: 'Annuleer deze bestelling' }).click();

  await expect(page.getByRole('main')).toContainText('Je hebt deze bestelling geannuleerd.');
  expect(await new OrderPage(page).number()).toBe(number);
  await product.open('overgooier-ribfluweel-oker');
  await expect(product.size('110/116')).toHaveAccessibleName(/nog 1 op voorraad$/);
});
