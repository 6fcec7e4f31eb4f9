// What plain forms do around a purchase: a mail about a size that is gone, the paper of an order, and how it fits. JavaScript is off.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { Bag } from '../pages/bag';
import { Checkout, PaymentPage } from '../pages/checkout';
import { Desk } from '../pages/desk';
import { plain, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { ProductPage } from '../pages/product';

test('a size that is gone asks for an address, and the link in the mail changes nothing until its button is pressed', async ({ page, stranger, sandbox }) => {
  const who = aShopper();
  await page.goto('/product/jurk-stroken-blad');
  const product = new ProductPage(page);
  await expect(page.getByLabel('E-mailadres')).toBeHidden();
  await product.size('134/140').check();
  await expect(product.add).toHaveText(/Mail mij als hij er weer is/);
  await page.getByLabel('E-mailadres').fill(who.email);
  await product.add.click();

  await expect(page).toHaveURL(/\/mail-mij\?maat=[0-9a-f-]{36}&verstuurd=1$/);
  await expect(title(page)).toHaveText('Kijk in je mail');
  const mail = await sandbox.lastMail(who.email);
  expect(mail.subject).toBe('Mogen we je mailen over Strokenjurk Varen, maat 134/140?');
  const link = /\S+\/mail-mij\?sleutel=[0-9a-f]{64}/.exec(mail.text)?.[0] ?? '';
  const path = link.slice(link.indexOf('/mail-mij'));

  await stranger.goto(path);
  await expect(title(stranger)).toHaveText('Mogen we je mailen?');
  await page.goto(path);
  await expect(title(page), 'looking is no yes').toHaveText('Mogen we je mailen?');
  await expect(page, 'the key does not stay in the address').toHaveURL(/\/mail-mij$/);
  await page.getByRole('button', { name: 'Ja, mail mij' }).click();
  await expect(title(page)).toHaveText('Je hoort van ons');
  await page.getByRole('button', { name: 'Toch niet, wis mijn adres' }).click();
  await expect(title(page)).toHaveText('Deze link werkt niet meer');
});

test('an address with a mistake comes back with what is wrong', async ({ page }) => {
  await page.goto('/product/jurk-stroken-blad');
  await new ProductPage(page).size('134/140').check();
  await new ProductPage(page).add.click();
  await expect(title(page)).toHaveText('Mail mij als hij er weer is');
  await page.getByLabel('E-mailadres').fill('eva.voorbeeld.nl');
  await page.getByRole('button', { name: 'Mail mij' }).click();

  await expect(page).toHaveTitle(/^Fout: Mail mij/);
  await expect(page.getByRole('group', { name: /^Kijk nog even naar één veld/ })).toContainText('ontbreekt de @');
  await expect(page.getByLabel('E-mailadres')).toHaveValue('eva.voorbeeld.nl');
});

test('the other colours of an article are links on its card', async ({ page }) => {
  await page.goto('/collectie/shirts?kleur=groen');
  const card = page.getByRole('main').getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'T-shirt Basis', exact: true }) });
  await card.getByRole('link', { name: 'Ook in terracotta' }).click();
  await expect(page).toHaveURL(/\/product\/tee-basis-terra$/);
  await expect(page.getByRole('navigation', { name: 'Kleuren' }).getByRole('link', { name: /Mosgroen/i })).toBeVisible();
});

test('who ordered has the confirmation as a PDF and says afterwards how it fits', async ({ page, stranger, owner, consoleGuard }) => {
  consoleGuard.expect(/404/);
  await page.goto('/product/pyjama-bosbes');
  await new ProductPage(page).size('110/116').check();
  await new ProductPage(page).add.click();
  await Bag.onPage(page).toCheckout.click();
  const checkout = new Checkout(page);
  await checkout.upToReview(aShopper(), 'iDEAL');
  await checkout.order.click();
  await new PaymentPage(page).choose('Betalen');
  const number = await new OrderPage(page).number();

  const link = page.getByRole('link', { name: 'Bewaar de bevestiging (PDF)' });
  await expect(link).toHaveAttribute('href', `/bestelling/${number}/bevestiging.pdf`);
  const paper = await page.request.get(`/bestelling/${number}/bevestiging.pdf`);
  expect(paper.status()).toBe(200);
  expect(paper.headers()['content-type']).toBe('application/pdf');
  expect(paper.headers()['cache-control']).toBe('no-store');
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await stranger.request.get(`/bestelling/${number}/bevestiging.pdf`)).status(), 'nobody else').toBe(404);

  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('main')).toContainText('Ik pak je bestelling in', { timeout: 250 });
  }).toPass({ timeout: 15_000 });
  await expect(page.getByRole('heading', { name: 'Hoe viel de maat?' }), 'nobody has worn it yet').toHaveCount(0);
  await new Desk(owner).ship(number, '3S ABCD 7654321');
  await page.reload();
  const question = page.getByRole('group', { name: 'Pyjama Bosbes, maat 110/116' });
  await question.getByRole('button', { name: 'Groot' }).click();
  await expect(page).toHaveURL(/#pasvorm$/);
  await question.getByRole('button', { name: 'Precies' }).click();
  await expect(question.getByRole('button', { pressed: true })).toHaveText('Precies');

  await page.goto('/product/pyjama-bosbes');
  expect(plain(await page.getByRole('main').innerText()), 'one vote says nothing').not.toContain('stemmen');
});
