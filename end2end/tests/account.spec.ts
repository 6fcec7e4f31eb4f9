// The account that comes into being with the first order, and the contact form.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { signIn } from '../pages/account';
import { Checkout } from '../pages/checkout';
import { open, title } from '../pages/frame';
import { OrderPage } from '../pages/order';
import { order } from '../pages/purchase';

test('who ordered signs in with a mailed code and finds her order', async ({ page, stranger, sandbox }) => {
  const who = aShopper({ givenName: 'Fenna' });
  await order(page, { slug: 'legging-kwarts', size: '146/152', method: 'Overschrijving', who });
  const number = await new OrderPage(page).number();

  await signIn(stranger, sandbox, who);

  // Anybody may have typed her mail address in another browser, so what was typed there is not taken for hers.
  await expect(title(stranger)).toHaveText('Je account');
  const account = stranger.getByRole('navigation', { name: 'Mijn account' });
  await account.getByRole('link', { name: 'Bestellingen' }).click();
  await expect(title(stranger)).toHaveText('Bestellingen');
  const row = stranger.getByRole('row').filter({ hasText: number });
  await expect(row).toContainText('€ 23,90');
  await expect(row).toContainText('Wacht op betaling');
  await row.getByRole('link', { name: number }).click();
  await expect(stranger.getByRole('heading', { name: 'Maak het zo over' })).toBeVisible();
  await expect(stranger.getByRole('main'), 'she proved the address, so it is shown whole').toContainText(who.email);

  await sandbox.noMail(); // the next code, not the one before
  await signIn(page, sandbox, who);
  await expect(title(page), 'in the browser that ordered it is hers').toHaveText('Dag Fenna');
});

test('a wrong code is refused, and the answer is the same for an unknown address', { tag: '@phone' }, async ({ page, sandbox }) => {
  const who = aShopper();
  await open(page, '/inloggen');
  await page.getByLabel('E-mailadres').fill(who.email);
  await page.getByRole('button', { name: 'Stuur mij een code' }).click();
  await expect(page.getByRole('main')).toContainText(`Is ${who.email} bij ons bekend, dan staan er zo zes cijfers in je mailbox.`);
  const mail = await sandbox.lastMail(who.email, { subject: /^Je code/ });
  const right = /\b\d{6}\b/.exec(mail.text)?.[0] ?? '';
  const wrong = right === '000000' ? '000001' : '000000';

  await page.getByLabel('Code van zes cijfers').fill(wrong);
  await page.getByRole('button', { name: 'Log in' }).click();

  await expect(page).toHaveTitle(/^Fout: /);
  await expect(page.getByRole('group', { name: /^Kijk nog even naar één veld/ })).toContainText('Deze code klopt niet.');
  await page.goto('/account');
  await expect(page).toHaveURL(/\/inloggen$/);
});

test('an address that cannot be one is asked again, with what was typed', { tag: '@phone' }, async ({ page }) => {
  await open(page, '/inloggen');
  await page.getByLabel('E-mailadres').fill('fenna.voorbeeld.nl');
  await page.getByRole('button', { name: 'Stuur mij een code' }).click();

  await expect(page).toHaveTitle(/^Fout: /);
  await expect(title(page)).toHaveText('Inloggen');
  await expect(page.getByRole('group', { name: /^Kijk nog even naar één veld/ })).toContainText('In je e-mailadres ontbreekt de @.');
  await expect(page.getByLabel('E-mailadres')).toHaveValue('fenna.voorbeeld.nl');
});

test('addresses are added, mended and deleted, and signing out ends it', async ({ page, sandbox }) => {
  const who = aShopper();
  await signIn(page, sandbox, who);
  await page.getByRole('navigation', { name: 'Mijn account' }).getByRole('link', { name: 'Adressen' }).click();
  await expect(title(page)).toHaveText('Adressen');

  const form = new Checkout(page);
  await form.field('Voornaam').fill('Oma');
  await form.field('Achternaam').fill('Jansen');
  await form.field('Postcode').fill('75');
  await form.field('Huisnummer en toevoeging').fill('12');
  await form.field('Straat').fill('Langestraat');
  await form.field('Plaats').fill('Enschede');
  await page.getByRole('button', { name: 'Bewaar dit adres' }).click();
  await expect(form.errors).toContainText('Postcode: Schrijf het zo: 7600 AA.');
  await expect(form.field('Voornaam')).toHaveValue('Oma');
  await form.field('Postcode').fill('7511 JM');
  await page.getByRole('button', { name: 'Bewaar dit adres' }).click();

  const remove = page.getByRole('button', { name: /^Verwijder Langestraat 12/ });
  await expect(remove).toBeVisible();
  await expect(form.errors).toHaveCount(0);
  await remove.click();
  await expect(remove).toHaveCount(0);

  await page.getByRole('navigation', { name: 'Mijn account' }).getByRole('button', { name: 'Uitloggen' }).click();
  await expect(page).toHaveURL(/\/$/);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/inloggen$/);
});

test('a question reaches the owner, after what was missing is filled in', async ({ page, sandbox }) => {
  const who = aShopper();
  await open(page, '/contact');
  await page.getByLabel('Je naam').fill('Fenna Hof');
  await page.getByLabel('E-mailadres').fill('fenna@');
  await page.getByRole('button', { name: 'Verstuur' }).click();
  const errors = page.getByRole('group', { name: /^Kijk nog even naar twee velden/ });
  await expect(errors).toBeVisible();
  await expect(errors).toContainText('Je vraag: Schrijf je vraag op.');
  await expect(page.getByLabel('Je naam')).toHaveValue('Fenna Hof');

  await page.getByLabel('E-mailadres').fill(who.email);
  await page.getByLabel('Je vraag').fill('Valt de jurk Madelief ruim?');
  await page.getByRole('button', { name: 'Verstuur' }).click();

  await expect(page.getByRole('status').filter({ hasText: 'Je bericht is binnen.' })).toBeVisible();
  const mail = await sandbox.lastMail('info@allgems.nl', { subject: /^Vraag van/ });
  expect(mail.text).toContain('Valt de jurk Madelief ruim?');
  expect(mail.text).toContain(who.email);
  await open(page, '/contact');
  await expect(page.getByLabel('Je vraag'), 'the next question starts empty').toHaveValue('');
});

test('withdrawing needs no account: two steps, and a confirmation by mail', { tag: '@phone' }, async ({ page, sandbox }) => {
  const who = aShopper({ givenName: 'Marieke' });
  await open(page, '/');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Hier de overeenkomst herroepen' }).click();
  await expect(title(page)).toHaveText('Overeenkomst herroepen');
  await page.getByLabel('Bestelnummer').fill('AG100042');
  await page.getByLabel('Je naam').fill('Marieke de Vries');
  await page.getByLabel('E-mailadres voor de bevestiging').fill(who.email);
  await page.getByRole('button', { name: 'Hier de overeenkomst herroepen' }).click();
  await page.getByRole('button', { name: 'Herroeping bevestigen' }).click();

  await expect(title(page)).toHaveText('Je herroeping is ontvangen');
  const mail = await sandbox.lastMail(who.email, { subject: /herroeping/ });
  expect(mail.text).toContain('AG100042');
});
