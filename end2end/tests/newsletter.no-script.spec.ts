// The newsletter from the form to the letter and off the list again. JavaScript is off.
import { expect, test } from '../fixtures/shop';
import { aShopper } from '../fixtures/shopper';
import { title } from '../pages/frame';

const sentence = 'Ja, stuur mij de nieuwsbrief. Ik ben 16 jaar of ouder.';

test('signing up takes a tick, a mail and a button, and leaving takes one press', async ({ page, stranger, sandbox }) => {
  const who = aShopper();
  await page.goto('/nieuwsbrief');
  const main = page.getByRole('main');
  await main.getByLabel('E-mailadres').fill(who.email);
  await main.getByRole('button', { name: 'Schrijf me in' }).click();
  await expect(page).toHaveTitle(/^Fout: Post uit Almelo/);
  await expect(main.getByLabel('E-mailadres')).toHaveValue(who.email);
  await expect(main.getByLabel(sentence), 'a yes is given, not kept').not.toBeChecked();
  await main.getByLabel(sentence).check();
  await main.getByRole('button', { name: 'Schrijf me in' }).click();
  await expect(title(page)).toHaveText('Kijk in je mail');

  const mail = await sandbox.lastMail(who.email, { subject: /^Wil je onze nieuwsbrief\?$/ });
  const path = /\/nieuwsbrief\/bevestigen\/[0-9a-f]{64}/.exec(mail.text)?.[0] ?? '';
  await page.goto(path);
  await expect(page, 'the key does not stay in the address').toHaveURL(/\/nieuwsbrief\/bevestigen$/);
  await page.getByRole('button', { name: 'Ja, stuur mij de nieuwsbrief' }).click();
  await expect(title(page)).toHaveText('Je staat op de lijst');
  await stranger.goto(path);
  await expect(title(stranger), 'a link works once').toHaveText('Deze link werkt niet meer');
});

test('the form at the foot of a page answers like the page of the newsletter', async ({ page }) => {
  await page.goto('/over-ons');
  const foot = page.getByRole('contentinfo');
  await foot.getByLabel('op je mailadres').fill(aShopper().email);
  await foot.getByLabel(sentence).check();
  await foot.getByRole('button', { name: 'Schrijf me in' }).click();
  await expect(title(page)).toHaveText('Kijk in je mail');
});

test('the owner writes a letter, tries it and sends it; the link in it leads to a button that takes the reader off', async ({ page, owner, sandbox }) => {
  const who = aShopper();
  await page.goto('/nieuwsbrief');
  const main = page.getByRole('main');
  await main.getByLabel('E-mailadres').fill(who.email);
  await main.getByLabel(sentence).check();
  await main.getByRole('button', { name: 'Schrijf me in' }).click();
  const question = await sandbox.lastMail(who.email, { subject: /nieuwsbrief/ });
  await page.goto(/\/nieuwsbrief\/bevestigen\/[0-9a-f]{64}/.exec(question.text)?.[0] ?? '');
  await page.getByRole('button', { name: 'Ja, stuur mij de nieuwsbrief' }).click();

  await owner.goto('/beheer/nieuwsbrief');
  await owner.getByLabel('Onderwerp').fill('Nieuw in de winkel');
  await owner.getByLabel('Brief', { exact: true }).fill('# Nieuw\n\nEr is veel.\n\nartikelen: jurk-stroken-blad');
  await owner.getByRole('button', { name: 'Bewaar en bekijk' }).click();
  await expect(owner.getByRole('group', { name: 'Op een telefoon' })).toContainText('Er is veel.');
  await owner.getByRole('link', { name: 'Naar versturen' }).click();
  await owner.getByLabel('Nu', { exact: true }).check();
  await owner.getByRole('button', { name: 'Ja, verstuur de brief' }).click();

  const letter = await sandbox.lastMail(who.email, { subject: /^Nieuw in de winkel$/ });
  await page.goto(/\/nieuwsbrief\/afmelden\/[0-9a-f]{64}/.exec(letter.text)?.[0] ?? '');
  await expect(page).toHaveURL(/\/nieuwsbrief\/afmelden$/);
  await page.getByRole('button', { name: 'Meld me af' }).click();
  await expect(title(page)).toHaveText('Je bent afgemeld');
});
